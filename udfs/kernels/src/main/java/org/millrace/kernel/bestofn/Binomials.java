package org.millrace.kernel.bestofn;

/** Binomial coefficients and their logarithms. */
final class Binomials {

  /** The largest n whose coefficients {@link #row} gives. */
  static final int EXACT_TO = 170;

  private static final double[][] ROWS = rows();
  private static final double[] LOG_FACTORIAL = logFactorials(1024);

  private Binomials() {}

  private static double[][] rows() {
    var rows = new double[EXACT_TO + 1][];
    for (int n = 0; n <= EXACT_TO; n++) {
      rows[n] = new double[n + 1];
      rows[n][0] = 1;
      rows[n][n] = 1;
      for (int k = 1; k < n; k++) {
        rows[n][k] = rows[n - 1][k - 1] + rows[n - 1][k];
      }
    }
    return rows;
  }

  private static double[] logFactorials(int size) {
    var values = new double[size];
    for (int n = 2; n < size; n++) {
      values[n] = values[n - 1] + Math.log(n);
    }
    return values;
  }

  /** C(n, 0) to C(n, n) for n up to {@link #EXACT_TO}, to some 1e-15 of each; not to be changed. */
  static double[] row(int n) {
    return ROWS[n];
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
