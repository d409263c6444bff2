package org.millrace.streaming.placement.contend;

import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.millrace.streaming.placement.plan.Plan;

/**
 * Where a job runs.
 *
 * @param parts of nodes that it takes
 * @param plan of a gang
 */
public record Spot(List<Part> parts, Optional<Plan> plan) {

  /**
   * What is taken of a node.
   *
   * @param node its number in the estate
   * @param gpus their numbers in the node
   * @param gpuMilli thousandths of each
   * @param cpuMilli thousandths of a CPU
   * @param memoryMib MiB
   */
  public record Part(int node, int[] gpus, int gpuMilli, int cpuMilli, int memoryMib) {

    static Part of(int node, int[] gpus, Demand.Pod pod) {
      return new Part(node, gpus, pod.gpuMilli(), pod.cpuMilli(), pod.memoryMib());
    }
  }

  static Spot of(Part part) {
    return new Spot(List.of(part), Optional.empty());
  }

  /** The whole GPUs, lowest numbers first, that a plan takes of a cluster's free ones. */
  static Spot of(Plan plan, Cluster cluster) {
    var parts =
        plan.nodes().stream()
            .map(
                placed -> {
                  int node = cluster.estate().indexOf(placed.host());
                  var left = cluster.gpuLeft(node);
                  var gpus =
                      IntStream.range(0, left.length)
                          .filter(gpu -> left[gpu] == Demand.Pod.WHOLE)
                          .limit(placed.slots())
                          .toArray();
                  return new Part(node, gpus, Demand.Pod.WHOLE, 0, 0);
                })
            .toList();
    return new Spot(parts, Optional.of(plan));
  }
}
