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
    var reached = new double[ks.length];
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
      int size = to - from;
      for (int j = 0; j < ks.length; j++) {
        double before = reached[j];
        double after = before;
        // R(b) = C(b,k)/C(N,k), and R(b-1) = R(b) (b-k)/b.
        for (int b = below; b > below - size && after > 0; b--) {
          after = b > ks[j] ? after * (b - ks[j]) / b : 0;
        }
        values[j] += (before - after) * credit / size;
        reached[j] = after;
      }
      below -= size;
      from = to;
    }
    return values;
  }

  /** Indices of the samples that have a score, best first; equal scores in file order. */
  static int[] descending(double[] scores) {
    int n = 0;
    var keys = new double[scores.length];
    for (double score : scores) {
      if (!Double.isNaN(score)) {
        keys[n++] = score + 0.0;
      }
    }
    Arrays.sort(keys, 0, n);
    // Counting the place of each sample among the sorted keys keeps the sort primitive.
    var next = new int[n];
    var order = new int[n];
    for (int i = 0; i < scores.length; i++) {
      if (!Double.isNaN(scores[i])) {
        int low = lowest(keys, n, scores[i] + 0.0);
        int high = highest(keys, n, scores[i] + 0.0);
        order[n - 1 - high + next[low]++] = i;
      }
    }
    return order;
  }

  private static int lowest(double[] keys, int n, double key) {
    int from = 0;
    int to = n - 1;
    while (from < to) {
      int middle = (from + to) >>> 1;
      if (keys[middle] < key) {
        from = middle + 1;
      } else {
        to = middle;
      }
    }
    return from;
  }

  private static int highest(double[] keys, int n, double key) {
    int from = 0;
    int to = n - 1;
    while (from < to) {
      int middle = (from + to + 1) >>> 1;
      if (keys[middle] > key) {
        to = middle - 1;
      } else {
        from = middle;
      }
    }
    return from;
  }
}
