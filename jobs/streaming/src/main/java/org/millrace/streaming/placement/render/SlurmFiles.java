package org.millrace.streaming.placement.render;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.inventory.HostRanges;

/**
 * The estate for Slurm: topology.conf as a tree, the same as blocks, and topology.yaml with both,
 * which wins where it is present. Blocks are accelerator domains where all nodes are in one, else
 * the domains next to the nodes.
 */
final class SlurmFiles {

  private static final List<String> ACCELERATOR =
      List.of(
          "accelerator.topograph.run/domain",
          "network.topology.nvidia.com/accelerator",
          "nvidia.com/gpu.clique",
          "accelerator.topology.test/domain");

  private final List<Domain> domains;
  private final Map<String, List<String>> blocks;

  SlurmFiles(Estate estate) {
    domains = Domain.roots(estate).stream().flatMap(Domain::all).toList();
    blocks = blocks(estate);
  }

  List<RenderedFile> files() {
    return List.of(
        new RenderedFile("topology.conf", tree()),
        new RenderedFile("topology-block.conf", block()),
        new RenderedFile("topology.yaml", Yaml.text(List.of(List.of(yamlTree(), yamlBlock())))));
  }

  private Map<String, List<String>> blocks(Estate estate) {
    for (var key : ACCELERATOR) {
      if (estate.nodes().stream().allMatch(node -> node.labels().containsKey(key))) {
        var names = new Names();
        var byLabel = new TreeMap<String, List<String>>();
        for (var node : estate.nodes()) {
          byLabel
              .computeIfAbsent(node.labels().get(key), label -> new ArrayList<>())
              .add(node.name());
        }
        var named = new LinkedHashMap<String, List<String>>();
        byLabel.forEach((label, hosts) -> named.put(names.unique(label, label), hosts));
        return named;
      }
    }
    var leaves = new LinkedHashMap<String, List<String>>();
    domains.stream()
        .filter(domain -> domain.height() == 1)
        .forEach(domain -> leaves.put(domain.name(), domain.hosts()));
    return leaves;
  }

  private List<Integer> sizes() {
    return BlockSizes.of(blocks.values().stream().map(List::size).toList());
  }

  private static String names(Domain domain) {
    return HostRanges.compact(domain.children().stream().map(Domain::name).toList());
  }

  private String tree() {
    return domains.stream()
        .map(
            domain ->
                domain.height() == 1
                    ? "SwitchName=%s Nodes=%s\n"
                        .formatted(domain.name(), HostRanges.compact(domain.hosts()))
                    : "SwitchName=%s Switches=%s\n".formatted(domain.name(), names(domain)))
        .collect(Collectors.joining());
  }

  private String block() {
    var text = new StringBuilder();
    blocks.forEach(
        (name, hosts) ->
            text.append("BlockName=%s Nodes=%s\n".formatted(name, HostRanges.compact(hosts))));
    return text.append("BlockSizes=")
        .append(sizes().stream().map(String::valueOf).collect(Collectors.joining(",")))
        .append('\n')
        .toString();
  }

  private Map<String, Object> yamlTree() {
    var switches = new ArrayList<Object>();
    for (var domain : domains) {
      switches.add(
          domain.height() == 1
              ? Yaml.map("switch", domain.name(), "nodes", HostRanges.compact(domain.hosts()))
              : Yaml.map("switch", domain.name(), "children", names(domain)));
    }
    return Yaml.map(
        "topology", "tree", "cluster_default", true, "tree", Yaml.map("switches", switches));
  }

  private Map<String, Object> yamlBlock() {
    var list = new ArrayList<Object>();
    blocks.forEach(
        (name, hosts) -> list.add(Yaml.map("block", name, "nodes", HostRanges.compact(hosts))));
    return Yaml.map(
        "topology",
        "block",
        "cluster_default",
        false,
        "block",
        Yaml.map("block_sizes", sizes(), "blocks", list));
  }
}
