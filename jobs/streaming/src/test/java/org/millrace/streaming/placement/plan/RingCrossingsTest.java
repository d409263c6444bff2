package org.millrace.streaming.placement.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.estate.Nic;
import org.millrace.streaming.placement.estate.NicKind;
import org.millrace.streaming.placement.estate.Node;

class RingCrossingsTest {

  private static final Nic NIC = Nic.of("mlx5_0", NicKind.IB, "ib", 200);

  /** Nodes of one GPU, each in the rack of its letter. */
  private static Estate racks(String letters) {
    var nodes = new ArrayList<Node>();
    for (char rack : letters.toCharArray()) {
      nodes.add(
          Node.of("n%02d".formatted(nodes.size()), 1, NIC).withTierPath(List.of("rack-" + rack)));
    }
    return Estate.of(nodes);
  }

  private static Request replicas(int count) {
    return Request.of("j", Models.GPT_3_6B, count, 4 * count, 4).withSizes(1, 1);
  }

  private static long byName(String racks) {
    int n = racks.length();
    return Planner.standard()
        .assess(
            racks(racks),
            Map.of(),
            replicas(n),
            Parallelism.of(1, 1, n),
            Models.names(racks(racks)))
        .score()
        .ringCrossings();
  }

  @Test
  void fiveTasksInTwoRacksCrossTwiceAtBestAndFourTimesAtWorst() {
    assertThat(byName("aaabb")).isEqualTo(2);
    assertThat(byName("ababa")).isEqualTo(4);

    var plan = Planner.standard().plan(racks("ababa"), replicas(5));

    assertThat(plan.score().ringCrossings()).isEqualTo(2);
    // a, then both of b, then the rest of a: of all that cross twice the first by name
    assertThat(plan.hosts()).containsExactly("n00", "n01", "n03", "n02", "n04");
  }

  @Test
  void tenTasksFillRacksOfFourOneAfterTheOther() {
    var plan = Planner.standard().plan(racks("abcabcabcabc"), replicas(10));

    assertThat(plan.score().ringCrossings()).isEqualTo(3);
    assertThat(plan.nodes().stream().map(node -> node.tierPath().get(0)).distinct()).hasSize(3);
  }

  @Test
  void ofEqualPlacesThatWithFewestWholeRacksLostIsTaken() {
    // rack a is not whole: a node of it is busy
    var plan = Planner.standard().plan(racks("bbbaaa"), Map.of("n03", 1), replicas(2));

    assertThat(plan.hosts()).containsExactly("n04", "n05");
    assertThat(plan.score().lostWholeDomains()).isZero();
  }
}
