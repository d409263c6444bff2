package org.millrace.kernel.strategy.cluster;

import java.util.List;

/**
 * The reduce end of one parallel DP-means round (PDC: Dinari and Freifeld, UAI 2022): new means,
 * empty clusters dropped, and one more centre at the farthest point if its squared distance is
 * above λ, both from its old centre and, or else the objective could rise, from the new means.
 *
 * @param centres for the next round
 * @param objective of the round's assignment to the centres it began with
 * @param settled whether the centres are what they were, bit for bit, so that another round would
 *     give the same labels
 */
public record PdcRound(Centres centres, double objective, boolean settled) {

  /**
   * Ends a round.
   *
   * @param before the centres that the points were assigned to
   * @param sums of all points, merged; at least one point
   * @param lambda what a centre costs, in squared distance, from 0
   */
  public static PdcRound of(Centres before, RoundSums sums, double lambda) {
    var centres = sums.means();
    var farthest = sums.farthest();
    if (farthest.squaredDistance() > lambda
        && centres.leastSquaredDistance(farthest.vector()) > lambda) {
      centres = centres.with(List.of(farthest.vector()));
    }
    return new PdcRound(centres, sums.objective(lambda), centres.equals(before));
  }
}
