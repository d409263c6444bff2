package org.millrace.kernel.bestofn;

/**
 * The power law of coverage (Brown et al., arXiv 2407.21787): c(k) = exp(a k^b).
 *
 * @param a below 0 where coverage is below 1
 * @param b below 0 where coverage grows
 * @param rms root of the mean squared error of the coverages it was fitted to; NaN where it was not
 */
public record CoverageLaw(double a, double b, double rms) {

  /**
   * The line of least squares through log(-log c) over log k. Points whose coverage is 0 or 1 say
   * nothing of it and are left out.
   *
   * @param ks samples, from 1
   * @param coverages the same number, 0 to 1
   * @throws IllegalArgumentException if fewer than two different k are left
   */
  public static CoverageLaw fit(int[] ks, double[] coverages) {
    double n = 0;
    double x = 0;
    double y = 0;
    double xx = 0;
    double xy = 0;
    for (int i = 0; i < ks.length; i++) {
      if (coverages[i] > 0 && coverages[i] < 1) {
        double logK = Math.log(ks[i]);
        double value = Math.log(-Math.log(coverages[i]));
        n++;
        x += logK;
        y += value;
        xx += logK * logK;
        xy += logK * value;
      }
    }
    double spread = n * xx - x * x;
    if (n < 2 || !(spread > 1e-12)) {
      throw new IllegalArgumentException(
          "a law of coverage takes two different k with coverages between 0 and 1");
    }
    double b = (n * xy - x * y) / spread;
    var law = new CoverageLaw(-Math.exp((y - b * x) / n), b, Double.NaN);
    return new CoverageLaw(law.a, law.b, SaturationLaw.rms(ks, coverages, law::at));
  }

  /** The coverage of k samples. */
  public double at(int k) {
    return Math.exp(a * Math.pow(k, b));
  }
}
