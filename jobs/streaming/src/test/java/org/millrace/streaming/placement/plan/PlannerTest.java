package org.millrace.streaming.placement.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.estate.Node;

class PlannerTest {

  private static final Planner PLANNER = Planner.standard();
  private static final Request SMALL =
      Request.of("small", Models.GPT_3_6B, 32, 768, 4).withSizes(1, 2);

  /** 500 estates of up to 8 nodes. */
  @ParameterizedTest
  @EnumSource(NetworkRule.class)
  void thePlanIsTheBestOfAllOrders(NetworkRule rule) {
    for (long seed = 0; seed < 250; seed++) {
      var given = RandomCase.of(seed, seed % 4 == 0 ? 8 : 6);
      var brute = new BruteForce(given, CostConstants.CALIBRATED, rule).run();

      var plan =
          new Planner(CostConstants.CALIBRATED, rule)
              .plan(given.estate(), given.busy(), given.request());

      assertThat(plan.score()).as("seed %d", seed).isEqualTo(brute.best);
      assertThat(plan.hosts()).as("seed %d", seed).isEqualTo(brute.hosts);
      assertThat(plan.exact()).isTrue();
      assertThat(plan.lowerBoundSeconds())
          .as("seed %d", seed)
          .isLessThanOrEqualTo(plan.cost().iterationSeconds() * (1 + 1e-12));
    }
  }

  @ParameterizedTest
  @CsvSource({
    "ARAR, n00 n02 n01 n03",
    "RRAA, n02 n03 n00 n01",
    "ARARARAR, n00 n02 n04 n06 n01 n03 n05 n07"
  })
  void stagesAreGatheredByFabric(String pattern, String hosts) {
    var request = Request.of("j", Models.GPT_3_6B, 8 * pattern.length(), 768, 4).withSizes(1, 2);

    var plan = PLANNER.plan(Models.estate(pattern), request);

    assertThat(String.join(" ", plan.hosts())).isEqualTo(hosts);
    assertThat(plan.mixedGroups(GroupKind.DP)).isZero();
  }

  @Test
  void oneFabricIsPreferredToTwo() {
    var plan = PLANNER.plan(Models.estate("ARARABAB"), SMALL);

    assertThat(plan.nodes()).extracting(PlacedNode::fabricId).containsOnly("ib-A");
    assertThat(plan.mixedGroups(GroupKind.PP)).isZero();
  }

  @Test
  void firstAndLastStageShareAFabricWhereTheyCan() {
    var request = Request.of("j", Models.GPT_3_6B, 24, 768, 4).withSizes(1, 3);

    var estate = Models.estate("AAR");
    for (var node : estate.nodes()) {
      estate = estate.with(node.withSpeed(200));
    }

    var plan = PLANNER.plan(estate, request);

    assertThat(plan.hosts()).containsExactly("n00", "n02", "n01");
    assertThat(plan.mixedGroups(GroupKind.EMB)).isZero();
  }

  @Test
  void replicasAsBlocksAreMixedAndItIsSaid() {
    var plan = PLANNER.plan(Models.estate("AARR"), SMALL.withOrder(RankOrder.TP_PP_DP));

    assertThat(plan.mixedGroups(GroupKind.DP)).isEqualTo(2);
    assertThat(plan.reason())
        .contains(
            "2 data-parallel groups mix fabrics and use sockets: a fabric must hold all replicas,"
                + " in the order tp-cp-ep-pp-dp, of 32 GPUs in whole nodes, and the free and"
                + " healthy GPUs by fabric are {ib-A=16, roce-R=16}; no order of the nodes does"
                + " better.");
  }

  @Test
  void thePlanSaysWhyAndWhatTheNextBestCosts() {
    var plan = PLANNER.plan(Models.estate("ARAR"), SMALL);

    assertThat(plan.reason())
        .startsWith(
            "Stage 0: n00, n02 in ib-A; Stage 1: n01, n03 in roce-R. Every data-parallel group has"
                + " one RDMA fabric or lies in a node. An iteration takes ")
        .contains("The next best (n01, n03, n00, n02) takes ");
    assertThat(plan.alternatives().get(0).score()).isGreaterThan(plan.score());
  }

  @Test
  void theSameEstateInAnyOrderGivesTheSamePlan() {
    var estate = Models.estate("ARARARABEE");
    var shuffled = new ArrayList<>(estate.nodes());
    Collections.shuffle(shuffled, new Random(7));

    var plan = PLANNER.plan(estate, SMALL);

    assertThat(PLANNER.plan(Estate.of(shuffled), SMALL)).isEqualTo(plan);
  }

  @ParameterizedTest
  @ValueSource(strings = {"AARR", "ARAE", "EEEE"})
  void sizesAreChosenWhereTheRequestLeavesThemOpen(String pattern) {
    var open = Request.of("j", Models.GPT_3_6B, 32, 768, 4);
    var estate = Models.estate(pattern);

    var plan = PLANNER.plan(estate, open);

    assertThat(plan.sizes().ranks()).isEqualTo(32);
    boolean pure = plan.score().mixedDataGroups() == 0;
    for (int t : new int[] {1, 2, 4, 8}) {
      for (int p : new int[] {1, 2, 4}) {
        var other = PLANNER.plan(estate, open.withSizes(t, p)).score();
        if (pure == (other.mixedDataGroups() == 0)) {
          assertThat(other.iterationNanos()).isGreaterThanOrEqualTo(plan.score().iterationNanos());
        } else {
          assertThat(pure).isTrue();
        }
      }
    }
  }

  @Test
  void declaredMemoryRulesOutSizesAndNodes() {
    var estate = Models.estate("AAAA");
    for (var node : estate.nodes()) {
      estate = estate.with(node.withGpuMemoryGb(node.name().equals("n03") ? 32 : 80));
    }
    var large = Request.of("large", Models.GPT_39_1B, 16, 64, 1);

    var plan = PLANNER.plan(estate, large);

    assertThat(MemoryNeed.gb(large, plan.sizes())).isLessThan(80);
    assertThat(plan.hosts()).doesNotContain("n03");
    var last = estate;
    assertThatThrownBy(() -> PLANNER.plan(last, large.withSizes(1, 1)))
        .isInstanceOf(Unplaceable.class)
        .hasMessageContaining("job large wants 16 GPUs (t=1, p=1, d=16, tp-cp-ep-dp-pp; ")
        .hasMessageEndingWith("0 of the free and healthy ones suit; ask for fewer or add nodes");
  }

  @Test
  void busyAndUnhealthyGpusAreNotUsed() {
    var estate = Models.estate("AAAAAA");
    estate = estate.with(estate.nodes().get(0).withHealthy(false));

    var plan = PLANNER.plan(estate, Map.of("n01", 4, "n02", 4), SMALL);

    assertThat(plan.hosts()).doesNotContain("n00");
    assertThat(plan.nodes()).extracting(PlacedNode::slots).containsExactlyInAnyOrder(8, 8, 8, 4, 4);
  }

  @Test
  void aTensorGroupLargerThanAnyNodeIsRefused() {
    assertThatThrownBy(() -> PLANNER.plan(Models.estate("AARR"), SMALL.withSizes(16, 2)))
        .isInstanceOf(Unplaceable.class)
        .hasMessage(
            "job small: tensor groups of 16 GPUs must lie in a node and the largest has 8 free;"
                + " give a smaller t");
  }

  @Test
  void aBatchThatMakesNoWholeMicroBatchesIsRefused() {
    var odd = Request.of("odd", Models.GPT_3_6B, 32, 100, 4).withSizes(1, 2);

    assertThatThrownBy(() -> PLANNER.plan(Models.estate("AARR"), odd))
        .hasMessageStartingWith("job odd: no sizes divide 32 GPUs so that a batch of 100 makes");
  }

  @Test
  void largeEstatesAreNeverPlannedWorseThanByName() {
    for (long seed = 0; seed < 30; seed++) {
      var estate = Islands.of(seed, 40 + (int) seed * 3);
      var request =
          Request.of("j", Models.GPT_39_1B, 8 * 32, 1024, 1).withSizes(seed % 2 == 0 ? 8 : 1, 4);

      var plan = PLANNER.plan(estate, request);
      var byName = PLANNER.assess(estate, Map.of(), request, plan.sizes(), Models.names(estate));

      assertThat(plan.score()).as("seed %d", seed).isLessThanOrEqualTo(byName.score());
      assertThat(plan.gap()).as("seed %d", seed).isGreaterThanOrEqualTo(-1e-12);
    }
  }

  /** Stages of four nodes, islands of sixteen: there is a pure place as long as stages fit. */
  @Test
  void noGroupIsMixedWhileAPurePlaceExists() {
    for (long seed = 0; seed < 30; seed++) {
      var estate = Islands.of(seed, 128);
      int stages = Islands.stagesThatFit(estate, 4);
      var request = Request.of("j", Models.GPT_39_1B, 8 * 4 * stages, 32, 1).withSizes(8, stages);

      var plan = PLANNER.plan(estate, request);

      assertThat(plan.score().mixedDataGroups()).as("seed %d", seed).isZero();
    }
  }

  @Test
  void aChangeKeepsTheNodesThatItDoesNotTouch() {
    var estate = Islands.of(3, 96);
    var request = Request.of("j", Models.GPT_39_1B, 8 * 32, 1024, 1).withSizes(8, 4);
    var before = PLANNER.plan(estate, request);
    var lost = before.hosts().get(5);
    var changed = estate.with(estate.node(lost).orElseThrow().withHealthy(false));

    var after = PLANNER.replan(before, changed, Map.of(), request);

    assertThat(after.hosts()).doesNotContain(lost);
    assertThat(after.score().mixedDataGroups())
        .isLessThanOrEqualTo(before.score().mixedDataGroups());
    var kept = new ArrayList<>(before.hosts());
    kept.remove(lost);
    var spares =
        estate.nodes().stream().map(Node::name).filter(name -> !before.hosts().contains(name));
    var repaired = new ArrayList<>(kept);
    spares.forEach(repaired::add);
    assertThat(after.score())
        .isLessThanOrEqualTo(
            PLANNER.assess(changed, Map.of(), request, before.sizes(), repaired).score());
  }

  @Test
  void aDegradedNicIsLeftForASpareNode() {
    var estate = Models.estate("AAAAARRRRR");
    var request = Request.of("j", Models.GPT_3_6B, 64, 768, 4).withSizes(1, 2);
    var before = PLANNER.plan(estate, request);
    var node = estate.node(before.hosts().get(0)).orElseThrow();
    var changed = estate.with(node.withNic(node.nics().get(0).withGbps(20)));

    var after = PLANNER.replan(before, changed, Map.of(), request);

    assertThat(after.hosts()).doesNotContain(node.name());
    assertThat(after.mixedGroups(GroupKind.DP)).isZero();
  }

  @Test
  void aboutEightNodesTheBoundedSearchIsCloseToTheBest() {
    int worse = 0;
    for (long seed = 0; seed < 60; seed++) {
      var random = new SplittableRandom(seed);
      var letters = new StringBuilder();
      for (int i = 0; i < 8; i++) {
        letters.append("AARRB".charAt(random.nextInt(5)));
      }
      var estate = Models.estate(letters.toString());
      var sizes = Parallelism.of(8, 3, 2);
      var request = Request.of("j", Models.GPT_39_1B, 48, 96, 1).withSizes(8, 3);
      var exact = search(estate, request, sizes);
      var bounded = search(estate, request, sizes);

      exact.run(Search.Effort.FULL);
      bounded.shortlist.add(bounded.byName());
      new PoolSearch(bounded.site, bounded.evaluator, bounded.shortlist, 160).search();

      assertThat(bounded.best().score().mixedDataGroups())
          .as(letters.toString())
          .isEqualTo(exact.best().score().mixedDataGroups());
      worse += bounded.best().score().compareTo(exact.best().score()) > 0 ? 1 : 0;
    }
    assertThat(worse).isLessThanOrEqualTo(6);
  }

  private static Search search(Estate estate, Request request, Parallelism sizes) {
    double memory = MemoryNeed.gb(request, sizes);
    var site = Site.of(estate, Map.of(), request, sizes.tensor(), memory, CostConstants.CALIBRATED);
    return new Search(site, request, sizes, CostConstants.CALIBRATED, NetworkRule.COMMUNICATOR);
  }

  @Test
  void assessingTooFewNodesIsRefused() {
    assertThatThrownBy(
            () ->
                PLANNER.assess(
                    Models.estate("AARR"),
                    Map.of(),
                    SMALL,
                    Parallelism.of(1, 2, 16),
                    List.of("n00", "n02")))
        .hasMessage("job small: [n00, n02] have 16 of the 32 GPUs that it wants; name more nodes");
  }
}
