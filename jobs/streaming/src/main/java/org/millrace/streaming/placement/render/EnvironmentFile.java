package org.millrace.streaming.placement.render;

import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.estate.Nic;
import org.millrace.streaming.placement.estate.NicKind;
import org.millrace.streaming.placement.plan.GroupKind;
import org.millrace.streaming.placement.plan.NetKind;
import org.millrace.streaming.placement.plan.PlacedGroup;
import org.millrace.streaming.placement.plan.PlacedNode;
import org.millrace.streaming.placement.plan.Plan;

/**
 * NCCL's variables, a section a node and a section a process group. Those of a node are what its
 * processes start with; they leave the network to the communicators' configuration, which {@code
 * NCCL_NET} would overrule. Those of a group are for launchers that make communicators one by one.
 */
final class EnvironmentFile {

  private final Plan plan;
  private final Estate estate;
  private final RenderSettings settings;

  EnvironmentFile(Plan plan, Estate estate, RenderSettings settings) {
    this.plan = plan;
    this.estate = estate;
    this.settings = settings;
  }

  List<RenderedFile> files() {
    var text = new StringBuilder("# NCCL's variables of job " + MegatronFiles.comment(plan.job()));
    text.append(", by node and by process group.\n");
    plan.nodes().forEach(node -> section(text, "node " + node.host(), ofNode(node)));
    var numbers = new EnumMap<GroupKind, Integer>(GroupKind.class);
    for (var group : plan.groups()) {
      int number = numbers.merge(group.kind(), 1, Integer::sum) - 1;
      section(
          text,
          "%s %d".formatted(group.kind().name().toLowerCase(Locale.ROOT), number),
          ofGroup(group));
    }
    return List.of(new RenderedFile("nccl-environment.ini", text.toString()));
  }

  private static void section(StringBuilder text, String name, Map<String, String> variables) {
    text.append("\n[").append(name).append("]\n");
    variables.forEach((key, value) -> text.append(key).append('=').append(value).append('\n'));
  }

  private Map<String, String> ofNode(PlacedNode node) {
    var variables = new LinkedHashMap<String, String>();
    var kind = estate.fabrics().get(node.fabricId());
    if (kind != null && kind.rdma()) {
      variables.put("NCCL_IB_DISABLE", "0");
      variables.put("NCCL_NET_GDR_LEVEL", String.valueOf(settings.gdrLevel()));
      variables.put("NCCL_IB_HCA", hcas(List.of(node)));
      if (kind == NicKind.ROCE) {
        variables.put("NCCL_IB_GID_INDEX", String.valueOf(settings.gidIndex()));
      }
    } else {
      variables.put("NCCL_IB_DISABLE", "1");
      variables.put("NCCL_IBEXT_DISABLE", "1");
    }
    variables.put("NCCL_SOCKET_IFNAME", interfaces(List.of(node)));
    return variables;
  }

  private Map<String, String> ofGroup(PlacedGroup group) {
    var nodes = nodes(group);
    var variables = new LinkedHashMap<String, String>();
    switch (group.network().kind()) {
      case IB, ROCE -> {
        variables.put("NCCL_NET", "IB");
        variables.put("NCCL_IB_DISABLE", "0");
        variables.put("NCCL_NET_GDR_LEVEL", String.valueOf(settings.gdrLevel()));
        variables.put("NCCL_IB_HCA", hcas(nodes));
        if (group.network().kind() == NetKind.ROCE) {
          variables.put("NCCL_IB_GID_INDEX", String.valueOf(settings.gidIndex()));
        }
      }
      case SOCKET -> {
        variables.put("NCCL_NET", "Socket");
        variables.put("NCCL_IB_DISABLE", "1");
        variables.put("NCCL_IBEXT_DISABLE", "1");
        variables.put("NCCL_SOCKET_IFNAME", interfaces(nodes));
      }
      case NONE -> {}
    }
    variables.put(
        "MILLRACE_RANKS",
        group.ranks().stream().map(String::valueOf).collect(Collectors.joining(",")));
    return variables;
  }

  private List<PlacedNode> nodes(PlacedGroup group) {
    var ranks = Set.copyOf(group.ranks());
    var nodes = new ArrayList<PlacedNode>();
    int first = 0;
    for (var node : plan.nodes()) {
      int from = first;
      first += node.slots();
      for (int rank = from; rank < first; rank++) {
        if (ranks.contains(rank)) {
          nodes.add(node);
          break;
        }
      }
    }
    return nodes;
  }

  /**
   * NCCL takes names as beginnings: {@code mlx5_1} means {@code mlx5_10} too. An equals sign before
   * the list, where that matters, makes it exact.
   */
  private String hcas(List<PlacedNode> nodes) {
    var names = new TreeSet<String>();
    nodes.forEach(node -> names.addAll(node.nics()));
    boolean ambiguous =
        nodes.stream()
            .flatMap(node -> estate.node(node.host()).stream())
            .flatMap(node -> node.nics().stream())
            .map(Nic::name)
            .filter(nic -> !names.contains(nic))
            .anyMatch(nic -> names.stream().anyMatch(nic::startsWith));
    return (ambiguous ? "=" : "") + String.join(",", names);
  }

  private String interfaces(List<PlacedNode> nodes) {
    var names = new LinkedHashSet<String>();
    for (var node : nodes) {
      estate.node(node.host()).stream()
          .flatMap(own -> own.nics().stream())
          .filter(nic -> nic.kind() == NicKind.ETH && nic.healthy())
          .forEach(nic -> names.add(nic.name()));
    }
    return names.isEmpty() ? settings.socketInterface() : String.join(",", names);
  }
}
