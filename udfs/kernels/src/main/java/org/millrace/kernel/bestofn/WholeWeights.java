package org.millrace.kernel.bestofn;

/**
 * Weights of votes as whole numbers, so that their sums, hence ties, don't depend on the order in
 * which they are added. The unit is 1e-9, coarser only where the sums would not fit.
 */
final class WholeWeights {

  private static final double UNITS = 1e9;
  private static final long LARGEST = 1L << 62;

  private final double scale;
  private final long infinite;

  /**
   * @param total sum of the finite weights' magnitudes
   * @param n how many weights there are at most
   */
  WholeWeights(double total, int n) {
    this.infinite = LARGEST / Math.max(1, n);
    // No sum of finite weights reaches a single infinite one.
    double limit = infinite / 2.0;
    this.scale = total * UNITS <= limit ? UNITS : limit / total;
  }

  /** Of the weights that vote: those that are a number and whose sample has an answer. */
  static WholeWeights of(int[] answers, double[] weights) {
    double total = 0;
    for (int i = 0; i < weights.length; i++) {
      if (answers[i] != Answers.NONE && Double.isFinite(weights[i])) {
        total += Math.abs(weights[i]);
      }
    }
    return new WholeWeights(total, weights.length);
  }

  /** The weight in units; an infinite one outweighs all finite ones. */
  long whole(double weight) {
    return Math.max(-infinite, Math.min(infinite, Math.round(weight * scale)));
  }
}
