package org.millrace.streaming.placement.contend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class FragmentationTest {

  private static final Demand.Pod HALF = new Demand.Pod(1000, 0, 1, 500);
  private static final Demand.Pod WHOLE = new Demand.Pod(1000, 0, 1, 1000);
  private static final Demand.Pod FOUR = new Demand.Pod(8000, 0, 4, 1000);

  /** Three quarters want half a GPU, a quarter wants four. */
  private static final Fragmentation MIX = Fragmentation.of(jobs(HALF, HALF, HALF, FOUR));

  private static List<QueuedJob> jobs(Demand.Pod... pods) {
    var jobs = new ArrayList<QueuedJob>();
    for (var pod : pods) {
      jobs.add(new QueuedJob("j" + jobs.size(), 0, 0, 1, pod, QueuedJob.FIXED));
    }
    return jobs;
  }

  @Test
  void anIdleNodeHasNoneForPodsThatFit() {
    assertThat(MIX.of(64_000, 1000, new int[] {1000, 1000, 1000, 1000})).isZero();
  }

  @Test
  void whatIsTooSmallForATypeIsLostToIt() {
    // halves lose the 400; four do not fit, so lose all 3400
    double fragmentation = MIX.of(64_000, 1000, new int[] {1000, 1000, 1000, 400});

    assertThat(fragmentation).isCloseTo(0.75 * 0.4 + 0.25 * 3.4, within(1e-12));
  }

  @Test
  void withoutCpuAllIsLost() {
    double fragmentation = MIX.of(999, 1000, new int[] {1000, 500});

    assertThat(fragmentation).isCloseTo(1.5, within(1e-12));
  }

  @Test
  void aPodGoesWhereItGrowsLeast() {
    // on the first node it would spoil a GPU for four; on the second it fills one that is spoilt
    var estate = Estates.of(4, 4);
    var cluster = new Cluster(estate);
    cluster.take(new Spot.Part(1, new int[] {2}, 500, 0, 0));
    var policy = new FabricAware(org.millrace.streaming.placement.plan.Planner.standard(), MIX);

    var spot = policy.place(cluster, HALF).orElseThrow();

    assertThat(spot.parts().get(0).node()).isEqualTo(1);
    assertThat(spot.parts().get(0).gpus()).containsExactly(2);
  }

  @Test
  void ofEqualPlacesOneThatBreaksNoWholeDomainIsTaken() {
    var estate = Estates.leaves("a", "a", "b");
    var cluster = new Cluster(estate);
    cluster.take(new Spot.Part(2, new int[] {0, 1, 2, 3}, 1000, 0, 0));
    var policy =
        new FabricAware(
            org.millrace.streaming.placement.plan.Planner.standard(),
            Fragmentation.of(jobs(WHOLE)));

    var spot = policy.place(cluster, WHOLE).orElseThrow();

    assertThat(cluster.freeWholeDomains()).isEqualTo(1);
    assertThat(spot.parts().get(0).node()).isEqualTo(2);
  }

  @Property(tries = 300)
  void itIsWithinWhatIsLeft(
      @ForAll @Size(max = 8) List<@IntRange(max = 1000) Integer> gpus,
      @ForAll @IntRange(max = 20_000) int cpu) {
    var left = gpus.stream().mapToInt(Integer::intValue).toArray();
    double all = gpus.stream().mapToInt(Integer::intValue).sum() / 1000.0;

    assertThat(MIX.of(cpu, 0, left)).isBetween(0.0, all + 1e-12);
  }
}
