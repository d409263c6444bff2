package org.millrace.streaming.placement.render;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.estate.Nic;
import org.millrace.streaming.placement.estate.NicKind;
import org.millrace.streaming.placement.estate.Node;
import org.millrace.streaming.placement.plan.CostConstants;
import org.millrace.streaming.placement.plan.ModelShape;
import org.millrace.streaming.placement.plan.NetworkRule;
import org.millrace.streaming.placement.plan.Parallelism;
import org.millrace.streaming.placement.plan.Plan;
import org.millrace.streaming.placement.plan.Planner;
import org.millrace.streaming.placement.plan.Request;

/** A small estate of two InfiniBand and two RoCE racks, and plans on it. */
final class Examples {

  private static final ModelShape MODEL = new ModelShape("3.6B", 30, 3072, 32, 2048, 50257);

  private Examples() {}

  /**
   * Racks ib-1, ib-2 below spine-ib and roce-1, roce-2 below spine-roce, two nodes of four GPUs
   * each.
   */
  static Estate estate() {
    var nodes = new ArrayList<Node>();
    for (int rack = 1; rack <= 2; rack++) {
      for (int i = 1; i <= 2; i++) {
        nodes.add(
            node("a%d0%d".formatted(rack, i), NicKind.IB, "ib-a", 197, "spine-ib", "ib-" + rack));
        nodes.add(
            node(
                "r%d0%d".formatted(rack, i),
                NicKind.ROCE,
                "roce-a",
                160,
                "spine-roce",
                "roce-" + rack));
      }
    }
    return Estate.of(List.of("spine", "leaf"), nodes);
  }

  private static Node node(
      String name, NicKind kind, String fabric, int speed, String spine, String leaf) {
    return Node.of(
            name,
            4,
            Nic.of("mlx5_0", kind, fabric, 200),
            Nic.of("mlx5_1", kind, fabric, 200),
            Nic.of("eth0", NicKind.ETH, "eth-a", 25))
        .withSpeed(speed)
        .withTierPath(List.of(spine, leaf));
  }

  /** t = 4, p = 2: the first stage on InfiniBand, the second on RoCE. */
  static Plan hybrid() {
    return plan(Parallelism.of(4, 2, 2), "a101", "a102", "r101", "r102");
  }

  /** All in one rack. */
  static Plan pure() {
    return plan(Parallelism.of(4, 1, 2), "a201", "a202");
  }

  /** One data-parallel group of two on InfiniBand, the other over sockets. */
  static Plan mixed() {
    return plan(Parallelism.of(4, 2, 2), "a101", "a102", "a201", "r102");
  }

  static Plan plan(Parallelism sizes, String... hosts) {
    var request =
        Request.of("gpt-3.6b", MODEL, sizes.ranks(), 768, 4)
            .withSizes(sizes.tensor(), sizes.pipeline())
            .withOrder(sizes.order());
    return new Planner(CostConstants.NOMINAL, NetworkRule.COMMUNICATOR)
        .assess(estate(), Map.of(), request, sizes, List.of(hosts));
  }
}
