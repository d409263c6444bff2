package org.millrace.streaming.placement.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class ProcessGroupsTest {

  private static String text(int[][] groups, int first) {
    return Arrays.deepToString(Arrays.copyOf(groups, first));
  }

  @Test
  void sixteenRanksInMegatronsDefaultOrder() {
    var sizes = Parallelism.of(2, 4, 2);

    assertThat(text(ProcessGroups.of(sizes, GroupKind.TP), 2)).isEqualTo("[[0, 1], [2, 3]]");
    assertThat(text(ProcessGroups.of(sizes, GroupKind.DP), 4))
        .isEqualTo("[[0, 2], [1, 3], [4, 6], [5, 7]]");
    assertThat(text(ProcessGroups.of(sizes, GroupKind.PP), 2))
        .isEqualTo("[[0, 4, 8, 12], [1, 5, 9, 13]]");
    assertThat(text(ProcessGroups.of(sizes, GroupKind.MP), 1))
        .isEqualTo("[[0, 1, 4, 5, 8, 9, 12, 13]]");
    assertThat(text(ProcessGroups.of(sizes, GroupKind.EMB), 2)).isEqualTo("[[0, 12], [1, 13]]");
    assertThat(text(ProcessGroups.positionEmbedding(sizes), 2)).isEqualTo("[[0], [1]]");
  }

  @Test
  void theGridOfAxesTwoThreeFour() {
    var groups = RankGrid.groups(new int[] {2, 3, 4}, new boolean[] {false, true, false});

    assertThat(text(groups, 3)).isEqualTo("[[0, 2, 4], [1, 3, 5], [6, 8, 10]]");
    assertThat(groups[groups.length - 1]).containsExactly(19, 21, 23);
  }

  @Test
  void replicasAsBlocksSpreadTheDataParallelGroups() {
    var eight = new Parallelism(2, 2, 2, RankOrder.TP_PP_DP);
    var sixteen = new Parallelism(2, 4, 2, RankOrder.TP_PP_DP);

    assertThat(text(ProcessGroups.of(eight, GroupKind.DP), 4))
        .isEqualTo("[[0, 4], [1, 5], [2, 6], [3, 7]]");
    assertThat(text(ProcessGroups.of(sixteen, GroupKind.DP), 2)).isEqualTo("[[0, 8], [1, 9]]");
    assertThat(ProcessGroups.of(sixteen, GroupKind.DP)[7]).containsExactly(7, 15);
  }

  @Test
  void oneStageHasNoEmbeddingGroup() {
    assertThat(ProcessGroups.of(Parallelism.of(2, 1, 4), GroupKind.EMB)).isEmpty();
  }

  @Property(tries = 200)
  void theGroupsOfAKindPartTheRanks(
      @ForAll @IntRange(min = 1, max = 5) int t,
      @ForAll @IntRange(min = 1, max = 5) int p,
      @ForAll @IntRange(min = 1, max = 5) int d,
      @ForAll RankOrder order) {
    var sizes = new Parallelism(t, p, d, order);
    for (var kind : new GroupKind[] {GroupKind.TP, GroupKind.DP, GroupKind.PP, GroupKind.MP}) {
      var seen = new BitSet();
      int members = 0;
      for (var group : ProcessGroups.of(sizes, kind)) {
        members += group.length;
        Arrays.stream(group).forEach(seen::set);
      }

      assertThat(members).isEqualTo(sizes.ranks());
      assertThat(seen.cardinality()).isEqualTo(sizes.ranks());
    }
  }

  @Property(tries = 200)
  void theMembersOfADataParallelGroupAreInOneStage(
      @ForAll @IntRange(min = 1, max = 5) int t,
      @ForAll @IntRange(min = 1, max = 5) int p,
      @ForAll @IntRange(min = 1, max = 5) int d,
      @ForAll RankOrder order) {
    var sizes = new Parallelism(t, p, d, order);

    for (var group : ProcessGroups.of(sizes, GroupKind.DP)) {
      assertThat(Arrays.stream(group).map(sizes::stage).distinct().count()).isEqualTo(1);
    }
    for (var pipeline : ProcessGroups.of(sizes, GroupKind.PP)) {
      assertThat(Arrays.stream(pipeline).map(sizes::stage).toArray())
          .containsExactly(java.util.stream.IntStream.range(0, p).toArray());
    }
  }
}
