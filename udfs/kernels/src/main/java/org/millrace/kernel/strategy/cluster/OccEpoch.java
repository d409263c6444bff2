package org.millrace.kernel.strategy.cluster;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * An epoch of DP-means under optimistic concurrency control (Pan et al., NIPS 2013): workers label
 * points against the centres of the epoch's beginning and propose those above λ; the master visits
 * the proposals by id and accepts one if it is above λ from every centre accepted in this epoch,
 * else labels it with the nearest of those. Equal, bit for bit, to one serial pass over, per epoch,
 * the points that were not proposed and then the proposals by id.
 */
public final class OccEpoch {

  /** Label of a point that was proposed. */
  public static final int PROPOSED = -1;

  private OccEpoch() {}

  /**
   * A point that may become a centre.
   *
   * @param id of the point
   * @param vector of the point; not to be changed
   */
  public record Proposal(long id, double[] vector) implements Serializable {}

  /**
   * What the master decided.
   *
   * @param centres those of the beginning and the accepted ones after them
   * @param ids of the proposals, ascending
   * @param labels of the proposals, in the order of {@code ids}
   */
  public record Verdict(Centres centres, long[] ids, int[] labels) implements Serializable {

    /**
     * Label of a proposal.
     *
     * @param id of a proposal
     */
    public int label(long id) {
      return labels[Arrays.binarySearch(ids, id)];
    }
  }

  /**
   * A worker's part.
   *
   * @param points a block of the epoch
   * @param centres of the epoch's beginning, at least one
   * @param lambda in squared distance, from 0
   * @param labels becomes each point's nearest centre or {@link #PROPOSED}; as long as the block
   * @return the points whose squared distance is above λ, in the block's order
   */
  public static List<Proposal> propose(
      Points points, Centres centres, double lambda, int[] labels) {
    var proposals = new ArrayList<Proposal>();
    Batches.assign(
        points,
        centres,
        (i, batch, from, nearest, distance) -> {
          boolean far = distance > lambda;
          labels[i] = far ? PROPOSED : nearest;
          if (far) {
            proposals.add(new Proposal(points.id(i), points.vector(i)));
          }
        });
    return proposals;
  }

  /**
   * The master's part: time is proposals times accepted ones.
   *
   * @param proposals of all blocks of the epoch, in any order
   * @param centres of the epoch's beginning
   * @param lambda in squared distance, from 0
   */
  public static Verdict validate(List<Proposal> proposals, Centres centres, double lambda) {
    var ordered = new ArrayList<>(proposals);
    ordered.sort(Comparator.comparingLong(Proposal::id));
    var accepted = new ArrayList<double[]>();
    var ids = new long[ordered.size()];
    var labels = new int[ordered.size()];
    for (int i = 0; i < labels.length; i++) {
      var vector = ordered.get(i).vector();
      int within = nearestWithin(accepted, vector, lambda);
      if (within == PROPOSED) {
        within = accepted.size();
        accepted.add(vector);
      }
      ids[i] = ordered.get(i).id();
      labels[i] = centres.count() + within;
    }
    return new Verdict(centres.with(accepted), ids, labels);
  }

  private static int nearestWithin(List<double[]> accepted, double[] vector, double lambda) {
    int nearest = PROPOSED;
    double least = Double.POSITIVE_INFINITY;
    for (int c = 0; c < accepted.size(); c++) {
      double distance = Centres.squaredDistance(accepted.get(c), 0, vector);
      if (distance < least) {
        least = distance;
        nearest = c;
      }
    }
    return least > lambda ? PROPOSED : nearest;
  }
}
