package org.millrace.kernel.strategy.cluster;

import java.util.Arrays;
import java.util.List;

/**
 * The baseline: Lloyd's k-means with k-means++ starts (Arthur and Vassilvitskii, SODA 2007), on the
 * same rounds as DP-means. An empty cluster keeps its centre. The start's draws are of the seed and
 * the points' ids, so blocks don't matter.
 */
public final class KMeans {

  /** Rounds after which it ends at the latest. */
  public static final int ROUNDS = 300;

  private KMeans() {}

  /**
   * Clusters points.
   *
   * @param blocks of points, at least one point
   * @param k clusters, at least 1; fewer where there are fewer different points
   * @param seed of the start
   */
  public static Clustering of(List<Points> blocks, int k, long seed) {
    if (k < 1) {
      throw new IllegalArgumentException("k is 1 or more, not " + k);
    }
    var all = new Blocks(blocks);
    var centres = all.plusPlus(k, seed);
    var objectives = new double[ROUNDS];
    for (int r = 0; r < ROUNDS; r++) {
      var sums = all.assign(centres);
      objectives[r] = sums.cost();
      var means = sums.means(centres);
      if (means.equals(centres)) {
        return new Clustering(centres, all.labels(), Arrays.copyOf(objectives, r + 1), true);
      }
      centres = r + 1 < ROUNDS ? means : centres;
    }
    return new Clustering(centres, all.labels(), objectives, false);
  }
}
