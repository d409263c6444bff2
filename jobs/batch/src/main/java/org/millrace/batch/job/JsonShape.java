package org.millrace.batch.job;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * What the known columns look like in a sample of JSON lines: a value, an array, or an array of
 * arrays, whichever is most frequent. Values are read as text, so that a wrong type shows where it
 * is converted, with its name, rather than here.
 *
 * @param objects how many lines were JSON objects
 * @param fields names seen at top level
 * @param paths where our columns are, those that were seen
 * @param forms what they look like
 */
record JsonShape(
    int objects, List<String> fields, Map<String, FieldPath> paths, Map<String, Form> forms) {

  enum Form {
    VALUE,
    ARRAY,
    ARRAYS;

    private static Form of(JsonNode node) {
      if (!node.isArray()) {
        return VALUE;
      }
      for (var element : node) {
        if (!element.isNull()) {
          return element.isArray() ? ARRAYS : ARRAY;
        }
      }
      return ARRAY;
    }

    DataType type() {
      return switch (this) {
        case VALUE -> DataTypes.StringType;
        case ARRAY -> DataTypes.createArrayType(DataTypes.StringType);
        case ARRAYS -> DataTypes.createArrayType(DataTypes.createArrayType(DataTypes.StringType));
      };
    }

    @Override
    public String toString() {
      return switch (this) {
        case VALUE -> "a value";
        case ARRAY -> "an array";
        case ARRAYS -> "an array of arrays";
      };
    }
  }

  private static final ObjectMapper JSON = new ObjectMapper();

  static JsonShape of(List<String> lines, Map<String, FieldPath> candidates, Set<String> sparse) {
    int objects = 0;
    var fields = new LinkedHashSet<String>();
    var seen = new LinkedHashMap<String, EnumMap<Form, Integer>>();
    for (var line : lines) {
      var record = parse(line);
      if (record == null) {
        continue;
      }
      objects++;
      record.fieldNames().forEachRemaining(fields::add);
      candidates.forEach(
          (ours, path) -> {
            var node = at(record, path);
            if (node != null && !node.isNull()) {
              seen.computeIfAbsent(ours, o -> new EnumMap<>(Form.class))
                  .merge(Form.of(node), 1, Integer::sum);
            }
          });
    }
    var paths = new LinkedHashMap<String, FieldPath>();
    var forms = new LinkedHashMap<String, Form>();
    seen.forEach(
        (ours, counts) -> {
          paths.put(ours, candidates.get(ours));
          forms.put(
              ours,
              counts.entrySet().stream().max(Map.Entry.comparingByValue()).orElseThrow().getKey());
        });
    for (var ours : sparse) {
      if (paths.putIfAbsent(ours, candidates.get(ours)) == null) {
        forms.put(ours, Form.VALUE);
      }
    }
    return new JsonShape(objects, List.copyOf(fields), paths, forms);
  }

  private static JsonNode parse(String line) {
    try {
      var node = JSON.readTree(line);
      return node != null && node.isObject() ? node : null;
    } catch (JsonProcessingException e) {
      return null;
    }
  }

  private static JsonNode at(JsonNode record, FieldPath path) {
    var node = record;
    for (var step : path.steps()) {
      node = step instanceof Integer index ? node.get(index) : node.get((String) step);
      if (node == null) {
        return null;
      }
    }
    return node;
  }

  /** The schema to decode with: only what is needed, everything as text. */
  StructType schema() {
    var leaves = new ArrayList<Leaf>();
    paths.forEach((ours, path) -> leaves.add(new Leaf(path.steps(), forms.get(ours).type())));
    return (StructType) type(leaves);
  }

  private record Leaf(List<Object> steps, DataType type) {
    Leaf rest() {
      return new Leaf(steps.subList(1, steps.size()), type);
    }
  }

  private static DataType type(List<Leaf> leaves) {
    var first = leaves.get(0);
    if (first.steps().isEmpty()) {
      return first.type();
    }
    if (first.steps().get(0) instanceof Integer) {
      return DataTypes.createArrayType(type(leaves.stream().map(Leaf::rest).toList()));
    }
    var byName = new LinkedHashMap<String, List<Leaf>>();
    for (var leaf : leaves) {
      byName
          .computeIfAbsent((String) leaf.steps().get(0), name -> new ArrayList<>())
          .add(leaf.rest());
    }
    var struct = new StructType();
    for (var entry : byName.entrySet()) {
      struct = struct.add(entry.getKey(), type(entry.getValue()));
    }
    return struct;
  }
}
