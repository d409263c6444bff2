package org.millrace.streaming.placement.plan;

import java.util.ArrayList;
import java.util.List;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.estate.Nic;
import org.millrace.streaming.placement.estate.NicKind;
import org.millrace.streaming.placement.estate.Node;

/** Models and estates of Holmes' evaluation. */
final class Models {

  static final ModelShape GPT_3_6B = new ModelShape("3.6B", 30, 3072, 32, 2048, 50257);
  static final ModelShape GPT_7_5B = new ModelShape("7.5B", 36, 4096, 32, 2048, 50257);
  static final ModelShape GPT_39_1B = new ModelShape("39.1B", 48, 8192, 64, 2048, 50257);

  private Models() {}

  /**
   * Nodes of 8 GPUs in order: A and B are InfiniBand fabrics, R and S RoCE fabrics of 200 Gb/s, E
   * has Ethernet only; all have Ethernet of 25 Gb/s.
   */
  static Estate estate(String pattern) {
    var nodes = new ArrayList<Node>();
    for (int i = 0; i < pattern.length(); i++) {
      var name = "n%02d".formatted(i);
      var ethernet = Nic.of("eth0", NicKind.ETH, "eth", 25);
      char fabric = pattern.charAt(i);
      nodes.add(
          switch (fabric) {
            case 'A', 'B' -> Node.of(name, 8, rdma(NicKind.IB, "ib-" + fabric), ethernet);
            case 'R', 'S' -> Node.of(name, 8, rdma(NicKind.ROCE, "roce-" + fabric), ethernet);
            default -> Node.of(name, 8, ethernet);
          });
    }
    return Estate.of(nodes);
  }

  private static Nic rdma(NicKind kind, String fabric) {
    return Nic.of("mlx5_0", kind, fabric, 200);
  }

  static List<String> names(Estate estate) {
    return estate.nodes().stream().map(Node::name).toList();
  }

  /** A plan of all nodes by name, with nominal constants. */
  static Plan byName(Estate estate, Request request) {
    return byName(estate, request, CostConstants.NOMINAL);
  }

  static Plan byName(Estate estate, Request request, CostConstants constants) {
    var sizes =
        new Parallelism(
            request.tensor(),
            request.pipeline(),
            request.gpus() / request.tensor() / request.pipeline(),
            request.order());
    return new Planner(constants, NetworkRule.COMMUNICATOR)
        .assess(estate, java.util.Map.of(), request, sizes, names(estate));
  }
}
