package org.millrace.streaming.placement.inventory;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.millrace.streaming.placement.estate.Node;

/**
 * Accelerated domains of older models of Topograph, where hosts are listed apart from switches:
 *
 * <pre>
 * switches:
 * - {name: leaf-1, capacity_blocks: [cb1]}
 * capacity_blocks:
 * - {name: cb1, type: H100, nvlink: nvl-1, nodes: [n1, n2]}
 * nodes:
 *   n1: {capacity_block_id: cb1, attributes: {nvlink: nvl-1}}
 * </pre>
 *
 * Blocks and switches may be lists with names or mappings by name.
 */
final class CapacityBlocks {

  private static final String BLOCK_LABEL = "capacity_block";
  private static final String NVLINK_LABEL = "accelerator.topograph.run/domain";

  private final Map<String, Listed> blocks = new LinkedHashMap<>();
  private final Map<String, Listed> hosts = new LinkedHashMap<>();
  private final Map<String, String> switches = new TreeMap<>();

  /** Something that was listed under a name, where, and what it tells of its hosts. */
  private record Listed(MarkedYaml place, String block, String nvlink, String type) {}

  /** A host, where it is listed, and the switch of its block. */
  record Host(String name, MarkedYaml place, Optional<String> switchName) {}

  /** Mappings by name of what is a list of entries with names, or is that already. */
  static Map<String, MarkedYaml> byName(MarkedYaml entries, String what) {
    if (!entries.isList()) {
      return entries.map(what);
    }
    var named = new LinkedHashMap<String, MarkedYaml>();
    for (var entry : entries.list(what)) {
      var name = entry.map("an entry of " + what).get("name");
      if (name == null) {
        throw entry.error("an entry of %s without a name; give it one", what);
      }
      if (named.put(name.text("'name'"), entry) != null) {
        throw name.error("'%s' is there twice; remove one", name.text("'name'"));
      }
    }
    return named;
  }

  /** Takes note that a switch has blocks. */
  void below(String switchName, MarkedYaml names) {
    for (var name : names.list("'capacity_blocks' of " + switchName)) {
      var other = switches.put(name.text("a block"), switchName);
      if (other != null) {
        throw name.error(
            "the block %s is below %s and below %s; keep one",
            name.text("a block"), other, switchName);
      }
    }
  }

  /** Takes in the section {@code capacity_blocks}. */
  void read(MarkedYaml section) {
    byName(section, "'capacity_blocks'")
        .forEach(
            (name, entry) -> {
              var fields = entry.map("the block " + name);
              var block = new Listed(entry, name, nvlink(fields), text(fields, "type"));
              blocks.put(name, block);
              var ranges = fields.get("nodes");
              if (ranges == null) {
                return;
              }
              for (var range : ranges.isList() ? ranges.list("'nodes'") : List.of(ranges)) {
                for (var host : TopographModel.hosts(range)) {
                  var before = hosts.put(host, new Listed(range, name, block.nvlink, block.type));
                  if (before != null) {
                    throw range.error(
                        "the host %s is there since line %d; remove one",
                        host, before.place.line());
                  }
                }
              }
            });
  }

  /** Takes in the section {@code nodes}. */
  void readNodes(MarkedYaml section) {
    byName(section, "'nodes'")
        .forEach(
            (name, entry) -> {
              var before = hosts.get(name);
              var fields = entry.isNull() ? Map.<String, MarkedYaml>of() : entry.map(name);
              var block = text(fields, "capacity_block_id");
              if (before != null && !block.isEmpty() && !block.equals(before.block)) {
                throw entry.error(
                    "the host %s is in the block %s by line %d; keep one",
                    name, before.block, before.place.line());
              }
              var own = nvlink(fields);
              var known = blocks.get(before == null ? block : before.block);
              hosts.put(
                  name,
                  new Listed(
                      before == null ? entry : before.place,
                      before == null ? block : before.block,
                      own.isEmpty() && known != null ? known.nvlink : own,
                      known == null ? "" : known.type));
            });
  }

  private static String nvlink(Map<String, MarkedYaml> fields) {
    var attributes = fields.get("attributes");
    return attributes != null && !attributes.isNull()
        ? text(attributes.map("'attributes'"), "nvlink")
        : text(fields, "nvlink");
  }

  private static String text(Map<String, MarkedYaml> fields, String name) {
    var field = fields.get(name);
    return field == null || field.isNull() ? "" : field.text("'" + name + "'");
  }

  /** All hosts that were listed, in order. */
  List<Host> hosts() {
    return hosts.entrySet().stream()
        .map(
            entry ->
                new Host(
                    entry.getKey(),
                    entry.getValue().place,
                    Optional.ofNullable(switches.get(entry.getValue().block))))
        .toList();
  }

  /** A host with what its block tells of it. */
  Node described(Node node) {
    var listed = hosts.get(node.name());
    if (listed == null) {
      return node;
    }
    var labels = new TreeMap<>(node.labels());
    if (!listed.block.isEmpty()) {
      labels.put(BLOCK_LABEL, listed.block);
    }
    if (!listed.nvlink.isEmpty()) {
      labels.put(NVLINK_LABEL, listed.nvlink);
    }
    var model = listed.type.isEmpty() ? node.gpuModel() : listed.type;
    return node.withGpus(node.gpus(), model).withLabels(labels);
  }
}
