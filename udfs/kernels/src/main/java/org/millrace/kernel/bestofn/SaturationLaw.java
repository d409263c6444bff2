package org.millrace.kernel.bestofn;

import java.util.function.IntToDoubleFunction;

/**
 * The test-time scaling performance model (arXiv 2505.20522): F(N) = Fmax (1 - (1 - p)^N).
 *
 * @param p chance of a step to succeed, above 0 and below 1
 * @param most Fmax, what all steps come to, 0 to 1
 * @param rms root of the mean squared error of the values it was fitted to; NaN where it was not
 */
public record SaturationLaw(double p, double most, double rms) {

  private static final int GRID = 10_000;
  private static final double GOLDEN = (Math.sqrt(5) - 1) / 2;

  /**
   * The law of least squares. For each p the best Fmax is known, at most 1; p is searched.
   *
   * @param ns steps, from 1
   * @param values the same number, 0 to 1
   * @throws IllegalArgumentException without a value
   */
  public static SaturationLaw fit(int[] ns, double[] values) {
    if (ns.length == 0 || ns.length != values.length) {
      throw new IllegalArgumentException("a law of saturation takes as many values as steps");
    }
    // The error may have several hollows: the deepest of a grid, then its bottom.
    int best = 1;
    double least = Double.POSITIVE_INFINITY;
    for (int i = 1; i < GRID; i++) {
      double error = error(ns, values, (double) i / GRID);
      if (error < least) {
        best = i;
        least = error;
      }
    }
    double low = (best - 1.0) / GRID;
    double high = (best + 1.0) / GRID;
    while (high - low > 1e-12) {
      double left = high - GOLDEN * (high - low);
      double right = low + GOLDEN * (high - low);
      if (error(ns, values, left) <= error(ns, values, right)) {
        high = right;
      } else {
        low = left;
      }
    }
    double p = (low + high) / 2;
    var law = new SaturationLaw(p, most(ns, values, p), Double.NaN);
    return new SaturationLaw(law.p, law.most, rms(ns, values, law::at));
  }

  private static double most(int[] ns, double[] values, double p) {
    double above = 0;
    double below = 0;
    for (int i = 0; i < ns.length; i++) {
      double share = 1 - Math.pow(1 - p, ns[i]);
      above += share * values[i];
      below += share * share;
    }
    return below == 0 ? 0 : Math.min(1, above / below);
  }

  private static double error(int[] ns, double[] values, double p) {
    var law = new SaturationLaw(p, most(ns, values, p), Double.NaN);
    return rms(ns, values, law::at);
  }

  static double rms(int[] ns, double[] values, IntToDoubleFunction law) {
    double sum = 0;
    for (int i = 0; i < ns.length; i++) {
      double error = law.applyAsDouble(ns[i]) - values[i];
      sum += error * error;
    }
    return Math.sqrt(sum / ns.length);
  }

  /** The value after N steps. */
  public double at(int steps) {
    return most * (1 - Math.pow(1 - p, steps));
  }

  /**
   * The steps after which one more gains less.
   *
   * @param gain above 0
   * @return at least 0
   */
  public long saturation(double gain) {
    if (!(gain > 0)) {
      throw new IllegalArgumentException("a gain is above 0, not " + gain);
    }
    double steps = Math.log(gain / (most * p)) / Math.log1p(-p);
    return most == 0 ? 0 : Math.max(0, (long) Math.ceil(steps));
  }
}
