package org.millrace.streaming.placement.inventory;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.millrace.command.UserError;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.estate.Inventory;
import org.millrace.streaming.placement.estate.Node;
import org.millrace.streaming.placement.estate.Remark;

/**
 * Reads models of Topograph, the files of its simulations:
 *
 * <pre>
 * switches:
 *   core: {labels: {key: value}, switches: [leaf-1, leaf-2]}
 * blocks:
 * - {switch: leaf-1, nodes: ["srv[01-08]"], annotations: {accelerator.topology.test/domain: nvl-1}}
 * </pre>
 *
 * A switch without children needs no entry of its own. Older forms, with lists of switches and with
 * {@link CapacityBlocks}, are read too. Labels of the switches above a node, of its block, and the
 * annotations become the node's labels; the nearest wins.
 */
public final class TopographModel {

  private static final Set<String> SWITCH =
      Set.of("name", "labels", "metadata", "switches", "nodes", "capacity_blocks");
  private static final Set<String> BLOCK =
      Set.of("switch", "nodes", "labels", "annotations", "name");

  private final String source;
  private final HostDefaults defaults;
  private final Map<String, MarkedYaml> switches = new LinkedHashMap<>();
  private final Map<String, String> parents = new TreeMap<>();
  private final CapacityBlocks older = new CapacityBlocks();
  private final Map<String, Integer> seen = new TreeMap<>();
  private final List<Node> nodes = new ArrayList<>();
  private final List<Remark> remarks = new ArrayList<>();

  private TopographModel(String source, HostDefaults defaults) {
    this.source = source;
    this.defaults = defaults;
  }

  /**
   * Reads a model. It tells no NICs: each node has one of the defaults.
   *
   * @param source name of the input, for diagnoses
   * @throws UserError naming line and remedy, if a switch is absent, below two others or below
   *     itself, a host is there twice, or a range of hosts is broken
   */
  public static Inventory parse(String source, String text, HostDefaults defaults) {
    var reader = new TopographModel(source, defaults);
    reader.model(MarkedYaml.parse(source, text));
    return reader.inventory();
  }

  private void model(MarkedYaml root) {
    var top = root.map("the file");
    if (Collections.disjoint(top.keySet(), Set.of("switches", "blocks", "capacity_blocks"))) {
      throw root.error("neither 'switches' nor 'blocks' in it; is it a model of Topograph?");
    }
    var tree = top.get("switches");
    if (tree != null) {
      switches.putAll(CapacityBlocks.byName(tree, "'switches'"));
    }
    switches.forEach(this::children);
    switches.keySet().forEach(this::path);
    readOlder(top);
    switches.forEach(this::attached);
    if (top.get("blocks") != null) {
      top.get("blocks").list("'blocks'").forEach(this::block);
    }
    older.hosts().forEach(this::unattached);
    if (nodes.isEmpty()) {
      throw root.error("no nodes in it; list them under 'blocks'");
    }
  }

  private void readOlder(Map<String, MarkedYaml> top) {
    if (top.get("capacity_blocks") != null) {
      older.read(top.get("capacity_blocks"));
    }
    if (top.get("nodes") != null) {
      older.readNodes(top.get("nodes"));
    }
  }

  /** A host that is below its block's switch, if that has one. */
  private void unattached(CapacityBlocks.Host host) {
    if (seen.containsKey(host.name())) {
      return;
    }
    if (host.switchName().isEmpty()) {
      var line = host.place().line();
      remarks.add(
          new Remark(source, line, "the host %s is below no switch".formatted(host.name())));
    }
    var path = host.switchName().map(this::path).orElse(List.of());
    seen.put(host.name(), host.place().line());
    nodes.add(older.described(defaults.host(host.name(), path, labels(path))));
  }

  private void children(String name, MarkedYaml entry) {
    var fields = fields(entry, "the switch " + name, SWITCH);
    if (fields.get("capacity_blocks") != null) {
      older.below(name, fields.get("capacity_blocks"));
    }
    if (fields.get("switches") == null) {
      return;
    }
    for (var child : fields.get("switches").list("'switches' of " + name)) {
      var id = child.text("a switch");
      var other = parents.put(id, name);
      if (other != null) {
        throw child.error("the switch %s is below %s and below %s; keep one", id, other, name);
      }
    }
  }

  /** Switches from the outermost to the named one. */
  private List<String> path(String name) {
    var path = new ArrayList<String>();
    for (var at = name; at != null; at = parents.get(at)) {
      if (path.contains(at)) {
        throw switches.get(at).error("the switch %s is below itself; break the circle", at);
      }
      path.add(at);
    }
    Collections.reverse(path);
    return path;
  }

  private void attached(String name, MarkedYaml entry) {
    var ranges = entry.map(name).get("nodes");
    if (ranges != null) {
      add(ranges, path(name), labels(path(name)));
    }
  }

  private void block(MarkedYaml block) {
    var fields = fields(block, "a block", BLOCK);
    var ranges = fields.get("nodes");
    if (ranges == null) {
      throw block.error("a block without 'nodes'; list its hosts");
    }
    var path = List.<String>of();
    if (fields.get("switch") == null) {
      remarks.add(new Remark(source, block.line(), "a block below no switch; name its switch"));
    } else {
      var name = fields.get("switch").text("'switch'");
      if (!switches.containsKey(name) && !parents.containsKey(name)) {
        throw fields
            .get("switch")
            .error(
                "the switch %s is absent; add it to 'switches' or to the children of one there",
                name);
      }
      path = path(name);
    }
    var labels = labels(path);
    for (var key : List.of("labels", "annotations")) {
      if (fields.get(key) != null) {
        labels.putAll(texts(fields.get(key), key));
      }
    }
    add(ranges, path, labels);
  }

  private Map<String, MarkedYaml> fields(MarkedYaml entry, String what, Set<String> known) {
    var fields = entry.map(what);
    fields.forEach(
        (key, value) -> {
          if (!known.contains(key)) {
            remarks.add(
                new Remark(
                    source, value.line(), "'%s' of %s is not known; ignored".formatted(key, what)));
          }
        });
    return fields;
  }

  private Map<String, String> labels(List<String> path) {
    var labels = new TreeMap<String, String>();
    for (var name : path) {
      if (switches.containsKey(name)) {
        var fields = switches.get(name).map(name);
        for (var key : List.of("metadata", "labels")) {
          if (fields.get(key) != null) {
            labels.putAll(texts(fields.get(key), key));
          }
        }
      }
    }
    return labels;
  }

  private static Map<String, String> texts(MarkedYaml map, String what) {
    var texts = new TreeMap<String, String>();
    map.map("'" + what + "'").forEach((key, value) -> texts.put(key, value.text("'" + key + "'")));
    return texts;
  }

  private void add(MarkedYaml ranges, List<String> path, Map<String, String> labels) {
    var texts = ranges.isList() ? ranges.list("'nodes'") : List.of(ranges);
    for (var text : texts) {
      for (var host : hosts(text)) {
        var before = seen.put(host, text.line());
        if (before != null) {
          throw text.error("the host %s is there since line %d; remove one", host, before);
        }
        nodes.add(older.described(defaults.host(host, path, labels)));
      }
    }
  }

  static List<String> hosts(MarkedYaml text) {
    try {
      return HostRanges.expand(text.text("a host"));
    } catch (IllegalArgumentException e) {
      throw text.error("%s", e.getMessage());
    }
  }

  private Inventory inventory() {
    remarks.add(defaults.remark(source, 0, "all %d nodes count as".formatted(nodes.size())));
    return new Inventory(Estate.of(TierNames.of(nodes), nodes), remarks);
  }
}
