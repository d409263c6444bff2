package org.millrace.streaming.placement.render;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.millrace.streaming.placement.plan.GroupKind;
import org.millrace.streaming.placement.plan.NetKind;
import org.millrace.streaming.placement.plan.Plan;
import org.millrace.streaming.placement.plan.RankOrder;

/**
 * Flags of Megatron-LM as a bash array, and its file of networks by kind of process group. Megatron
 * sets the network of a kind, not of a group: where groups of a kind differ, all take sockets.
 */
final class MegatronFiles {

  private static final String CONFIG = "nccl-communicators.yaml";
  private static final int SECONDS_PER_MINUTE = 60;

  private final Plan plan;
  private final RenderSettings settings;

  MegatronFiles(Plan plan, RenderSettings settings) {
    this.plan = plan;
    this.settings = settings;
  }

  List<RenderedFile> files() {
    return List.of(
        new RenderedFile("megatron-args.sh", arguments()),
        new RenderedFile(CONFIG, communicators()));
  }

  private String arguments() {
    var lines = new ArrayList<String>();
    lines.add("--tensor-model-parallel-size " + plan.sizes().tensor());
    lines.add("--pipeline-model-parallel-size " + plan.sizes().pipeline());
    if (plan.sizes().order() != RankOrder.TP_DP_PP) {
      lines.add("--use-tp-pp-dp-mapping");
    }
    lines.addAll(
        settings.trainer() == RenderSettings.Trainer.HOLMES
            ? hetero()
            : new StageFlags(plan.stageLayers()).lines());
    lines.add("--nccl-communicator-config-path " + CONFIG);
    if (plan.groups().stream().anyMatch(group -> group.network().kind() == NetKind.SOCKET)) {
      lines.add(
          "--distributed-timeout-minutes "
              + -Math.floorDiv(-settings.socketTimeoutSeconds(), SECONDS_PER_MINUTE));
    }
    return lines.stream()
        .map(line -> "  " + line + "\n")
        .collect(
            Collectors.joining(
                "",
                "# Job %s: %s, layers of the stages %s.\nMILLRACE_PLACEMENT_ARGS=(\n"
                    .formatted(comment(plan.job()), plan.sizes(), plan.stageLayers()),
                ")\n"));
  }

  /** Runs of stages in one fabric: their number, then the layers of each. */
  private List<String> hetero() {
    var runs = new ArrayList<List<Integer>>();
    String before = null;
    for (int stage = 0; stage < plan.stageLayers().size(); stage++) {
      var fabric = fabricOf(stage);
      if (!fabric.equals(before)) {
        runs.add(new ArrayList<>());
      }
      runs.get(runs.size() - 1).add(plan.stageLayers().get(stage));
      before = fabric;
    }
    return List.of(
        "--hetero-pipeline-stages "
            + runs.stream()
                .map(
                    run ->
                        run.size() + run.stream().map(n -> " " + n).collect(Collectors.joining()))
                .collect(Collectors.joining(" ")));
  }

  /** The fabric of the node of a stage's first rank. */
  private String fabricOf(int stage) {
    int rank = 0;
    while (plan.sizes().stage(rank) != stage) {
      rank++;
    }
    int first = 0;
    for (var node : plan.nodes()) {
      first += node.slots();
      if (rank < first) {
        return node.fabricId();
      }
    }
    throw new IllegalStateException("a plan has a node for each rank");
  }

  private String communicators() {
    var text =
        new StringBuilder("# Networks of the process groups of job " + comment(plan.job()) + ".\n");
    if (plan.groups().stream().allMatch(group -> group.network().kind() == NetKind.NONE)) {
      // Megatron looks names up in what it reads, which of comments alone is nothing.
      return text.append("{}\n").toString();
    }
    for (var entry : names().entrySet()) {
      var nets = networks(entry.getKey());
      if (nets.isEmpty()) {
        continue;
      }
      boolean socket = nets.containsKey(NetKind.SOCKET);
      if (socket && nets.size() > 1) {
        text.append(
            "# Groups of %s differ (%s): all take the network that all have.\n"
                .formatted(entry.getValue().get(0), counts(nets)));
      }
      for (var name : entry.getValue()) {
        text.append("%s:\n  net_name: %s\n".formatted(name, socket ? "socket" : "IB"));
      }
    }
    return text.toString();
  }

  /**
   * Megatron's names of groups by kind. {@code dp_cp} is dp while there is no context parallelism,
   * and the one that reduces gradients; {@code tp_dp} and {@code tp_dp_cp} span the same nodes.
   */
  private static Map<GroupKind, List<String>> names() {
    var names = new LinkedHashMap<GroupKind, List<String>>();
    names.put(GroupKind.TP, List.of("tp", "tp_cp"));
    names.put(GroupKind.PP, List.of("pp"));
    names.put(GroupKind.DP, List.of("dp", "dp_cp", "tp_dp", "tp_dp_cp"));
    names.put(GroupKind.MP, List.of("mp"));
    names.put(GroupKind.EMB, List.of("embd"));
    return names;
  }

  /** How many groups of a kind that leave a node there are of each network; RoCE counts as IB. */
  private Map<NetKind, Integer> networks(GroupKind kind) {
    var nets = new TreeMap<NetKind, Integer>();
    for (var group : plan.groups(kind)) {
      if (group.network().kind() != NetKind.NONE) {
        nets.merge(
            group.network().kind() == NetKind.SOCKET ? NetKind.SOCKET : NetKind.IB,
            1,
            Integer::sum);
      }
    }
    return nets;
  }

  private static String counts(Map<NetKind, Integer> nets) {
    return nets.entrySet().stream()
        .map(net -> net.getValue() + " " + (net.getKey() == NetKind.SOCKET ? "socket" : "IB"))
        .collect(Collectors.joining(", "));
  }

  /** A text that stays within a comment. */
  static String comment(String text) {
    return text.replaceAll("\\p{Cntrl}", " ");
  }
}
