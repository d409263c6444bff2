package org.millrace.streaming.placement.render;

import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.millrace.streaming.placement.plan.Plan;

/**
 * Hosts in the order of their ranks. torchrun with a dynamic rendezvous would rank them by name, so
 * the launch lines fix node ranks.
 */
final class HostFiles {

  private final Plan plan;
  private final RenderSettings settings;

  HostFiles(Plan plan, RenderSettings settings) {
    this.plan = plan;
    this.settings = settings;
  }

  List<RenderedFile> files() {
    return List.of(
        new RenderedFile("hostfile", hostfile()),
        new RenderedFile("node-ranks.tsv", nodeRanks()),
        new RenderedFile("torchrun.txt", torchrun()),
        new RenderedFile("slurm-hostfile", slurm()));
  }

  private String hostfile() {
    return plan.nodes().stream()
        .map(node -> "%s slots=%d\n".formatted(node.host(), node.slots()))
        .collect(Collectors.joining());
  }

  private String nodeRanks() {
    var text = new StringBuilder("host\tnode_rank\tfirst_rank\tranks\n");
    int first = 0;
    for (int i = 0; i < plan.nodes().size(); i++) {
      var node = plan.nodes().get(i);
      text.append("%s\t%d\t%d\t%d\n".formatted(node.host(), i, first, node.slots()));
      first += node.slots();
    }
    return text.toString();
  }

  /** A line a host: its name, then the arguments of torchrun there. */
  private String torchrun() {
    var nodes = plan.nodes();
    return IntStream.range(0, nodes.size())
        .mapToObj(
            i ->
                "%s --nnodes=%d --node_rank=%d --nproc_per_node=%d --master_addr=%s --master_port=%d\n"
                    .formatted(
                        nodes.get(i).host(),
                        nodes.size(),
                        i,
                        nodes.get(i).slots(),
                        nodes.get(0).host(),
                        settings.masterPort()))
        .collect(Collectors.joining());
  }

  /** For {@code SLURM_HOSTFILE} and {@code srun --distribution=arbitrary}: a line a task. */
  private String slurm() {
    return plan.nodes().stream()
        .map(node -> (node.host() + "\n").repeat(node.slots()))
        .collect(Collectors.joining());
  }
}
