package org.millrace.streaming.placement.plan;

import java.util.Arrays;
import java.util.SplittableRandom;

/** Exchanges nodes of a candidate with one another and with unused ones; seeded, bounded. */
final class LocalSearch {

  private static final long SEED = 20231205;

  private final Site site;
  private final Evaluator evaluator;

  LocalSearch(Site site, Evaluator evaluator) {
    this.site = site;
    this.evaluator = evaluator;
  }

  /**
   * A candidate that is at least as good.
   *
   * @param moves exchanges to try
   */
  Candidate improve(Candidate candidate, int moves) {
    var random = new SplittableRandom(SEED);
    var order = withUnused(candidate.order());
    var best = candidate;
    for (int move = 0; move < moves; move++) {
      int one = random.nextInt(best.order().length);
      int other = random.nextInt(order.length);
      swap(order, one, other);
      var moved = evaluator.evaluate(order);
      if (moved.compareTo(best) < 0) {
        best = moved;
      } else {
        swap(order, one, other);
      }
    }
    return best;
  }

  private static void swap(int[] order, int one, int other) {
    int node = order[one];
    order[one] = order[other];
    order[other] = node;
  }

  private int[] withUnused(int[] used) {
    var order = Arrays.copyOf(used, site.size());
    var isUsed = new boolean[site.size()];
    for (int node : used) {
      isUsed[node] = true;
    }
    int at = used.length;
    for (int node = 0; node < site.size(); node++) {
      if (!isUsed[node]) {
        order[at++] = node;
      }
    }
    return order;
  }
}
