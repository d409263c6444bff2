package org.millrace.kernel.strategy.sample;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.millrace.kernel.strategy.equity.StrategyMatch;

/** The strategy that stands for a set of them: what the baselines predict. */
public final class Representative {

  private Representative() {}

  /**
   * The strategy that is most like the others by Jaccard similarity of skill sets, of equals the
   * first. Quadratic in the strategies.
   *
   * @param strategies at least one, in a fixed order
   */
  public static List<String> medoid(List<List<String>> strategies) {
    List<String> medoid = null;
    double most = -1;
    for (var candidate : strategies) {
      double sum = 0;
      for (var other : strategies) {
        sum += StrategyMatch.jaccard(candidate, other);
      }
      if (sum > most) {
        most = sum;
        medoid = candidate;
      }
    }
    return medoid;
  }

  /**
   * The most frequent strategy, of equals the one that comes first in the order of its skills.
   *
   * @param strategies at least one
   */
  public static List<String> majority(List<List<String>> strategies) {
    return strategies.stream()
        .collect(Collectors.groupingBy(strategy -> strategy, Collectors.counting()))
        .entrySet()
        .stream()
        .max(
            Map.Entry.<List<String>, Long>comparingByValue()
                .thenComparing(
                    Comparator.comparing(
                        (Map.Entry<List<String>, Long> entry) -> String.join("\t", entry.getKey()),
                        Comparator.reverseOrder())))
        .orElseThrow()
        .getKey();
  }
}
