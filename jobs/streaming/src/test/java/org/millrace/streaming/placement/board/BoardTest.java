package org.millrace.streaming.placement.board;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.millrace.streaming.placement.board.BoardEvent.EstateSeen;
import org.millrace.streaming.placement.board.BoardEvent.HealthChanged;
import org.millrace.streaming.placement.board.BoardEvent.LinkWarned;
import org.millrace.streaming.placement.board.BoardEvent.Requested;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.health.Advice;
import org.millrace.streaming.placement.health.Cause;
import org.millrace.streaming.placement.health.HealthEvent;
import org.millrace.streaming.placement.health.Signal;
import org.millrace.streaming.placement.plan.ModelShape;
import org.millrace.streaming.placement.plan.Planner;
import org.millrace.streaming.placement.plan.Request;
import org.millrace.streaming.placement.request.JobRequest;
import org.millrace.streaming.placement.request.RequestJson;
import org.millrace.streaming.placement.simulate.SimulatedIslands;
import org.millrace.streaming.placement.simulate.SimulatedIslands.Trouble;
import org.millrace.streaming.placement.warning.LinkWarning;

/** Islands ib-a, ib-b, roce-a, roce-b of four nodes with eight GPUs each. */
class BoardTest {

  private static final ModelShape MODEL = new ModelShape("3.6B", 30, 3072, 32, 2048, 50257);

  private final Estate estate = SimulatedIslands.of(Trouble.NONE, 1).estate();
  private final Board board = new Board(Planner.standard(), 0.02);

  private static Requested asks(String job, int gpus, int priority, long ts) {
    var request = Request.of(job, MODEL, gpus, 768, 4).withSizes(1, 2);
    return new Requested(
        "jobs", new RequestJson.Asks(JobRequest.fixed(request, priority, ts, job.charAt(0))));
  }

  private static Requested ends(String job, long ts) {
    return new Requested("jobs", new RequestJson.Ends(job, ts));
  }

  private static HealthChanged health(String host, HealthEvent.Change change, long until) {
    return new HealthChanged(
        new HealthEvent(host, "mlx5_0", change, 1, until - 30_000, until, Set.of(Cause.STATE)));
  }

  private List<String> apply(long ts, BoardEvent... events) {
    return told(board, ts, events);
  }

  private static List<String> told(Board board, long ts, BoardEvent... events) {
    var told = new ArrayList<String>();
    for (var outcome : board.apply(Arrays.asList(events), ts)) {
      if (outcome instanceof Outcome.Placed placed) {
        told.add("placed " + placed.plan().job());
      } else if (outcome instanceof Outcome.Waits waits) {
        told.add("waits " + waits.request().job());
      } else if (outcome instanceof Outcome.Refused refused) {
        told.add("refused " + refused.request().job());
      } else if (outcome instanceof Outcome.Ended ended) {
        told.add("ended " + ended.job());
      } else if (outcome instanceof Outcome.Advised advised) {
        told.add(advised.advice().kind() + " " + advised.advice().job());
      } else if (outcome instanceof Outcome.MakesWay way) {
        told.add((way.move().isPresent() ? "makes way " : "stays ") + way.plan().job());
      }
    }
    return told;
  }

  @Test
  void withoutAnEstateRequestsWait() {
    assertThat(apply(0, asks("a", 16, 0, 0))).isEmpty();
    assertThat(apply(1, new EstateSeen(1, 0, estate))).containsExactly("placed a");
  }

  @Test
  void greaterPriorityIsServedFirstAndWhatDoesNotFitWaits() {
    var told =
        apply(
            0,
            new EstateSeen(0, 0, estate),
            asks("a", 96, 0, 0),
            asks("b", 64, 5, 0),
            asks("c", 64, 0, 0),
            asks("d", 512, 9, 0));

    assertThat(told).containsExactly("refused d", "placed b", "waits a", "placed c");
    assertThat(apply(1, ends("c", 1))).containsExactly("ended c");
    assertThat(apply(2, ends("b", 2))).containsExactly("ended b", "placed a");
  }

  @Test
  void jobsShareNoGpu() {
    apply(
        0,
        new EstateSeen(0, 0, estate),
        asks("a", 32, 0, 0),
        asks("b", 32, 0, 0),
        asks("c", 64, 0, 0));

    assertThat(board.plans()).hasSize(3);
    assertThat(board.plans().stream().flatMap(plan -> plan.hosts().stream()))
        .hasSize(16)
        .doesNotHaveDuplicates();
  }

  @Test
  void aDegradedNicMovesItsJobOnceAndRecoveryWithdraws() {
    apply(0, new EstateSeen(0, 0, estate), asks("a", 16, 0, 0), asks("b", 16, 0, 0));
    var host = board.plans().get(0).hosts().get(0);
    var other = board.plans().get(1).hosts();

    var degraded = board.apply(List.of(health(host, HealthEvent.Change.DEGRADED, 60_000)), 59_999);
    var recovered = apply(400_000, health(host, HealthEvent.Change.RECOVERED, 400_001));

    assertThat(degraded).hasSize(1);
    var advice = ((Outcome.Advised) degraded.get(0)).advice();
    assertThat(degraded.get(0).ts()).isEqualTo(60_000);
    assertThat(advice.kind()).isEqualTo(Advice.Kind.MOVE);
    assertThat(advice.job()).isEqualTo("a");
    assertThat(advice.afterSeconds()).isLessThan(advice.beforeSeconds());
    assertThat(advice.placement().orElseThrow().hosts())
        .doesNotContain(host)
        .doesNotContainAnyElementsOf(other);
    assertThat(recovered).containsExactly("WITHDRAWN a");
    assertThat(board.estate()).contains(estate);
  }

  @Test
  void whoWasNotAdvisedIsNotToldOfRecovery() {
    apply(0, new EstateSeen(0, 0, estate), health("ib-a-1", HealthEvent.Change.DEGRADED, 1));
    apply(1, asks("a", 128, 0, 1));

    assertThat(board.plans()).hasSize(1);
    assertThat(apply(2, health("ib-a-1", HealthEvent.Change.RECOVERED, 3))).isEmpty();
  }

  @Test
  void askingAgainTakesTheAdvice() {
    apply(0, new EstateSeen(0, 0, estate), asks("a", 16, 0, 0));
    var host = board.plans().get(0).hosts().get(0);
    apply(59_999, health(host, HealthEvent.Change.DEGRADED, 60_000));

    assertThat(apply(70_000, asks("a", 16, 0, 70_000))).containsExactly("placed a");
    assertThat(board.plans().get(0).hosts()).doesNotContain(host);
    assertThat(board.plans().get(0).eventTime()).isEqualTo(70_000);
    assertThat(apply(400_000, health(host, HealthEvent.Change.RECOVERED, 400_001))).isEmpty();
  }

  @Test
  void jobsOfNodesThatGoArePlacedAnew() {
    apply(0, new EstateSeen(0, 0, estate), asks("a", 16, 0, 0));
    var host = board.plans().get(0).hosts().get(0);

    var told = apply(5, new EstateSeen(5, 1, estate.without(host)));

    assertThat(told).containsExactly("placed a");
    assertThat(board.plans().get(0).hosts()).doesNotContain(host);
  }

  private static LinkWarned warning(String host, LinkWarning.Change change, long until) {
    return new LinkWarned(
        new LinkWarning(
            host, "mlx5_0", Signal.ERRORS, change, 1, until - 30_000, until, 7.5, 3, 1.5));
  }

  private static Requested movable(String job, int gpus, int priority, long ts, double cost) {
    var request = Request.of(job, MODEL, gpus, 768, 4).withSizes(1, 2);
    return new Requested(
        "jobs",
        new RequestJson.Asks(
            new JobRequest(request, priority, ts, job.charAt(0), JobRequest.A_DAY, cost)));
  }

  private static final int SMALL = 8;

  /** Half a node for each of 32 jobs that can move, every second of which ends. */
  private void halfNodes(double cost) {
    var events = new ArrayList<BoardEvent>(List.of(new EstateSeen(0, 0, estate)));
    for (int i = 0; i < 32; i++) {
      events.add(movable("s" + (char) ('A' + i), SMALL / 2, 0, 0, cost));
    }
    apply(0, events.toArray(BoardEvent[]::new));
    var seen = new java.util.HashSet<String>();
    for (var plan : board.plans()) {
      if (!seen.add(plan.hosts().get(0))) {
        apply(1, ends(plan.job(), 1));
      }
    }
    assertThat(board.plans()).hasSize(16);
  }

  private static Requested whole(String job, int gpus, int priority, long ts) {
    var request = Request.of(job, MODEL, gpus, 768, 4).withSizes(8, 2);
    return new Requested("jobs", new RequestJson.Asks(JobRequest.fixed(request, priority, ts, 9)));
  }

  @Test
  void jobsThatCanMoveAreAdvisedToMakeWayAndDoItByAskingAnew() {
    halfNodes(300);

    var told = board.apply(List.of(whole("z", 16, 5, 2)), 2);

    assertThat(told.get(0)).isInstanceOf(Outcome.Waits.class);
    var asked = told.stream().skip(1).map(Outcome.MakesWay.class::cast).toList();
    assertThat(asked).hasSize(2).allMatch(one -> one.waits().equals("z"));
    assertThat(((Outcome.Waits) told.get(0)).reason())
        .endsWith(
            "; it could start after %s, %s moved"
                .formatted(asked.get(0).plan().job(), asked.get(1).plan().job()));
    assertThat(asked.get(0).move().orElseThrow().seconds()).isEqualTo(300);
    assertThat(asked.get(0).reason()).startsWith("z, priority 5, could start here; it costs 300 s");
    assertThat(board.plans()).hasSize(16);

    var first = asked.get(0).plan().job();
    var second = asked.get(1).plan().job();
    assertThat(apply(3, movable(first, SMALL / 2, 0, 3, 300))).containsExactly("placed " + first);
    assertThat(apply(4, movable(second, SMALL / 2, 0, 4, 300)))
        .containsExactly("placed z", "placed " + second);
  }

  @Test
  void whatWasAdvisedIsTakenBackWhenTheJobNoLongerWaits() {
    halfNodes(300);
    apply(2, whole("z", 16, 5, 2));

    assertThat(apply(3, ends("z", 3)))
        .hasSize(3)
        .contains("ended z")
        .filteredOn(one -> one.startsWith("stays"))
        .hasSize(2);
  }

  @Test
  void aBoardThatWasRestoredKnowsWhomItAsked() {
    halfNodes(300);
    apply(2, whole("z", 16, 5, 2));

    var other = Board.read(board.write(), Planner.standard(), 0.02);

    assertThat(other.write()).isEqualTo(board.write());
    assertThat(told(other, 3, ends("z", 3))).isEqualTo(apply(3, ends("z", 3))).hasSize(3);
  }

  @Test
  void othersMakeWayForOneJobAtATimeTheFirstInOrder() {
    halfNodes(300);
    apply(2, whole("y", 16, 5, 2));

    var told = apply(3, whole("z", 16, 9, 3));
    var later = apply(4, whole("x", 16, 1, 4));

    assertThat(told).hasSize(5).startsWith("waits z");
    assertThat(told).filteredOn(one -> one.startsWith("stays")).hasSize(2);
    assertThat(told).filteredOn(one -> one.startsWith("makes way")).hasSize(2);
    assertThat(later).containsExactly("waits x");
  }

  @Test
  void nobodyIsAskedTwiceForOneJob() {
    halfNodes(300);
    apply(2, whole("z", 16, 5, 2));

    assertThat(apply(3, asks("y", 2, 0, 3))).containsExactly("placed y");
  }

  @Test
  void fixedAndDearJobsAndThoseOfGreaterPriorityAreNotAsked() {
    halfNodes(JobRequest.FIXED);

    assertThat(apply(2, whole("z", 16, 5, 2))).containsExactly("waits z");
    assertThat(apply(3, whole("y", 16, -1, 3))).containsExactly("waits y");
  }

  @Test
  void aMoveThatCostsMoreThanATenthOfTheGangIsNotAdvised() {
    halfNodes(20_000);

    assertThat(apply(2, whole("z", 16, 5, 2))).containsExactly("waits z");
  }

  @Test
  void warningsAdviseNothingButSayMoreOfWhatTheRulesProve() {
    apply(0, new EstateSeen(0, 0, estate), asks("a", 16, 0, 0));
    var host = board.plans().get(0).hosts().get(0);

    var warned = apply(29_999, warning(host, LinkWarning.Change.UNUSUAL, 30_000));
    var advised = board.apply(List.of(health(host, HealthEvent.Change.DEGRADED, 60_000)), 59_999);

    assertThat(warned).isEmpty();
    assertThat(((Outcome.Advised) advised.get(0)).advice().reason())
        .endsWith("; errors of mlx5_0 unusual since 1970-01-01T00:00:00Z");
  }

  @Test
  void aWarningThatIsOverIsNotMentioned() {
    apply(0, new EstateSeen(0, 0, estate), asks("a", 16, 0, 0));
    var host = board.plans().get(0).hosts().get(0);
    apply(29_999, warning(host, LinkWarning.Change.UNUSUAL, 30_000));
    apply(39_999, warning(host, LinkWarning.Change.USUAL, 40_000));

    var advised = board.apply(List.of(health(host, HealthEvent.Change.DEGRADED, 60_000)), 59_999);

    assertThat(((Outcome.Advised) advised.get(0)).advice().reason()).doesNotContain("unusual");
  }

  @Test
  void aJobThatLosesAGpuIsToldToMoveAndKeepsItsPlaceUntilItAsks() {
    apply(0, new EstateSeen(0, 0, estate), asks("a", 16, 0, 0));
    var host = board.plans().get(0).hosts().get(0);
    var lost =
        new HealthChanged(
            new HealthEvent(
                host,
                "gpu3",
                HealthEvent.Change.DEGRADED,
                1,
                30_000,
                60_000,
                Set.of(Cause.GPU_ERROR)));

    var advised = board.apply(List.of(lost), 59_999);

    var advice = ((Outcome.Advised) advised.get(0)).advice();
    assertThat(advice.kind()).isEqualTo(Advice.Kind.MOVE);
    assertThat(advice.beforeSeconds()).isEqualTo(Advice.NEVER);
    assertThat(advice.placement().orElseThrow().hosts()).doesNotContain(host);
    assertThat(apply(60_000, new EstateSeen(60_000, 1, estate))).isEmpty();
    assertThat(board.plans().get(0).hosts()).contains(host);
  }

  @Test
  void aBoardGoesOnFromItsState() {
    apply(
        0,
        new EstateSeen(0, 0, estate),
        asks("a", 64, 5, 0),
        asks("b", 64, 0, 0),
        asks("c", 8, 0, 0));
    var host = board.plans().get(0).hosts().get(0);
    apply(
        59_999,
        health(host, HealthEvent.Change.DEGRADED, 60_000),
        warning(host, LinkWarning.Change.UNUSUAL, 60_000));

    var other = Board.read(board.write(), Planner.standard(), 0.02);

    assertThat(other.write()).isEqualTo(board.write());
    var later =
        new BoardEvent[] {health(host, HealthEvent.Change.RECOVERED, 400_000), ends("b", 400_000)};
    assertThat(told(other, 400_000, later))
        .containsExactlyElementsOf(apply(400_000, later))
        .contains("ended b", "placed c");
    assertThat(other.plans()).isEqualTo(board.plans());
  }

  @Test
  void eventsSurviveTheWayBetweenOperators() {
    for (var event :
        List.of(
            new EstateSeen(5, 7, estate),
            asks("a", 16, 3, 1_767_225_600_000L),
            ends("b", 9000),
            warning("ib-a-1", LinkWarning.Change.USUAL, 60_000),
            health("ib-a-1", HealthEvent.Change.DEGRADED, 60_000))) {
      assertThat(EventJson.read(EventJson.write(event))).isEqualTo(event);
    }
  }
}
