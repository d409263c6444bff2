package org.millrace.kernel.bestofn;

/** Binomial coefficients and their logarithms. */
final class Binomials {

  /** The largest n whose coefficients {@link #choose} gives: n! still is a double. */
  static final int EXACT_TO = 170;

  private static final double[] FACTORIAL = factorials();
  private static final double[] LOG_FACTORIAL = logFactorials(1024);

  private Binomials() {}

  private static double[] factorials() {
    var values = new double[EXACT_TO + 1];
    values[0] = 1;
    for (int n = 1; n <= EXACT_TO; n++) {
      values[n] = values[n - 1] * n;
    }
    return values;
  }

  private static double[] logFactorials(int size) {
    var values = new double[size];
    for (int n = 2; n < size; n++) {
      values[n] = values[n - 1] + Math.log(n);
    }
    return values;
  }

  /** C(n, k) for n up to {@link #EXACT_TO}, to some 1e-15; 0 where k is out of 0..n. */
  static double choose(int n, int k) {
    return k < 0 || k > n ? 0 : FACTORIAL[n] / FACTORIAL[k] / FACTORIAL[n - k];
  }

  static double logChoose(int n, int k) {
    return logFactorial(n) - logFactorial(k) - logFactorial(n - k);
  }

  private static double logFactorial(int n) {
    if (n < LOG_FACTORIAL.length) {
      return LOG_FACTORIAL[n];
    }
    double x = n + 1.0;
    // Stirling's series; the next term is below 1e-20 here.
    return (x - 0.5) * Math.log(x)
        - x
        + 0.5 * Math.log(2 * Math.PI)
        + 1 / (12 * x)
        - 1 / (360 * x * x * x);
  }
}
