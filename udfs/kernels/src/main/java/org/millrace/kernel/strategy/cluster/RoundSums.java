package org.millrace.kernel.strategy.cluster;

import java.io.Serializable;
import java.util.Arrays;

/**
 * What one pass over a block of points leaves for the reduce: per centre the count and the sum of
 * its points, the sum of squared distances, and the farthest point. {@link #merge} is associative
 * and commutative, so one reduce a round in any shape gives the same centres. Its size is centres
 * times dimensions, whatever the points. For one thread.
 */
public final class RoundSums implements Serializable {

  private static final long serialVersionUID = 1;

  private final int dimensions;
  private final long[] counts;
  private final double[] high;
  private final double[] low;
  private final double[] cost = new double[1];
  private final double[] costLow = new double[1];
  private Farthest farthest;

  private RoundSums(int centres, int dimensions) {
    this.dimensions = dimensions;
    counts = new long[centres];
    high = new double[centres * dimensions];
    low = new double[centres * dimensions];
  }

  /**
   * Assigns every point to its nearest centre, of equals the first. Time is points times centres
   * times dimensions.
   *
   * @param points a block, may be empty
   * @param centres at least one, of the points' dimensions
   * @param labels becomes each point's centre; as long as the block
   */
  public static RoundSums assign(Points points, Centres centres, int[] labels) {
    requireFit(points, centres, labels);
    var sums = new RoundSums(centres.count(), points.dimensions());
    var far = new Far();
    Batches.assign(
        points,
        centres,
        (i, batch, from, nearest, distance) -> {
          labels[i] = nearest;
          sums.add(nearest, batch, from, distance);
          far.see(i, points.id(i), distance);
        });
    sums.farthest = far.of(points);
    return sums;
  }

  /**
   * Sums of points that have their labels already. Linear time.
   *
   * @param points a block, may be empty
   * @param centres of the points' dimensions
   * @param labels each point's centre; not changed
   */
  public static RoundSums labelled(Points points, Centres centres, int[] labels) {
    requireFit(points, centres, labels);
    var sums = new RoundSums(centres.count(), points.dimensions());
    var vector = new double[points.dimensions()];
    var far = new Far();
    for (int i = 0; i < labels.length; i++) {
      points.copy(i, vector, 0);
      double distance = centres.squaredDistance(labels[i], vector);
      sums.add(labels[i], vector, 0, distance);
      far.see(i, points.id(i), distance);
    }
    sums.farthest = far.of(points);
    return sums;
  }

  private static void requireFit(Points points, Centres centres, int[] labels) {
    if (centres.count() == 0
        || centres.dimensions() != points.dimensions()
        || labels.length != points.size()) {
      throw new IllegalArgumentException(
          "%d points of %d dimensions, %d labels and %s don't fit"
              .formatted(points.size(), points.dimensions(), labels.length, centres));
    }
  }

  private void add(int centre, double[] vectors, int from, double squaredDistance) {
    counts[centre]++;
    int at = centre * dimensions;
    for (int d = 0; d < dimensions; d++) {
      LongSum.add(high, low, at + d, vectors[from + d]);
    }
    LongSum.add(cost, costLow, 0, squaredDistance);
  }

  /**
   * Adds another block's sums to these.
   *
   * @param other of the same centres; not changed
   * @return these
   */
  public RoundSums merge(RoundSums other) {
    for (int c = 0; c < counts.length; c++) {
      counts[c] += other.counts[c];
    }
    LongSum.addAll(high, low, other.high, other.low);
    LongSum.addAll(cost, costLow, other.cost, other.costLow);
    farthest = Farthest.of(farthest, other.farthest);
    return this;
  }

  /** Points of each centre, as an array of its own. */
  public long[] counts() {
    return counts.clone();
  }

  /** Points of all centres. */
  public long points() {
    return Arrays.stream(counts).sum();
  }

  /** Sum of the squared distances of all points to their centres. */
  public double cost() {
    return cost[0] + costLow[0];
  }

  /** The point farthest from its centre; null without points. */
  public Farthest farthest() {
    return farthest;
  }

  /** DP-means' objective: {@link #cost} and λ for each centre, empty ones too. */
  public double objective(double lambda) {
    return cost() + lambda * counts.length;
  }

  /** The means of the centres that have points, in order; empty ones are left out. */
  Centres means() {
    var means = new double[high.length];
    int kept = 0;
    for (int c = 0; c < counts.length; c++) {
      if (counts[c] > 0) {
        mean(c, means, kept++ * dimensions);
      }
    }
    return Centres.of(Arrays.copyOf(means, kept * dimensions), dimensions);
  }

  /** The means; an empty centre stays where it is. */
  Centres means(Centres before) {
    var means = before.flat();
    for (int c = 0; c < counts.length; c++) {
      if (counts[c] > 0) {
        mean(c, means, c * dimensions);
      }
    }
    return Centres.of(means, dimensions);
  }

  private void mean(int c, double[] into, int at) {
    for (int d = 0; d < dimensions; d++) {
      int i = c * dimensions + d;
      into[at + d] = (high[i] + low[i]) / counts[c];
    }
  }

  /** The farthest point so far, by its place. */
  private static final class Far {
    private int place = -1;
    private long id;
    private double distance;

    void see(int candidate, long candidateId, double candidateDistance) {
      if (place < 0 || Farthest.beyond(candidateDistance, candidateId, distance, id)) {
        place = candidate;
        id = candidateId;
        distance = candidateDistance;
      }
    }

    Farthest of(Points points) {
      return place < 0 ? null : new Farthest(distance, id, points.vector(place));
    }
  }
}
