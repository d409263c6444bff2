package org.millrace.streaming.anomaly.rola;

/**
 * Pearson's coefficient of two variables.
 *
 * @param r -1 to 1; NaN where it is undefined: under two pairs, or a variable that does not vary
 * @param n the pairs that it is taken over
 */
public record Correlation(double r, int n) {

  /**
   * Over the rows in which both are finite, in two passes, so that a large common level cancels
   * nothing.
   *
   * @param x one value a row
   * @param y of the same length
   */
  public static Correlation pearson(double[] x, double[] y) {
    int n = 0;
    double meanX = 0;
    double meanY = 0;
    for (int j = 0; j < x.length; j++) {
      if (Double.isFinite(x[j]) && Double.isFinite(y[j])) {
        n++;
        meanX += (x[j] - meanX) / n;
        meanY += (y[j] - meanY) / n;
      }
    }
    double xx = 0;
    double yy = 0;
    double xy = 0;
    for (int j = 0; j < x.length; j++) {
      if (Double.isFinite(x[j]) && Double.isFinite(y[j])) {
        double dx = x[j] - meanX;
        double dy = y[j] - meanY;
        xx += dx * dx;
        yy += dy * dy;
        xy += dx * dy;
      }
    }
    double r = xy / (Math.sqrt(xx) * Math.sqrt(yy));
    return new Correlation(Math.max(-1, Math.min(1, r)), n);
  }
}
