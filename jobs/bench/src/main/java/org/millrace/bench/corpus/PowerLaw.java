package org.millrace.bench.corpus;

/**
 * A cost as {@code c · size^exponent}, by least squares of the logarithms.
 *
 * @param exponent 1 where the cost grows as the size
 * @param logFactor of c
 */
record PowerLaw(double exponent, double logFactor) {

  /**
   * The law nearest to measures.
   *
   * @param sizes above 0, two or more different ones
   * @param costs above 0
   */
  static PowerLaw fit(double[] sizes, double[] costs) {
    int n = sizes.length;
    double x = 0;
    double y = 0;
    for (int i = 0; i < n; i++) {
      x += Math.log(sizes[i]) / n;
      y += Math.log(costs[i]) / n;
    }
    double covariance = 0;
    double variance = 0;
    for (int i = 0; i < n; i++) {
      double dx = Math.log(sizes[i]) - x;
      covariance += dx * (Math.log(costs[i]) - y);
      variance += dx * dx;
    }
    double exponent = covariance / variance;
    return new PowerLaw(exponent, y - exponent * x);
  }

  /**
   * The cost at a larger size, from that at a measured one. What is shared by all sizes, as the
   * start of the JVM, makes the exponent of small ones too low: growth is never taken as less than
   * proportional.
   */
  double extrapolated(double measuredSize, double cost, double size) {
    return cost * Math.pow(size / measuredSize, Math.max(1, exponent));
  }
}
