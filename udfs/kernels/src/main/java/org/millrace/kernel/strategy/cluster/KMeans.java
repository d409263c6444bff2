package org.millrace.kernel.strategy.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.millrace.kernel.strategy.Draws;

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
    var all = new Blocks(blocks);
    return of(all, k, ROUNDS, seed).labelled(all.labels());
  }

  /**
   * Clusters points. The last assignment is that to the centres of the fit.
   *
   * @param points wherever they are
   * @param k clusters, at least 1; fewer where there are fewer different points
   * @param rounds at most, at least 1
   * @param seed of the start
   */
  public static Fit of(PointSet points, int k, int rounds, long seed) {
    if (k < 1) {
      throw new IllegalArgumentException("k is 1 or more, not " + k);
    }
    if (rounds < 1) {
      throw new IllegalArgumentException("rounds are 1 or more, not " + rounds);
    }
    var centres = plusPlus(points, k, seed);
    var objectives = new double[rounds];
    for (int r = 0; r < rounds; r++) {
      var sums = points.assign(centres);
      objectives[r] = sums.cost();
      var means = sums.means(centres);
      if (means.equals(centres)) {
        return new Fit(centres, Arrays.copyOf(objectives, r + 1), true);
      }
      centres = r + 1 < rounds ? means : centres;
    }
    return new Fit(centres, objectives, false);
  }

  /** Each next centre a point drawn with weight its squared distance. */
  private static Centres plusPlus(PointSet points, int k, long seed) {
    var centre = points.drawn(Draws.key(seed, 0)).vector();
    var centres = new ArrayList<>(List.of(centre));
    try (var distances = points.distances()) {
      while (centres.size() < k && distances.lower(centre).squaredDistance() > 0) {
        centre = distances.weighted(Draws.key(seed, centres.size())).vector();
        centres.add(centre);
      }
    }
    return Centres.of(new double[0], centre.length).with(centres);
  }
}
