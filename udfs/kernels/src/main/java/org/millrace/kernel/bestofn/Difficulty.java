package org.millrace.kernel.bestofn;

import java.util.Arrays;

/**
 * How hard prompts are: the oracle's bins by pass@1, or a verifier's by its mean score (Snell et
 * al. 2024, arXiv 2408.03314, section 3.2).
 */
public enum Difficulty {
  /** At least half of the samples are right. */
  EASY("easy, pass rate from 0.5"),
  /** At least a tenth, but less than half. */
  MEDIUM("medium, 0.1 to 0.5"),
  /** Less than a tenth. */
  HARD("hard, below 0.1");

  /** Bins of the paper. */
  public static final int QUANTILES = 5;

  private static final double EASY_FROM = 0.5;
  private static final double MEDIUM_FROM = 0.1;

  private final String label;

  Difficulty(String label) {
    this.label = label;
  }

  /** The bin's name and range for a reader. */
  public String label() {
    return label;
  }

  /**
   * The absolute bin of a prompt.
   *
   * @param passAt1 share of right samples, or the mean score in its place, 0 to 1
   * @throws IllegalArgumentException if it is NaN
   */
  public static Difficulty of(double passAt1) {
    if (Double.isNaN(passAt1)) {
      throw new IllegalArgumentException("a prompt without a rate has no difficulty");
    }
    return passAt1 >= EASY_FROM ? EASY : passAt1 >= MEDIUM_FROM ? MEDIUM : HARD;
  }

  /**
   * Quantile bins of a set of prompts: floor(bins * rank / n), ranked from the easiest; equal rates
   * rank by position, so give the prompts in the order of their keys.
   *
   * @param passAt1 rate of each prompt; NaN for one that is left out
   * @param bins how many bins, at least 1; {@link #QUANTILES} in the paper
   * @return a bin a prompt, 0 the easiest; -1 for one that is left out
   * @throws IllegalArgumentException if there are no bins
   */
  public static int[] quantiles(double[] passAt1, int bins) {
    if (bins < 1) {
      throw new IllegalArgumentException("bins must be 1 or more, not " + bins);
    }
    var order = BestOfK.descending(passAt1);
    var bin = new int[passAt1.length];
    Arrays.fill(bin, -1);
    for (int rank = 0; rank < order.length; rank++) {
      bin[order[rank]] = (int) ((long) bins * rank / order.length);
    }
    return bin;
  }
}
