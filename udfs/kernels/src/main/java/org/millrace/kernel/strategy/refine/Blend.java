package org.millrace.kernel.strategy.refine;

import static java.util.Objects.requireNonNull;

/** MVec: a node's vectors from whole and from pruned strategies, blended. */
public final class Blend {

  private Blend() {}

  /**
   * Blends a node's vectors.
   *
   * @param original null where the model of whole strategies lacks the node
   * @param pruned null where the model of pruned strategies lacks it; not both
   * @param alpha the original's share, such as the mean cosine of the masteries in the node's keys;
   *     below 0 as 0, above 1 as 1; NaN as 1, where no key says anything
   * @return the other's vector where one is null
   */
  public static double[] of(double[] original, double[] pruned, double alpha) {
    if (original == null || pruned == null) {
      return requireNonNull(original == null ? pruned : original, "both vectors are null").clone();
    }
    if (original.length != pruned.length) {
      throw new IllegalArgumentException(
          "vectors of %d and %d numbers".formatted(original.length, pruned.length));
    }
    double share = Double.isNaN(alpha) ? 1 : Math.max(0, Math.min(1, alpha));
    var blend = new double[original.length];
    for (int d = 0; d < blend.length; d++) {
      blend[d] = share * original[d] + (1 - share) * pruned[d];
    }
    return blend;
  }
}
