package org.millrace.streaming.placement.plan;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.estate.Nic;
import org.millrace.streaming.placement.estate.NicKind;
import org.millrace.streaming.placement.estate.Node;

/**
 * A small estate of nodes with unlike GPUs, NICs, speeds and switches, and a job that fits it.
 *
 * @param estate of up to 8 nodes
 * @param busy GPUs that are taken
 * @param request with sizes
 * @param sizes of the request
 */
record RandomCase(Estate estate, Map<String, Integer> busy, Request request, Parallelism sizes) {

  private static final int[] GPUS = {1, 2, 2, 4, 4, 4, 8};

  static RandomCase of(long seed, int mostNodes) {
    var random = new SplittableRandom(seed);
    while (true) {
      var drawn = draw(random, mostNodes);
      if (drawn != null) {
        return drawn;
      }
    }
  }

  private static RandomCase draw(SplittableRandom random, int mostNodes) {
    int count = random.nextInt(1, mostNodes + 1);
    boolean alike = random.nextInt(3) == 0;
    var nodes = new ArrayList<Node>();
    var busy = new HashMap<String, Integer>();
    for (int i = 0; i < count; i++) {
      var name = "n" + (i * 5 + 3) % 8;
      var node = Node.of(name, alike ? 2 : GPUS[random.nextInt(GPUS.length)], nics(random));
      if (random.nextInt(20) == 0) {
        node = node.withHealthy(false);
      }
      if (random.nextInt(4) == 0) {
        node = node.withSpeed(random.nextInt(100, 300));
      }
      nodes.add(node.withTierPath(path(random)));
      if (random.nextInt(6) == 0 && node.gpus() > 1) {
        busy.put(name, 1);
      }
    }
    var estate = Estate.of(nodes);
    int t = random.nextInt(3) == 0 ? 2 : 1;
    int p = random.nextInt(1, 5);
    int room =
        estate.nodes().stream().mapToInt(node -> Math.max(0, Site.free(node, busy)) / t).sum();
    if (room < p) {
      return null;
    }
    int most = room / p;
    int d = random.nextInt(2) == 0 ? most : random.nextInt(1, most + 1);
    var order = random.nextInt(3) == 0 ? RankOrder.TP_PP_DP : RankOrder.TP_DP_PP;
    var request =
        Request.of("j", Models.GPT_3_6B, t * p * d, 4 * d * random.nextInt(1, 12), 4)
            .withSizes(t, p)
            .withOrder(order)
            .withTransfer(Request.Transfer.values()[random.nextInt(2)])
            .withOptimizer(Request.Optimizer.values()[random.nextInt(2)]);
    return new RandomCase(estate, busy, request, new Parallelism(t, p, d, order));
  }

  private static Nic[] nics(SplittableRandom random) {
    var nics = new ArrayList<Nic>();
    int count = random.nextInt(4) == 0 ? random.nextInt(0, 4) : 1;
    for (int i = 0; i < count; i++) {
      double gbps = random.nextInt(4) == 0 ? 100 : 200;
      boolean healthy = random.nextInt(8) != 0;
      var fabric = List.of("ib-a", "ib-a", "ib-b", "roce", "roce").get(random.nextInt(5));
      var kind = fabric.equals("roce") ? NicKind.ROCE : NicKind.IB;
      nics.add(new Nic("mlx5_" + i, kind, fabric, gbps, healthy));
    }
    if (random.nextInt(2) == 0) {
      nics.add(new Nic("eth0", NicKind.ETH, "eth", 25, random.nextInt(10) != 0));
    }
    return nics.toArray(Nic[]::new);
  }

  private static List<String> path(SplittableRandom random) {
    return switch (random.nextInt(4)) {
      case 0 -> List.of();
      case 1 -> List.of("spine-" + random.nextInt(2));
      default -> List.of("spine-" + random.nextInt(2), "leaf-" + random.nextInt(3));
    };
  }
}
