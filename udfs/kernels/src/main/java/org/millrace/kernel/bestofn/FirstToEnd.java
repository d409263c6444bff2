package org.millrace.kernel.bestofn;

import java.util.Arrays;

/**
 * What it takes to sample k answers of a prompt side by side and to stop the others once m have
 * ended, over all k-subsets of the prompt's n samples. T_(j) being the j-th smallest size of a
 * subset, the latency is the mean of T_(m), and the work that of sum_i min(T_i, T_(m)): First
 * Finish Search with m = 1 (arXiv 2505.18149), short-m@k (arXiv 2505.17813), and all answers, the
 * longest and the sum, with m = k.
 *
 * <p>The sample that has i - 1 of the n before it is T_(j) with chance C(i-1,j-1) C(n-i,k-j) /
 * C(n,k), so that both are sums over the sizes in ascending order, the same for all prompts of n
 * samples. Immutable.
 */
public final class FirstToEnd {

  private final int n;
  private final double[] latency;
  private final double[] work;

  /**
   * Weights for prompts of n samples. O(n m).
   *
   * @param n samples of a prompt
   * @param k answers that are begun, 1 to n
   * @param m answers that are waited for, at least 1; from k on all are
   * @throws IllegalArgumentException if a number is out of its range
   */
  public FirstToEnd(int n, int k, int m) {
    if (k < 1 || k > n || m < 1) {
      throw new IllegalArgumentException(
          "wants 1 <= k <= n and m >= 1, got n=" + n + ", k=" + k + ", m=" + m);
    }
    this.n = n;
    int last = Math.min(m, k);
    latency = chances(n, k, last);
    work = new double[n];
    if (last == k) {
      Arrays.fill(work, (double) k / n);
      return;
    }
    for (int i = 0; i < n; i++) {
      work[i] = (k - last + 1) * latency[i];
    }
    for (int j = 1; j < last; j++) {
      var ended = chances(n, k, j);
      for (int i = 0; i < n; i++) {
        work[i] += ended[i];
      }
    }
  }

  /** The chance of each sample, by ascending size, to be the j-th smallest of a k-subset. */
  private static double[] chances(int n, int k, int j) {
    var chances = new double[n];
    double all = n <= Binomials.EXACT_TO ? Binomials.row(n)[k] : Binomials.logChoose(n, k);
    for (int i = j; i <= n - k + j; i++) {
      chances[i - 1] =
          n <= Binomials.EXACT_TO
              ? Binomials.row(i - 1)[j - 1] * Binomials.row(n - i)[k - j] / all
              : Math.exp(
                  Binomials.logChoose(i - 1, j - 1) + Binomials.logChoose(n - i, k - j) - all);
    }
    return chances;
  }

  /**
   * Expected size of the answer that ends the wait.
   *
   * @param ascending sizes of the n samples, such as tokens, in ascending order
   * @throws IllegalArgumentException if there are not n
   */
  public double latency(double[] ascending) {
    return sum(latency, ascending);
  }

  /**
   * Expected sum of the sizes of all k answers, each cut where the wait ends.
   *
   * @param ascending sizes of the n samples, such as tokens, in ascending order
   * @throws IllegalArgumentException if there are not n
   */
  public double work(double[] ascending) {
    return sum(work, ascending);
  }

  private double sum(double[] weights, double[] sizes) {
    if (sizes.length != n) {
      throw new IllegalArgumentException(
          "wants the sizes of " + n + " samples, not " + sizes.length);
    }
    double sum = 0;
    for (int i = 0; i < n; i++) {
      sum += weights[i] * sizes[i];
    }
    return sum;
  }
}
