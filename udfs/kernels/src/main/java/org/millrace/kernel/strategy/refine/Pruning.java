package org.millrace.kernel.strategy.refine;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;

/** Keeps the skills of a strategy that count most, in their original order. */
public final class Pruning {

  /** Share that is kept. */
  public static final double SHARE = .75;

  private Pruning() {}

  /**
   * Prunes a strategy.
   *
   * @param skills in order
   * @param weights of each, finite; of equals the earlier one is kept
   * @param share above 0 to 1; of L skills the whole number at or above {@code share * L} is kept
   */
  public static List<String> of(List<String> skills, double[] weights, double share) {
    if (skills.size() != weights.length) {
      throw new IllegalArgumentException(
          "%d skills with %d weights".formatted(skills.size(), weights.length));
    }
    return Arrays.stream(places(weights, share)).mapToObj(skills::get).toList();
  }

  /**
   * Which places of a strategy are kept.
   *
   * @param weights of the skills, as of {@link #of}
   * @param share as of {@link #of}
   * @return ascending, from 0
   */
  public static int[] places(double[] weights, double share) {
    if (!(share > 0 && share <= 1)) {
      throw new IllegalArgumentException("the share that is kept is %s".formatted(share));
    }
    // 0.7 of 10 is 7, although 0.7 * 10 is a little more in doubles.
    int kept = (int) Math.ceil(share * weights.length - 1e-9);
    return IntStream.range(0, weights.length)
        .boxed()
        .sorted(Comparator.comparingDouble((Integer i) -> -weights[i]).thenComparing(i -> i))
        .limit(kept)
        .mapToInt(Integer::intValue)
        .sorted()
        .toArray();
  }
}
