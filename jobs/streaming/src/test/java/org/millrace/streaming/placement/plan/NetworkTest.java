package org.millrace.streaming.placement.plan;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.estate.Nic;
import org.millrace.streaming.placement.estate.NicKind;
import org.millrace.streaming.placement.estate.Node;

/** Which network each process group of a given order of nodes uses. */
class NetworkTest {

  private static Plan plan(String pattern, int t, int p) {
    int gpus = 8 * pattern.length();
    var request = Request.of("j", Models.GPT_39_1B, gpus, 4 * gpus, 4).withSizes(t, p);
    return Models.byName(Models.estate(pattern), request);
  }

  /** Such as {@code 8 IB, 8 SOCKET}. */
  private static String networks(Plan plan, GroupKind kind) {
    return plan.groups(kind).stream()
        .collect(Collectors.groupingBy(group -> group.network().kind(), Collectors.counting()))
        .entrySet()
        .stream()
        .sorted(Map.Entry.comparingByKey())
        .map(entry -> entry.getValue() + " " + entry.getKey())
        .collect(Collectors.joining(", "));
  }

  private static List<Integer> ranks(int from, int to) {
    return IntStream.range(from, to).boxed().toList();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          AARR   | 1 | 2 | 1 IB, 1 ROCE | 16 SOCKET    | 16 SOCKET    | 16 SOCKET
          AARR   | 8 | 2 | 8 IB, 8 ROCE | 16 SOCKET    | 16 SOCKET    | 2 SOCKET
          AAAARR | 1 | 3 | 2 IB, 1 ROCE | 16 SOCKET    | 16 SOCKET    | 16 SOCKET
          ARAR   | 1 | 2 | 2 SOCKET     | 8 IB, 8 ROCE | 8 IB, 8 ROCE | 8 IB, 8 ROCE
          AABB   | 1 | 2 | 2 IB         | 16 SOCKET    | 16 SOCKET    | 16 SOCKET
          EEEE   | 1 | 2 | 2 SOCKET     | 16 SOCKET    | 16 SOCKET    | 16 SOCKET
          """)
  void networksOfTheGroups(
      String pattern, int t, int p, String dp, String pp, String emb, String mp) {
    var plan = plan(pattern, t, p);

    assertThat(networks(plan, GroupKind.DP)).isEqualTo(dp);
    assertThat(networks(plan, GroupKind.PP)).isEqualTo(pp);
    assertThat(networks(plan, GroupKind.EMB)).isEqualTo(emb);
    assertThat(networks(plan, GroupKind.MP)).isEqualTo(mp);
    assertThat(networks(plan, GroupKind.TP)).isEqualTo(t == 1 ? "" : "4 NONE");
  }

  @Test
  void stagesAreBlocksOfRanks() {
    var groups = plan("AARR", 1, 2).groups(GroupKind.DP);

    assertThat(groups.get(0).ranks()).isEqualTo(ranks(0, 16));
    assertThat(groups.get(0).network()).isEqualTo(new Network(NetKind.IB, "ib-A"));
    assertThat(groups.get(1).ranks()).isEqualTo(ranks(16, 32));
    assertThat(groups.get(1).network()).isEqualTo(new Network(NetKind.ROCE, "roce-R"));
  }

  @Test
  void tensorGroupsAndTheirShares() {
    var groups = plan("AARR", 8, 2).groups(GroupKind.DP);

    assertThat(groups.get(3).ranks()).containsExactly(3, 11);
    assertThat(groups.get(8 + 3).ranks()).containsExactly(19, 27);
    assertThat(groups.get(3).expectedGbps()).isEqualTo(200.0 / 8);
    assertThat(groups.get(3).fabrics()).containsExactly("ib-A");
  }

  @Test
  void twoInfiniBandClustersAreNotOne() {
    // version 1 of the public code takes the kind for the fabric and says IB
    var pipelines = plan("AABB", 1, 2).groups(GroupKind.PP);

    assertThat(pipelines).allMatch(group -> group.network().equals(Network.SOCKET));
    assertThat(pipelines.get(0).fabrics()).containsExactly("ib-A", "ib-B");
  }

  @Test
  void threeStagesOfUnlikeNodesAreCutInOneGo() {
    // version 0 of the public code knows two stages, equal blocks, InfiniBand first
    var plan = plan("RAAAAR", 1, 3);

    assertThat(networks(plan, GroupKind.DP)).isEqualTo("1 IB, 2 SOCKET");
    assertThat(plan.stageLayers()).hasSize(3);
    assertThat(plan.stageLayers().stream().mapToInt(Integer::intValue).sum()).isEqualTo(48);
  }

  @Test
  void oneNodeNeedsNoNetwork() {
    var plan = plan("A", 2, 2);

    assertThat(plan.groups()).allMatch(group -> group.network().equals(Network.NONE));
    assertThat(plan.cost().dataSeconds()).isZero();
  }

  @Test
  void aNodeWithoutItsHealthyNicDropsOutOfTheFabric() {
    var estate = Models.estate("AARR");
    var broken = estate.nodes().get(1);
    var changed = estate.with(broken.withNic(broken.nics().get(0).withHealthy(false)));
    var request = Request.of("j", Models.GPT_3_6B, 32, 768, 4).withSizes(1, 2);

    var plan = Models.byName(changed, request);

    assertThat(networks(plan, GroupKind.DP)).isEqualTo("1 ROCE, 1 SOCKET");
    assertThat(plan.mixedGroups(GroupKind.DP)).isEqualTo(1);
  }

  @Test
  void ofTwoCommonFabricsTheFasterIsTaken() {
    var slow = Nic.of("a", NicKind.IB, "ib", 100);
    var fast = Nic.of("b", NicKind.ROCE, "roce", 200);
    var estate = Estate.of(List.of(Node.of("x", 8, slow, fast), Node.of("y", 8, slow, fast)));
    var request = Request.of("j", Models.GPT_3_6B, 16, 64, 4).withSizes(1, 1);

    assertThat(networks(Models.byName(estate, request), GroupKind.DP)).isEqualTo("1 ROCE");

    var degraded = estate.with(Node.of("y", 8, slow, fast.withGbps(50)));
    assertThat(networks(Models.byName(degraded, request), GroupKind.DP)).isEqualTo("1 IB");
  }

  @Test
  void twoOfTwentyFourOrdersOfClustersKeepEveryStageInOneFabric() {
    assertThat(pureOrders("AARR")).isEqualTo(2);
    assertThat(pureOrders("AAAARRRR")).isEqualTo(2);
    assertThat(orders("AARR")).hasSize(6);
    assertThat(orders("AAAARRRR")).hasSize(70);
  }

  private static long pureOrders(String letters) {
    return orders(letters).stream()
        .map(pattern -> plan(pattern, 1, 2).mixedGroups(GroupKind.DP))
        .peek(mixed -> assertThat(mixed).isIn(0, 2))
        .filter(mixed -> mixed == 0)
        .count();
  }

  private static List<String> orders(String letters) {
    if (letters.isEmpty()) {
      return List.of("");
    }
    return letters
        .chars()
        .distinct()
        .boxed()
        .flatMap(
            letter ->
                orders(letters.replaceFirst(Character.toString(letter), "")).stream()
                    .map(rest -> Character.toString(letter) + rest))
        .toList();
  }
}
