package org.millrace.kernel.strategy.equity;

import java.util.Comparator;
import java.util.stream.IntStream;

/** Students in groups of equal size by skill. */
public final class SkillGroups {

  /** Groups by default. */
  public static final int QUARTILES = 4;

  private SkillGroups() {}

  /**
   * Groups of students by rank.
   *
   * @param skills of the students, such as their smoothed rate of correct first attempts
   * @param groups at least 1
   * @return each one's group, 0 for the weakest; equals by their place, so pass them in the order
   *     of their ids. Sizes differ by one at most
   */
  public static int[] of(double[] skills, int groups) {
    if (groups < 1) {
      throw new IllegalArgumentException("groups are 1 or more, not " + groups);
    }
    var order =
        IntStream.range(0, skills.length)
            .boxed()
            .sorted(Comparator.comparingDouble((Integer i) -> skills[i]).thenComparing(i -> i))
            .toList();
    var group = new int[skills.length];
    for (int rank = 0; rank < skills.length; rank++) {
      group[order.get(rank)] = (int) ((long) rank * groups / skills.length);
    }
    return group;
  }
}
