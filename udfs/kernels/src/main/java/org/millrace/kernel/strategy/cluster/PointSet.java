package org.millrace.kernel.strategy.cluster;

import java.util.List;

/**
 * The points to cluster, wherever they are: in blocks of this process, or in an engine's
 * partitions. What is asked of them here is all that the rounds of {@link DpMeans} and {@link
 * KMeans} need, and nothing of it depends on how they are divided. Has at least one point.
 */
public interface PointSet {

  /**
   * Points of this process; blocks are worked on in parallel.
   *
   * @param blocks of points, at least one point
   */
  static PointSet of(List<Points> blocks) {
    return new Blocks(blocks);
  }

  /** Numbers of a vector. */
  int dimensions();

  /**
   * Assigns every point to its nearest centre: {@link RoundSums#assign} of each block, merged.
   *
   * @param centres at least one
   */
  RoundSums assign(Centres centres);

  /**
   * A point drawn with the same chance each: {@link Drawn#uniform} of each block, reduced by {@link
   * Drawn#of}.
   *
   * @param key from {@link org.millrace.kernel.strategy.Draws#key}
   */
  Drawn drawn(long key);

  /** Distances to centres that are yet to come; to be closed after use. */
  Distances distances();

  /** The mean of all points. */
  default double[] mean() {
    return assign(Centres.of(new double[dimensions()], dimensions())).means().flat();
  }

  /** Each point's squared distance to the nearest of the centres that were given so far. */
  interface Distances extends AutoCloseable {

    /**
     * One more centre: {@link FarthestFirst#lower} of each block, reduced by {@link Farthest#of}.
     *
     * @param centre of the points' dimensions
     * @return the point that is now farthest from all centres
     */
    Farthest lower(double[] centre);

    /**
     * A point drawn with a chance proportional to its squared distance: {@link Drawn#weighted} of
     * each block, reduced by {@link Drawn#of}.
     *
     * @param key of the draw
     * @return null if all distances are 0
     */
    Drawn weighted(long key);

    @Override
    void close();
  }
}
