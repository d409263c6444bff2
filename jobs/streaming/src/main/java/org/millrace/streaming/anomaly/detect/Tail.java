package org.millrace.streaming.anomaly.detect;

import java.util.Arrays;

/**
 * A generalised Pareto distribution of what exceeds a high threshold.
 *
 * @param shape gamma, in [-.5, .9]; positive for heavy tails, negative for bounded ones
 * @param scale sigma, positive
 */
record Tail(double shape, double scale) {

  private static final double LEAST_SHAPE = -.5;
  private static final double GREATEST_SHAPE = .9;

  /**
   * Fits excesses by probability-weighted moments: Hosking and Wallis, Technometrics 1987,
   * equations for k = -gamma and alpha = sigma. Unlike maximum likelihood it needs no search, and
   * it holds for gamma below 1.
   *
   * @param excesses positive; at least 1
   */
  static Tail fit(double[] excesses) {
    double[] sorted = excesses.clone();
    Arrays.sort(sorted);
    int n = sorted.length;
    double mean = 0;
    double weighted = 0;
    for (int i = 0; i < n; i++) {
      mean += sorted[i] / n;
      weighted += sorted[i] / n * (1 - (i + 1 - .35) / n);
    }
    double shape = 2 - mean / (mean - 2 * weighted);
    if (!(shape >= LEAST_SHAPE)) {
      shape = LEAST_SHAPE;
    }
    shape = Math.min(shape, GREATEST_SHAPE);
    return new Tail(shape, mean * (1 - shape)); // keeps the mean where the shape was drawn in
  }

  /** The probability, given an excess, of one above x; in [0, 1]. */
  double beyond(double x) {
    if (Math.abs(shape) < 1e-6) {
      return Math.exp(-x / scale);
    }
    double base = 1 + shape * x / scale;
    return base <= 0 ? 0 : Math.pow(base, -1 / shape);
  }
}
