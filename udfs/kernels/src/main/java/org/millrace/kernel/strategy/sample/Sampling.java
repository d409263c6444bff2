package org.millrace.kernel.strategy.sample;

import java.util.Arrays;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.IntStream;
import org.millrace.kernel.strategy.Draws;

/**
 * Which instances of a cluster make the sample: the one nearest to the centroid first, the others
 * in a seeded random order. An engine sorts by {@link #rank} and takes as many as the budget says;
 * the baselines are the same without the nearest, over one cluster of all or over strata.
 */
public final class Sampling {

  /** Rank of the instance nearest to its cluster's centroid, before all drawn ones. */
  public static final double NEAREST = -1;

  private Sampling() {}

  /**
   * Random rank of an instance, the same in whatever partition.
   *
   * @param seed of the sample
   * @param id of the instance
   * @return 0 to 1, exclusive
   */
  public static double rank(long seed, long id) {
    return Draws.uniform(Draws.key(seed, id));
  }

  /**
   * Places of the sample of one cluster.
   *
   * @param ids of its instances
   * @param squaredDistances of each to the centroid; null to draw all at random
   * @param count how many, from 0; all where there are fewer
   * @param seed of the sample
   * @return in the order of choice; the nearest first, of equals the smallest id
   */
  public static int[] of(long[] ids, double[] squaredDistances, long count, long seed) {
    var ranks = Arrays.stream(ids).mapToDouble(id -> rank(seed, id)).toArray();
    if (squaredDistances != null && ids.length > 0) {
      ranks[nearest(ids, squaredDistances)] = NEAREST;
    }
    return IntStream.range(0, ids.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> ranks[i]).thenComparing(i -> ids[i]))
        .limit(count)
        .mapToInt(Integer::intValue)
        .toArray();
  }

  private static int nearest(long[] ids, double[] squaredDistances) {
    int nearest = 0;
    for (int i = 1; i < ids.length; i++) {
      int order = Double.compare(squaredDistances[i], squaredDistances[nearest]);
      if (order < 0 || (order == 0 && ids[i] < ids[nearest])) {
        nearest = i;
      }
    }
    return nearest;
  }

  /**
   * Share of the different strategies that a sample holds.
   *
   * @param all strategies, any number of times each
   * @param sampled of them
   * @return 0 to 1; 1 where there are none
   */
  public static double coverage(List<List<String>> all, List<List<String>> sampled) {
    Set<List<String>> distinct = new HashSet<>(all);
    Set<List<String>> held = new HashSet<>(sampled);
    held.retainAll(distinct);
    return distinct.isEmpty() ? 1 : (double) held.size() / distinct.size();
  }
}
