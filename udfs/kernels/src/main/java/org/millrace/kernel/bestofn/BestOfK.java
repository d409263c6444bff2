package org.millrace.kernel.bestofn;

import java.util.Arrays;

/**
 * Exact best-of-k: the expected credit of the best-scoring sample of a uniformly drawn k-subset,
 * ties broken uniformly. A group of m equal scores with total credit x and {@code below} samples at
 * or below it contributes [C(below,k) - C(below-m,k)] / C(N,k) * x/m. O(N log N) for all k.
 */
public final class BestOfK {

  private BestOfK() {}

  /**
   * The curve of one prompt.
   *
   * @param scores higher is better, compared exactly; NaN for a sample that is no candidate
   * @param credits truth of each sample, any range, as long as scores
   * @param ks numbers of samples, each at least 1
   * @return expected credit for each k, NaN where k is more than the candidates
   * @throws IllegalArgumentException if the arrays differ in length
   */
  public static double[] curve(double[] scores, double[] credits, int[] ks) {
    if (scores.length != credits.length) {
      throw new IllegalArgumentException(
          "scores and credits differ in length: " + scores.length + ", " + credits.length);
    }
    var order = descending(scores);
    int n = order.length;
    var values = new double[ks.length];
    // R(b) = C(b,k)/C(N,k) by k, and R(b-1) = R(b) (b-k)/b; 0 once b < k.
    var reached = new double[ks.length];
    var before = new double[ks.length];
    for (int j = 0; j < ks.length; j++) {
      values[j] = ks[j] <= n && ks[j] >= 1 ? 0 : Double.NaN;
      reached[j] = 1;
    }
    int below = n;
    for (int from = 0; from < n; ) {
      int to = from + 1;
      double credit = credits[order[from]];
      while (to < n && scores[order[to]] == scores[order[from]]) {
        credit += credits[order[to++]];
      }
      System.arraycopy(reached, 0, before, 0, reached.length);
      for (int b = below; b > n - to; b--) {
        double step = 1.0 / b;
        for (int j = 0; j < ks.length; j++) {
          reached[j] *= Math.max(0, b - ks[j]) * step;
        }
      }
      double mean = credit / (to - from);
      if (mean != 0) {
        for (int j = 0; j < ks.length; j++) {
          values[j] += (before[j] - reached[j]) * mean;
        }
      }
      below = n - to;
      from = to;
    }
    return values;
  }

  /** Indices of the samples that have a score, best first; equal scores in file order. */
  static int[] descending(double[] scores) {
    // Sorting longs is quick: the score's bits, the last of which give way to the index.
    int bits = Integer.SIZE - Integer.numberOfLeadingZeros(scores.length);
    long index = (1L << bits) - 1;
    var keys = new long[scores.length];
    int n = 0;
    for (int i = 0; i < scores.length; i++) {
      if (!Double.isNaN(scores[i])) {
        keys[n++] = ascending(-scores[i]) & ~index | i;
      }
    }
    Arrays.sort(keys, 0, n);
    var order = new int[n];
    for (int i = 0; i < n; i++) {
      int sample = (int) (keys[i] & index);
      int at = i;
      // Scores that differ in their last bits only are put right here.
      while (at > 0 && before(scores, sample, order[at - 1])) {
        order[at] = order[at - 1];
        at--;
      }
      order[at] = sample;
    }
    return order;
  }

  /** Bits that compare as the numbers do. */
  private static long ascending(double value) {
    long bits = Double.doubleToLongBits(value + 0.0);
    return bits ^ (bits >> 63 & Long.MAX_VALUE);
  }

  private static boolean before(double[] scores, int a, int b) {
    return scores[a] > scores[b] || scores[a] == scores[b] && a < b;
  }
}
