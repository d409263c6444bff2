package org.millrace.batch.strategies.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.function.ToIntFunction;
import org.millrace.kernel.strategy.sample.Budget;
import org.millrace.kernel.strategy.sample.Sampling;

/** How a sample is drawn. */
public enum Method {
  /** The same number of every key, the nearest to its centres first. */
  MVEC,
  /** Of all alike. */
  RANDOM,
  /** Of each group of learners by its size. */
  STRATIFIED;

  /**
   * Draws a sample.
   *
   * @param pool to draw from
   * @param size instances wanted; all where there are fewer
   * @param group of a learner, for {@link #STRATIFIED}
   * @param seed of the draws
   * @return the sample, key by key
   */
  public List<Example> draw(List<Example> pool, int size, ToIntFunction<String> group, long seed) {
    return switch (this) {
      case MVEC ->
          draw(pool, size, e -> List.of(e.studentCluster(), e.problemCluster()), true, seed);
      case RANDOM -> draw(pool, size, e -> List.of(), false, seed);
      case STRATIFIED -> draw(pool, size, e -> List.of(group.applyAsInt(e.student())), false, seed);
    };
  }

  private static List<Example> draw(
      List<Example> pool,
      int size,
      Function<Example, List<Integer>> stratum,
      boolean balanced,
      long seed) {
    var strata = new TreeMap<List<Integer>, List<Example>>(Method::order);
    for (var example : pool) {
      strata.computeIfAbsent(stratum.apply(example), key -> new ArrayList<>()).add(example);
    }
    var sizes = strata.values().stream().mapToLong(List::size).toArray();
    var given = balanced ? Budget.balanced(sizes, size) : Budget.proportional(sizes, size);
    var sample = new ArrayList<Example>();
    int next = 0;
    for (var members : strata.values()) {
      var ids = members.stream().mapToLong(Example::id).toArray();
      var distances =
          balanced ? members.stream().mapToDouble(Example::squaredDistance).toArray() : null;
      for (int place : Sampling.of(ids, distances, given[next++], seed)) {
        sample.add(members.get(place));
      }
    }
    return sample;
  }

  private static int order(List<Integer> a, List<Integer> b) {
    for (int i = 0; i < a.size(); i++) {
      int order = Integer.compare(a.get(i), b.get(i));
      if (order != 0) {
        return order;
      }
    }
    return 0;
  }
}
