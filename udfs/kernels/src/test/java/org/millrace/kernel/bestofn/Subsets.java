package org.millrace.kernel.bestofn;

import java.util.function.ToDoubleFunction;

/** Means over all k-subsets, by going through them: what closed forms are checked against. */
final class Subsets {

  private Subsets() {}

  /** Mean of a value over all k-subsets of 0..n-1, each given as ascending indices. */
  static double mean(int n, int k, ToDoubleFunction<int[]> value) {
    double sum = 0;
    int subsets = 0;
    for (int mask = 0; mask < 1 << n; mask++) {
      if (Integer.bitCount(mask) == k) {
        sum += value.applyAsDouble(indices(mask));
        subsets++;
      }
    }
    return sum / subsets;
  }

  private static int[] indices(int mask) {
    var indices = new int[Integer.bitCount(mask)];
    for (int i = 0, at = 0; i < Integer.SIZE; i++) {
      if ((mask >> i & 1) == 1) {
        indices[at++] = i;
      }
    }
    return indices;
  }
}
