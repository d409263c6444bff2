package org.millrace.streaming.placement.plan;

import java.util.Arrays;

/** The process groups that Megatron makes of N ranks. */
public final class ProcessGroups {

  private ProcessGroups() {}

  /**
   * All groups of a kind, each with its ranks in ring order. One-rank groups are groups too; there
   * is no {@link GroupKind#EMB} with one stage.
   */
  public static int[][] of(Parallelism sizes, GroupKind kind) {
    return switch (kind) {
      case TP -> grid(sizes, true, false, false);
      case DP -> grid(sizes, false, true, false);
      case PP -> grid(sizes, false, false, true);
      case MP -> grid(sizes, true, false, true);
      case EMB -> embedding(sizes);
    };
  }

  /** The position-embedding groups: the first rank of each pipeline. */
  public static int[][] positionEmbedding(Parallelism sizes) {
    return Arrays.stream(of(sizes, GroupKind.PP))
        .map(pipeline -> new int[] {pipeline[0]})
        .toArray(int[][]::new);
  }

  private static int[][] embedding(Parallelism sizes) {
    if (sizes.pipeline() == 1) {
      return new int[0][];
    }
    return Arrays.stream(of(sizes, GroupKind.PP))
        .map(pipeline -> new int[] {pipeline[0], pipeline[pipeline.length - 1]})
        .toArray(int[][]::new);
  }

  private static int[][] grid(Parallelism sizes, boolean tensor, boolean data, boolean pipeline) {
    return sizes.order() == RankOrder.TP_DP_PP
        ? RankGrid.groups(
            new int[] {sizes.tensor(), sizes.data(), sizes.pipeline()},
            new boolean[] {tensor, data, pipeline})
        : RankGrid.groups(
            new int[] {sizes.tensor(), sizes.pipeline(), sizes.data()},
            new boolean[] {tensor, pipeline, data});
  }
}
