package org.millrace.streaming.placement.plan;

/** Groups of ranks that differ only along chosen axes of a mixed-radix grid, as Megatron's. */
public final class RankGrid {

  private RankGrid() {}

  /**
   * All groups, by group number; members by position. Both count in mixed radix, lowest axis
   * fastest; a rank is the sum of its indices times the product of the sizes of lower axes.
   *
   * @param sizes of the axes, fastest first, each at least 1
   * @param chosen whether the members of a group differ along the axis
   */
  public static int[][] groups(int[] sizes, boolean[] chosen) {
    int groups = 1;
    int members = 1;
    for (int axis = 0; axis < sizes.length; axis++) {
      if (chosen[axis]) {
        members *= sizes[axis];
      } else {
        groups *= sizes[axis];
      }
    }
    var ranks = new int[groups][members];
    for (int group = 0; group < groups; group++) {
      for (int member = 0; member < members; member++) {
        ranks[group][member] = rank(sizes, chosen, group, member);
      }
    }
    return ranks;
  }

  private static int rank(int[] sizes, boolean[] chosen, int group, int member) {
    int rank = 0;
    int stride = 1;
    for (int axis = 0; axis < sizes.length; axis++) {
      int index;
      if (chosen[axis]) {
        index = member % sizes[axis];
        member /= sizes[axis];
      } else {
        index = group % sizes[axis];
        group /= sizes[axis];
      }
      rank += index * stride;
      stride *= sizes[axis];
    }
    return rank;
  }
}
