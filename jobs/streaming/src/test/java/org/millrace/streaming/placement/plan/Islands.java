package org.millrace.streaming.placement.plan;

import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.estate.Nic;
import org.millrace.streaming.placement.estate.NicKind;
import org.millrace.streaming.placement.estate.Node;

/** Large estates of 8-GPU nodes: each leaf of sixteen is in one of four fabrics. */
final class Islands {

  private static final String[] FABRICS = {"ib-a", "ib-a", "ib-b", "roce-a", "eth-a"};

  private Islands() {}

  static Estate of(long seed, int count) {
    var random = new SplittableRandom(seed);
    var nodes = new ArrayList<Node>();
    var fabric = "";
    for (int i = 0; i < count; i++) {
      if (i % 16 == 0) {
        fabric = FABRICS[random.nextInt(FABRICS.length)];
      }
      var nics = new ArrayList<Nic>();
      nics.add(Nic.of("eth0", NicKind.ETH, "eth-a", 25));
      if (!fabric.equals("eth-a")) {
        var kind = fabric.startsWith("ib") ? NicKind.IB : NicKind.ROCE;
        nics.add(new Nic("mlx5_0", kind, fabric, 200, random.nextInt(50) != 0));
      }
      // by name, fabrics take turns
      var name = "n%03d-%d".formatted(i * 37 % count, i);
      nodes.add(Node.of(name, 8).withNics(nics).withTierPath(List.of(fabric, "leaf-" + i / 16)));
    }
    return Estate.of(nodes);
  }

  /** Whole stages of so many nodes that the RDMA fabrics hold. */
  static int stagesThatFit(Estate estate, int nodes) {
    var healthy = new TreeMap<String, Integer>();
    for (var node : estate.nodes()) {
      node.nics().stream()
          .filter(nic -> nic.healthy() && nic.kind().rdma())
          .forEach(nic -> healthy.merge(nic.fabricId(), 1, Integer::sum));
    }
    return healthy.values().stream().mapToInt(count -> count / nodes).sum();
  }
}
