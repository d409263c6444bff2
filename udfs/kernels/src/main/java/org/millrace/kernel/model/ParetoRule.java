package org.millrace.kernel.model;

import static java.util.Objects.requireNonNull;

/**
 * The noisy threshold by which GPT-3 kept documents (Brown et al. 2020, appendix A): keep iff a
 * draw from the Lomax distribution (NumPy's {@code pareto}) of shape alpha exceeds 1 − score, so
 * that the chance to be kept is {@code (2 − score)^−alpha}. The draw comes from a hash of the
 * document's id: it depends on nothing else and is the same everywhere.
 *
 * @param alpha above 0
 * @param seed of the draws
 */
public record ParetoRule(double alpha, long seed) {

  /** GPT-3's and PanGu's shape. */
  public static final double ALPHA = 9;

  public ParetoRule {
    if (!(alpha > 0 && alpha < Double.POSITIVE_INFINITY)) {
      throw new IllegalArgumentException("alpha is a number above 0, not " + alpha);
    }
  }

  /** The rule with shape {@link #ALPHA}. */
  public static ParetoRule seeded(long seed) {
    return new ParetoRule(ALPHA, seed);
  }

  /**
   * Whether a document is kept.
   *
   * @param id not null
   * @param score of its quality, 0 to 1
   */
  public boolean keeps(String id, double score) {
    return draw(id) > 1 - inRange(score);
  }

  /** The document's draw {@code u^(−1/alpha) − 1} with u in (0, 1]: 0 or more. */
  public double draw(String id) {
    double u = Mix.unit(Mix.of(requireNonNull(id, "id is null"), seed));
    return StrictMath.pow(u, -1 / alpha) - 1;
  }

  /**
   * Chance of a document to be kept.
   *
   * @param score of its quality, 0 to 1
   */
  public double probability(double score) {
    return StrictMath.pow(2 - inRange(score), -alpha);
  }

  private static double inRange(double score) {
    if (!(score >= 0 && score <= 1)) {
      throw new IllegalArgumentException("a score is 0 to 1, not " + score);
    }
    return score;
  }
}
