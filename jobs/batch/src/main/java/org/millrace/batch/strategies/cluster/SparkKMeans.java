package org.millrace.batch.strategies.cluster;

import org.millrace.kernel.strategy.cluster.KMeans;

/** The baseline: k-means of points in partitions, the same rounds as DP-means. */
public final class SparkKMeans {

  private SparkKMeans() {}

  /**
   * Clusters points: k-means++ starts, then Lloyd's rounds.
   *
   * @param points to be clustered
   * @param k clusters, at least 1; fewer where there are fewer different points
   * @param rounds at most, such as {@link KMeans#ROUNDS}
   * @param seed of the start
   */
  public static TableClustering of(SpreadPoints points, int k, int rounds, long seed) {
    if (points.size() == 0) {
      return SparkDpMeans.ofNothing(points);
    }
    var fit = KMeans.of(points, k, rounds, seed);
    return new TableClustering(fit, 0, points.labels(fit.centres()));
  }
}
