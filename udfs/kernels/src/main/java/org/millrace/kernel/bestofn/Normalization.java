package org.millrace.kernel.bestofn;

/** What is done to scores before they weigh votes: reward logits may be negative. */
public enum Normalization {
  /** Nothing. */
  NONE,
  /**
   * v - min, then v / (max + 0.001), over the samples at hand (search-and-learn's weights).
   * Infinite scores stay as they are and bound nothing.
   */
  MIN_MAX,
  /** 1 / (1 + e^-v). */
  SIGMOID;

  static final double MARGIN = 1e-3;

  /**
   * Normalised scores.
   *
   * @param scores NaN for a sample without one, which stays NaN
   * @return a new array
   */
  public double[] apply(double[] scores) {
    var out = scores.clone();
    if (this == SIGMOID) {
      for (int i = 0; i < out.length; i++) {
        out[i] = 1 / (1 + Math.exp(-out[i]));
      }
    } else if (this == MIN_MAX) {
      double min = Double.POSITIVE_INFINITY;
      double max = Double.NEGATIVE_INFINITY;
      for (double score : scores) {
        if (Double.isFinite(score)) {
          min = Math.min(min, score);
          max = Math.max(max, score);
        }
      }
      for (int i = 0; i < out.length; i++) {
        if (Double.isFinite(out[i])) {
          out[i] = (out[i] - min) / (max - min + MARGIN);
        }
      }
    }
    return out;
  }
}
