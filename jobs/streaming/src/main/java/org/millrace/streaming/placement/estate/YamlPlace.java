package org.millrace.streaming.placement.estate;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.millrace.command.UserError;

/**
 * A mapping in a YAML file and where it stands, for one-line errors.
 *
 * @param source of the text
 * @param where in the source, such as {@code node a01}
 * @param map by key
 */
record YamlPlace(String source, String where, Map<String, Object> map) {

  /** The mapping that a value is, with no keys but the known ones. */
  static YamlPlace of(String source, String where, Object value, Set<String> known) {
    if (!(value instanceof Map<?, ?> map)) {
      throw error(source, where, "is not a mapping of " + String.join(", ", ordered(known)));
    }
    var byName = new LinkedHashMap<String, Object>();
    map.forEach((key, entry) -> byName.put(String.valueOf(key), entry));
    for (var key : byName.keySet()) {
      if (!known.contains(key)) {
        throw error(
            source,
            where,
            "has the unknown key '%s'; there are %s"
                .formatted(key, String.join(", ", ordered(known))));
      }
    }
    return new YamlPlace(source, where, byName);
  }

  private static Iterable<String> ordered(Set<String> known) {
    return known.stream().sorted().toList();
  }

  private static UserError error(String source, String where, String problem) {
    return new UserError("%s: %s %s", source, where, problem);
  }

  UserError error(String problem) {
    return error(source, where, problem);
  }

  YamlPlace at(String other) {
    return new YamlPlace(source, other, map);
  }

  String text(String key) {
    var text = text(key, "");
    if (text.isEmpty()) {
      throw error("has no " + key + "; give one");
    }
    return text;
  }

  String text(String key, String absent) {
    var value = map.get(key);
    if (value instanceof Map<?, ?> || value instanceof List<?>) {
      throw error("has a %s that is no text".formatted(key));
    }
    return value == null ? absent : String.valueOf(value).strip();
  }

  double number(String key, double absent) {
    var value = map.get(key);
    if (value == null) {
      return absent;
    }
    if (value instanceof Number number && Double.isFinite(number.doubleValue())) {
      return number.doubleValue();
    }
    throw error("has the %s '%s'; give a number".formatted(key, value));
  }

  int whole(String key, int absent) {
    double number = number(key, absent);
    if (number != Math.rint(number) || Math.abs(number) > Integer.MAX_VALUE) {
      throw error("has the %s %s; give a whole number".formatted(key, map.get(key)));
    }
    return (int) number;
  }

  boolean flag(String key, boolean absent) {
    var value = map.get(key);
    if (value == null) {
      return absent;
    }
    if (value instanceof Boolean flag) {
      return flag;
    }
    throw error("has the %s '%s'; give true or false".formatted(key, value));
  }

  List<?> list(String key) {
    var value = map.get(key);
    if (value == null) {
      return List.of();
    }
    if (value instanceof List<?> list) {
      return list;
    }
    throw error("has a %s that is no list".formatted(key));
  }

  List<String> texts(String key) {
    return list(key).stream().map(String::valueOf).toList();
  }

  Map<String, String> textsByKey(String key) {
    var value = map.get(key);
    if (value == null) {
      return Map.of();
    }
    if (!(value instanceof Map<?, ?> entries)) {
      throw error("has %s that are no mapping".formatted(key));
    }
    var texts = new TreeMap<String, String>();
    entries.forEach((name, text) -> texts.put(String.valueOf(name), String.valueOf(text)));
    return texts;
  }
}
