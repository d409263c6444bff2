package org.millrace.streaming.placement.inventory;

import java.io.StringReader;
import java.util.ArrayList;
import java.util.Collections;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.millrace.command.UserError;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;
import org.yaml.snakeyaml.nodes.MappingNode;
import org.yaml.snakeyaml.nodes.Node;
import org.yaml.snakeyaml.nodes.ScalarNode;
import org.yaml.snakeyaml.nodes.SequenceNode;
import org.yaml.snakeyaml.nodes.Tag;

/**
 * A value of a YAML file that knows its line. Scalars are kept as they are written, so that a host
 * called {@code 1101} or {@code 0x1f} keeps its name.
 */
final class MarkedYaml {

  private final String source;
  private final int line;
  private final Object value;

  private MarkedYaml(String source, int line, Object value) {
    this.source = source;
    this.line = line;
    this.value = value;
  }

  /**
   * Reads a file of one document.
   *
   * @throws UserError if it is no YAML, empty, has a key twice or a value within itself
   */
  static MarkedYaml parse(String source, String text) {
    var options = new LoaderOptions();
    options.setCodePointLimit(InventoryFile.LONGEST);
    try {
      var root = new Yaml(new SafeConstructor(options)).compose(new StringReader(text));
      if (root == null) {
        throw new UserError("%s: empty; give a model", source);
      }
      return new Conversion(source).of(root);
    } catch (MarkedYAMLException e) {
      int line = e.getProblemMark() == null ? 1 : e.getProblemMark().getLine() + 1;
      throw new UserError("%s line %d: not YAML: %s", source, line, e.getProblem());
    } catch (YAMLException e) {
      throw new UserError(
          "%s: not YAML: %s",
          source, String.valueOf(e.getMessage()).lines().findFirst().orElse(""));
    }
  }

  int line() {
    return line;
  }

  boolean isNull() {
    return value == null;
  }

  boolean isList() {
    return value instanceof List;
  }

  /** A scalar's text, not empty. */
  String text(String what) {
    if (value instanceof String text && !text.isBlank()) {
      return text.strip();
    }
    throw error("%s is no text; give one", what);
  }

  /** The entries of a mapping in order of the file; none of a null. */
  @SuppressWarnings("unchecked") // written by the conversion alone
  Map<String, MarkedYaml> map(String what) {
    if (value == null) {
      return Map.of();
    }
    if (value instanceof Map) {
      return (Map<String, MarkedYaml>) value;
    }
    throw error("%s is no mapping; see the form of Topograph's models", what);
  }

  /** The entries of a list; none of a null. */
  @SuppressWarnings("unchecked") // written by the conversion alone
  List<MarkedYaml> list(String what) {
    if (value == null) {
      return List.of();
    }
    if (value instanceof List) {
      return (List<MarkedYaml>) value;
    }
    throw error("%s is no list; see the form of Topograph's models", what);
  }

  UserError error(String format, Object... arguments) {
    return new UserError("%s line %d: %s", source, line, String.format(format, arguments));
  }

  private static final class Conversion {

    private static final int DEEPEST = 50;

    private final String source;
    private final Map<Node, MarkedYaml> done = new IdentityHashMap<>();
    private final Map<Node, Boolean> open = new IdentityHashMap<>();

    Conversion(String source) {
      this.source = source;
    }

    MarkedYaml of(Node node) {
      var before = done.get(node);
      if (before != null) {
        return before;
      }
      int line = node.getStartMark().getLine() + 1;
      if (open.size() > DEEPEST || open.put(node, true) != null) {
        throw new UserError("%s line %d: nested too deep; give a model", source, line);
      }
      var converted = new MarkedYaml(source, line, value(node));
      open.remove(node);
      done.put(node, converted);
      return converted;
    }

    private Object value(Node node) {
      if (node instanceof ScalarNode scalar) {
        return scalar.getTag().equals(Tag.NULL) ? null : scalar.getValue();
      }
      if (node instanceof SequenceNode sequence) {
        var list = new ArrayList<MarkedYaml>();
        sequence.getValue().forEach(item -> list.add(of(item)));
        return Collections.unmodifiableList(list);
      }
      var map = new LinkedHashMap<String, MarkedYaml>();
      for (var entry : ((MappingNode) node).getValue()) {
        var key = of(entry.getKeyNode());
        var name = key.text("a key");
        if (map.put(name, of(entry.getValueNode())) != null) {
          throw key.error("'%s' is there twice; remove one", name);
        }
      }
      return Collections.unmodifiableMap(map);
    }
  }
}
