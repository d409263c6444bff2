package org.millrace.streaming.placement.contend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.plan.Planner;

class GangQueueTest {

  private static final double FIXED = QueuedJob.FIXED;

  private static GangQueue queue(Estate estate) {
    var mix = Fragmentation.of(List.of(Estates.pod("any", 0, 1, FIXED)));
    return GangQueue.fabricAware(estate, Planner.standard(), mix);
  }

  private static List<String> names(List<GangQueue.Started> started) {
    return started.stream().map(one -> one.job().name()).toList();
  }

  private static List<String> hosts(GangQueue queue, String job) {
    return queue.running().get(job).spot().parts().stream()
        .map(part -> queue.cluster().estate().nodes().get(part.node()).name())
        .toList();
  }

  @Test
  void aGreaterPriorityIsServedFirst() {
    var queue = queue(Estates.fabrics("AA"));
    queue.submit(Estates.gang("low", 1, 2));
    queue.submit(Estates.gang("high", 5, 2));

    assertThat(names(queue.schedule())).containsExactly("high");
    assertThat(queue.waiting()).extracting(QueuedJob::name).containsExactly("low");

    queue.finish("high");
    assertThat(names(queue.schedule())).containsExactly("low");
  }

  @Test
  void aGangStartsAsAWholeOrNotAtAll() {
    var queue = queue(Estates.fabrics("AAAA"));
    queue.submit(Estates.pod("one", 9, 1, FIXED));
    queue.submit(Estates.gang("all", 0, 4));
    queue.submit(Estates.gang("two", 0, 2));

    assertThat(names(queue.schedule())).containsExactly("one", "two");
    assertThat(queue.cluster().gpusTaken()).isEqualTo(17);

    queue.finish("one");
    assertThat(queue.schedule()).isEmpty();
    queue.finish("two");
    assertThat(names(queue.schedule())).containsExactly("all");
  }

  @Test
  void aPodMovesToMakeRoomForAGangThatHasNone() {
    // a GPU of either node is taken, and a tensor-parallel group needs all eight of one
    var queue = queue(Estates.fabrics("AA"));
    queue.submit(Estates.pod("movable", 2, 1, 60));
    queue.submit(Estates.pod("large", 1, 7, FIXED));
    queue.submit(Estates.pod("fixed", 0, 1, FIXED));
    queue.schedule();
    queue.finish("large");
    assertThat(hosts(queue, "movable")).containsExactly("n0");
    assertThat(hosts(queue, "fixed")).containsExactly("n1");
    queue.submit(Estates.wholeNode("gang", 2));

    var started = queue.schedule();

    assertThat(names(started)).containsExactly("gang");
    assertThat(started.get(0).moved())
        .extracting(moved -> moved.job().name())
        .containsExactly("movable");
    assertThat(hosts(queue, "movable")).containsExactly("n1");
    assertThat(hosts(queue, "gang")).containsExactly("n0");
  }

  @Test
  void aGangMovesToAnotherFabricAsAWhole() {
    // one data-parallel group of four nodes needs the fabric that the small gang is in
    var queue = queue(Estates.fabrics("AAAARR"));
    var small = Estates.gang("small", 0, 2);
    queue.submit(new QueuedJob("small", 0, 0, small.seconds(), small.demand(), 60));
    queue.schedule();
    assertThat(hosts(queue, "small")).containsExactly("n0", "n1");
    queue.submit(Estates.oneStage("gang", 4));

    var started = queue.schedule();

    assertThat(hosts(queue, "gang")).containsExactly("n0", "n1", "n2", "n3");
    assertThat(started.get(0).spot().plan().orElseThrow().score().mixedDataGroups()).isZero();
    assertThat(hosts(queue, "small")).containsExactly("n4", "n5");
    assertThat(queue.cluster().gpusTaken()).isEqualTo(48);
  }

  @Test
  void aPodOfAGreaterPriorityIsNotMoved() {
    var queue = queue(Estates.fabrics("AA"));
    queue.submit(Estates.pod("movable", 2, 1, 60));
    queue.submit(Estates.pod("large", 1, 7, FIXED));
    queue.submit(Estates.pod("fixed", 0, 1, FIXED));
    queue.schedule();
    queue.finish("large");
    queue.submit(Estates.wholeNode("gang", 1));

    assertThat(queue.schedule()).isEmpty();
    assertThat(hosts(queue, "movable")).containsExactly("n0");
    assertThat(queue.cluster().gpusTaken()).isEqualTo(2);
  }

  @Test
  void oneThatIsFixedStaysAndTheGangWaits() {
    var queue = queue(Estates.fabrics("AA"));
    queue.submit(Estates.pod("pod", 0, 1, FIXED));
    queue.schedule();
    queue.submit(Estates.gang("gang", 0, 2));

    assertThat(queue.schedule()).isEmpty();
    assertThat(hosts(queue, "pod")).containsExactly("n0");
  }

  @Test
  void aPodMovesOutOfTheFabricThatAGangWouldElseMix() {
    // with the pod on an InfiniBand node, a stage of the gang is InfiniBand and RoCE
    var estate = Estates.fabrics("AAAAR");
    var queue = queue(estate.with(estate.nodes().get(0).withHealthy(false)));
    queue.submit(Estates.pod("pod", 0, 8, 60));
    queue.schedule();
    assertThat(hosts(queue, "pod")).containsExactly("n1");
    queue.change(estate);
    queue.submit(Estates.gang("gang", 0, 4));

    var started = queue.schedule();

    assertThat(names(started)).containsExactly("gang");
    assertThat(started.get(0).spot().plan().orElseThrow().hosts()).doesNotContain("n4");
    assertThat(started.get(0).moved()).extracting(moved -> moved.job().name()).contains("pod");
    assertThat(hosts(queue, "pod")).containsExactly("n4");
    assertThat(queue.cluster().gpusTaken()).isEqualTo(40);
  }

  @Test
  void aMoveThatCostsTooMuchIsNotMade() {
    var estate = Estates.fabrics("AAAAR");
    var queue = queue(estate.with(estate.nodes().get(0).withHealthy(false)));
    // an hour of eight GPUs against a tenth of an hour of thirty-two
    queue.submit(Estates.pod("pod", 0, 8, 3600));
    queue.schedule();
    queue.change(estate);
    queue.submit(Estates.gang("gang", 0, 4));

    var started = queue.schedule();

    assertThat(started.get(0).moved()).isEmpty();
    assertThat(hosts(queue, "pod")).containsExactly("n1");
  }

  @Test
  void jobsOfANodeThatIsLostWaitAgain() {
    var estate = Estates.fabrics("AAA");
    var queue = queue(estate);
    queue.submit(Estates.gang("gang", 0, 2));
    queue.schedule();
    var lost = hosts(queue, "gang").get(0);

    var off = queue.change(estate.without(lost));

    assertThat(off).extracting(QueuedJob::name).containsExactly("gang");
    assertThat(queue.cluster().gpusTaken()).isZero();
    assertThat(names(queue.schedule())).containsExactly("gang");
    assertThat(hosts(queue, "gang")).doesNotContain(lost);
  }

  @Test
  void aJobThatIsThereIsRefused() {
    var queue = queue(Estates.of(8));
    queue.submit(Estates.pod("pod", 0, 1, FIXED));

    assertThatThrownBy(() -> queue.submit(Estates.pod("pod", 0, 2, FIXED)))
        .hasMessage("the job pod is there already; give it another name");
  }
}
