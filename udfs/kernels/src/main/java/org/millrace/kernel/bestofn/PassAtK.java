package org.millrace.kernel.bestofn;

import java.util.Arrays;

/**
 * pass@k: the chance that a uniformly drawn k-subset of n samples holds a right one (Chen et al.
 * 2021, arXiv 2107.03374, equation 1), in the product form that needs no factorials.
 */
public final class PassAtK {

  private PassAtK() {}

  /**
   * Unbiased pass@k of one prompt.
   *
   * @param n samples, at least 1
   * @param c right samples, 0 to n
   * @param k drawn samples, 1 to n
   * @return 0 to 1, exactly 1 where fewer than k samples are wrong
   * @throws IllegalArgumentException if a number is out of its range
   */
  public static double at(long n, long c, long k) {
    if (n < 1 || c < 0 || c > n || k < 1 || k > n) {
      throw new IllegalArgumentException(
          "pass@k wants 0 <= c <= n and 1 <= k <= n, got n=" + n + ", c=" + c + ", k=" + k);
    }
    if (n - c < k) {
      return 1;
    }
    // C(n-c, k) / C(n, k), by the shorter of its two products.
    double none = 1;
    if (c < k) {
      for (long i = 0; i < c; i++) {
        none *= (double) (n - k - i) / (n - i);
      }
    } else {
      for (long i = 0; i < k; i++) {
        none *= (double) (n - c - i) / (n - i);
      }
    }
    return 1 - none;
  }

  /**
   * pass@k of one prompt for several k. Graded credits give the expected best credit of k samples.
   *
   * @param credits truth of each sample, 0 to 1
   * @param ks numbers of samples, each at least 1
   * @return a value for each k, NaN where k is more than the samples
   */
  public static double[] curve(double[] credits, int[] ks) {
    long right = 0;
    for (double credit : credits) {
      if (credit == 1) {
        right++;
      } else if (credit != 0) {
        return BestOfK.curve(credits, credits, ks);
      }
    }
    var values = new double[ks.length];
    Arrays.fill(values, Double.NaN);
    for (int i = 0; i < ks.length; i++) {
      if (ks[i] <= credits.length) {
        values[i] = at(credits.length, right, ks[i]);
      }
    }
    return values;
  }
}
