package org.millrace.bench.corpus;

/**
 * How a cost grows with the size of the corpus.
 *
 * @param exponent of {@code c · size^exponent}, by least squares of the logarithms; 1 where the
 *     cost grows as the size, less where a part of it is the same at any size
 * @param slope of the line nearest to the measures, per byte
 * @param size the largest measured
 * @param cost at that size
 */
record Growth(double exponent, double slope, double size, double cost) {

  /**
   * The growth that measures show.
   *
   * @param sizes ascending, two or more
   * @param costs 0 or more
   */
  static Growth fit(double[] sizes, double[] costs) {
    int last = sizes.length - 1;
    var logSizes = new double[sizes.length];
    var logCosts = new double[sizes.length];
    for (int i = 0; i <= last; i++) {
      logSizes[i] = Math.log(sizes[i]);
      logCosts[i] = Math.log(Math.max(1e-3, costs[i]));
    }
    return new Growth(slope(logSizes, logCosts), slope(sizes, costs), sizes[last], costs[last]);
  }

  private static double slope(double[] x, double[] y) {
    double meanX = 0;
    double meanY = 0;
    for (int i = 0; i < x.length; i++) {
      meanX += x[i] / x.length;
      meanY += y[i] / x.length;
    }
    double covariance = 0;
    double variance = 0;
    for (int i = 0; i < x.length; i++) {
      covariance += (x[i] - meanX) * (y[i] - meanY);
      variance += (x[i] - meanX) * (x[i] - meanX);
    }
    return covariance / variance;
  }

  /**
   * The cost of a larger corpus: by the power law where it grows faster than the corpus, else by
   * the line, as what is the same at any size, such as the start of a JVM, is not to be multiplied.
   */
  double at(double larger) {
    return exponent > 1
        ? cost * Math.pow(larger / size, exponent)
        : cost + Math.max(0, slope) * (larger - size);
  }
}
