package org.millrace.kernel.strategy.refine;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;
import java.util.function.ToDoubleBiFunction;
import org.millrace.kernel.strategy.Draws;

/**
 * How alike the instances of a key are: the mean over pairs, all of them or a seeded sample, of
 * half alignment, half cosine of masteries; and the total of a round, the mean over its keys.
 */
public final class ScoredPairs {

  /** Pairs of a key at most. */
  public static final int PAIRS = 200;

  private ScoredPairs() {}

  /**
   * An instance as the score sees it.
   *
   * @param steps vectors of its skills, positions added; not to be changed
   * @param weights mastery of its skills; not to be changed
   */
  public record Scored(double[][] steps, double[] weights) {}

  /**
   * Score of two instances.
   *
   * @param first one
   * @param second another
   * @return -1 to 1
   */
  public static double score(Scored first, Scored second) {
    return (Alignment.similarity(first.steps(), second.steps())
            + Alignment.paddedCosine(first.weights(), second.weights()))
        / 2;
  }

  /**
   * Mean over the pairs of a key.
   *
   * @param instances of the key, in a fixed order
   * @param key seed of the key's sample
   * @param score of a pair, symmetric, such as {@link #score}
   * @return NaN for fewer than two instances, which say nothing
   */
  public static <T> double mean(List<T> instances, long key, ToDoubleBiFunction<T, T> score) {
    double sum = 0;
    var pairs = pairs(instances.size(), key);
    for (var pair : pairs) {
      sum += score.applyAsDouble(instances.get(pair[0]), instances.get(pair[1]));
    }
    return pairs.isEmpty() ? Double.NaN : sum / pairs.size();
  }

  /**
   * Mean over the keys of a round that say something.
   *
   * @param means of the keys, NaN for none
   * @return NaN if no key has two instances
   */
  public static double total(Collection<Double> means) {
    return means.stream()
        .filter(mean -> !mean.isNaN())
        .mapToDouble(Double::doubleValue)
        .average()
        .orElse(Double.NaN);
  }

  /** Different pairs of different places, at most {@link #PAIRS}. */
  static List<int[]> pairs(int size, long key) {
    long all = (long) size * (size - 1) / 2;
    var pairs = new ArrayList<int[]>();
    if (all <= PAIRS) {
      for (int i = 0; i < size; i++) {
        for (int j = i + 1; j < size; j++) {
          pairs.add(new int[] {i, j});
        }
      }
      return pairs;
    }
    var seen = new TreeSet<Long>();
    for (int draw = 0; pairs.size() < PAIRS; draw++) {
      int i = Draws.below(Draws.key(key, 2L * draw), size);
      int j = Draws.below(Draws.key(key, 2L * draw + 1), size);
      if (i != j && seen.add((long) Math.min(i, j) * size + Math.max(i, j))) {
        pairs.add(new int[] {Math.min(i, j), Math.max(i, j)});
      }
    }
    return pairs;
  }
}
