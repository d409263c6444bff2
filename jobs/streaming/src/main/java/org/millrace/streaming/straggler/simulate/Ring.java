package org.millrace.streaming.straggler.simulate;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** The network of a simulated job: several rings over its ranks, fast within hosts. */
final class Ring {

  private static final double WITHIN = 8;

  record Link(int src, int dst) {}

  record Transfer(Link link, long bytes, double durationUs) {}

  private final int perHost;
  private final List<Link> links;
  private final double reduceUs;
  private final long bytes;
  private final long exchangeBytes = 16 << 20;
  private final double bytesPerUs;

  Ring(int ranks, int perHost, double computeUs, SplittableRandom random) {
    this.perHost = perHost;
    // Communication is a fifth to a half of computing: less can't matter much.
    this.reduceUs = computeUs * random.nextDouble(0.2, 0.5);
    this.bytes = (long) (reduceUs * 20_000);
    this.bytesPerUs = 20_000;
    Set<Integer> strides = new LinkedHashSet<>(List.of(1, ranks - 1));
    while (strides.size() < Math.min(4, ranks - 1)) {
      strides.add(random.nextInt(1, ranks));
    }
    var all = new ArrayList<Link>();
    for (int stride : strides) {
      for (int rank = 0; rank < ranks; rank++) {
        all.add(new Link(rank, (rank + stride) % ranks));
      }
    }
    links = List.copyOf(all);
  }

  List<Link> links() {
    return links;
  }

  /** A rank that this one sends to. */
  int peer(int rank, SplittableRandom random) {
    var peers = links.stream().filter(link -> link.src() == rank).toList();
    return peers.get(random.nextInt(peers.size())).dst();
  }

  long bytes() {
    return bytes;
  }

  long exchangeBytes() {
    return exchangeBytes;
  }

  double exchangeUs(SplittableRandom random) {
    return 1500 * Math.exp(0.05 * random.nextGaussian());
  }

  /** A transfer over a link, so many times as slow as usual. */
  Transfer transfer(Link link, double slow, SplittableRandom random) {
    long size = (long) ((4 << 20) * random.nextDouble(0.5, 2));
    boolean within = link.src() / perHost == link.dst() / perHost;
    double speed = bytesPerUs * (within ? WITHIN : 1);
    double duration = size / speed * slow * Math.exp(0.1 * random.nextGaussian());
    if (random.nextDouble() < 0.005) {
      duration *= random.nextDouble(2, 5);
    }
    return new Transfer(link, size, duration);
  }

  /**
   * How long a reduction takes once all are there.
   *
   * @param slow how many times as slow all of it is
   * @param slowest how many times as slow the slowest link is: it sets the pace of its ring
   */
  double reduceUs(double slow, double slowest, SplittableRandom random) {
    double spike = random.nextDouble() < 0.005 ? random.nextDouble(1.5, 3) : 1;
    double pace = 1 + (slowest - 1) / 2;
    return reduceUs * slow * spike * pace * Math.exp(0.04 * random.nextGaussian());
  }
}
