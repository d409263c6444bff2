package org.millrace.kernel.dedup;

import java.util.SplittableRandom;

/** Pairs of sets of a known Jaccard similarity. */
final class Sets {

  private Sets() {}

  /** Two sets of {@code all} distinct hashes together, of which they share a fraction. */
  static long[][] ofSimilarity(double similarity, int all, SplittableRandom random) {
    var union = random.longs(all).toArray();
    int shared = (int) Math.round(similarity * all);
    int own = (all - shared) / 2;
    var first = new long[shared + own];
    var second = new long[all - own];
    System.arraycopy(union, 0, first, 0, shared + own);
    System.arraycopy(union, 0, second, 0, shared);
    System.arraycopy(union, shared + own, second, shared, all - shared - own);
    return new long[][] {first, second};
  }
}
