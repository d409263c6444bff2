package org.millrace.streaming.placement.contend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.millrace.streaming.placement.SharedPlacement;
import org.millrace.streaming.placement.inventory.NodeListCsv;
import org.millrace.streaming.placement.inventory.Overlay;
import org.millrace.streaming.placement.plan.ModelShape;
import org.millrace.streaming.placement.plan.Planner;

class ReplayTest {

  private static final Planner PLANNER = Planner.standard();

  private static QueuedJob pod(String name, double submitted, double seconds, int gpus) {
    return new QueuedJob(
        name, 0, submitted, seconds, new Demand.Pod(0, 0, gpus, 1000), QueuedJob.FIXED);
  }

  @Test
  void timesOfAQueueThatCanBeCountedByHand() {
    // four GPUs: a runs 0-10, b 10-30 behind it, c beside b 12-17
    var jobs = List.of(pod("a", 0, 10, 4), pod("b", 1, 20, 3), pod("c", 12, 5, 1));

    var results = new Replay(Estates.of(4), jobs, PLANNER, 1).run(Replay.Mode.EVENT_TIME);

    assertThat(results)
        .extracting(ReplayResult::policy)
        .containsExactly("fabric-aware", "first-fit", "consolidate", "megatron-order");
    for (var result : results) {
      assertThat(result.placed()).isEqualTo(3);
      assertThat(result.averageCompletion()).isCloseTo((10 + 29 + 5) / 3.0, within(1e-9));
      assertThat(result.p99Completion()).isEqualTo(29);
      assertThat(result.averageWait()).isCloseTo(3, within(1e-9));
      assertThat(result.makespan()).isEqualTo(30);
      assertThat(result.gpusAtFirstRefusal()).isEqualTo(4);
    }
  }

  @Test
  void fillingPassesOverWhatHasNoPlace() {
    var jobs = List.of(pod("a", 0, 1, 3), pod("b", 1, 1, 2), pod("c", 2, 1, 1));

    var result = new Replay(Estates.of(4), jobs, PLANNER, 1).run(Replay.Mode.FILL).get(0);

    assertThat(result.placed()).isEqualTo(2);
    assertThat(result.gangs()).isZero();
    assertThat(result.unplaced()).isEqualTo(1);
    assertThat(result.gpusAtFirstRefusal()).isEqualTo(3);
    assertThat(result.mostGpus()).isEqualTo(4);
  }

  @Test
  void gangsThatMixFabricsRunLonger() {
    // by name the gang's two stages are InfiniBand and RoCE mixed
    var estate = Estates.fabrics("ARARARAR");
    var jobs = List.of(Estates.gang("gang", 0, 4));

    var results = new Replay(estate, jobs, PLANNER, 1).run(Replay.Mode.EVENT_TIME);

    var ours = results.get(0);
    var firstFit = results.get(1);
    assertThat(ours.mixedDataGroups()).isZero();
    assertThat(ours.averageCompletion()).isEqualTo(3600);
    assertThat(ours.crossFabricBytes()).isZero();
    assertThat(firstFit.mixedDataGroups()).isEqualTo(2);
    assertThat(firstFit.crossFabricBytes()).isPositive();
    assertThat(firstFit.averageCompletion()).isGreaterThan(3600);
  }

  @Test
  void aMovedPodEndsLater() {
    var estate = Estates.fabrics("AAAAR");
    var jobs = new ArrayList<QueuedJob>();
    jobs.add(pod("blocker", 0, 10, 8));
    jobs.add(Estates.pod("pod", 0, 8, 60));
    jobs.add(
        new QueuedJob("gang", 0, 20, 3600, Estates.gang("gang", 0, 4).demand(), QueuedJob.FIXED));

    var ours = new Replay(estate, jobs, PLANNER, 1).run(Replay.Mode.EVENT_TIME).get(0);

    assertThat(ours.moves()).isEqualTo(1);
    assertThat(ours.averageCompletion()).isCloseTo((10 + (3600 + 60) + 3600) / 3.0, within(1e-6));
  }

  @Test
  void theSameTraceGivesTheSameResult() {
    var jobs = new ArrayList<QueuedJob>();
    for (int i = 0; i < 60; i++) {
      jobs.add(
          i % 9 == 0
              ? new QueuedJob(
                  "g" + i, i % 3, i, 50, Estates.gang("g" + i, 0, 2).demand(), QueuedJob.FIXED)
              : pod("p" + i, i, 30 + i % 7, 1 + i % 4));
    }
    var estate = Estates.fabrics("ARRAARAR");

    var once = new Replay(estate, jobs, PLANNER, 2).run(Replay.Mode.EVENT_TIME);
    var again = new Replay(estate, jobs, PLANNER, 2).run(Replay.Mode.EVENT_TIME);

    assertThat(again).isEqualTo(once);
    assertThat(once).allMatch(result -> result.placed() == 60);
  }

  /** Synthetic: the trace tells neither network nor gangs. */
  @Test
  void theSharedTraceFilledUp() throws IOException {
    var estate =
        Overlay.DEFAULT.apply(
            NodeListCsv.parse(
                "openb", Files.readString(SharedPlacement.file("openb_node_list_gpu_node.csv"))));
    var model = new ModelShape("3.6B", 30, 3072, 32, 2048, 50257);
    var jobs = PodListCsv.withGangs(PodListCsvTest.shared(), 4, model);
    // every twentieth pod and all gangs, on every twentieth of the rest of the estate's nodes
    var some = new ArrayList<QueuedJob>();
    for (int i = 0; i < jobs.size(); i++) {
      if (i % 20 == 0 || jobs.get(i).demand() instanceof Demand.Gang) {
        some.add(jobs.get(i));
      }
    }

    var results = new Replay(estate, some, PLANNER, 1).run(Replay.Mode.FILL);

    var ours = results.get(0);
    for (var other : results.subList(1, results.size())) {
      assertThat(ours.mixedDataGroups()).isLessThan(other.mixedDataGroups());
      assertThat(ours.fragmentation()).isLessThanOrEqualTo(other.fragmentation());
    }
    assertThat(ours.mixedDataGroups()).isZero();
    assertThat(ReplayResult.table(results).lines()).hasSize(5);
  }
}
