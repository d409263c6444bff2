package org.millrace.streaming.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import java.time.Duration;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Predicate;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.OneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.millrace.schema.Placement;
import org.millrace.streaming.job.ContractSerializer;
import org.millrace.streaming.placement.board.BoardEvent;
import org.millrace.streaming.placement.health.Cause;
import org.millrace.streaming.placement.health.HealthEvent;
import org.millrace.streaming.placement.plan.CostConstants;
import org.millrace.streaming.placement.plan.ModelShape;
import org.millrace.streaming.placement.plan.Request;
import org.millrace.streaming.placement.request.JobRequest;
import org.millrace.streaming.placement.request.RequestJson;
import org.millrace.streaming.placement.simulate.SimulatedIslands;
import org.millrace.streaming.placement.simulate.SimulatedIslands.Trouble;

class PlannerOperatorTest {

  private static final long PATIENCE = 1000;

  private static OneInputStreamOperatorTestHarness<BoardEvent, Placement> harness(
      OperatorSubtaskState state) throws Exception {
    var settings =
        new PlannerSettings(ConstantsJson.write(CostConstants.CALIBRATED), 0.02, PATIENCE, false);
    var harness =
        new OneInputStreamOperatorTestHarness<BoardEvent, Placement>(
            new PlannerOperator(settings), PlacementInput.Events.INSTANCE);
    harness.setup(ContractSerializer.type(Placement.class).createSerializer(null));
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  private static void send(
      OneInputStreamOperatorTestHarness<BoardEvent, Placement> harness, BoardEvent event)
      throws Exception {
    harness.processElement(new StreamRecord<>(event, event.ts()));
  }

  private static BoardEvent estate() {
    return new BoardEvent.EstateSeen(0, 0, SimulatedIslands.of(Trouble.NONE, 1).estate());
  }

  private static BoardEvent asks(String job, long ts) {
    var model = new ModelShape("3.6B", 30, 3072, 32, 2048, 50257);
    var request = Request.of(job, model, 64, 768, 4).withSizes(1, 2);
    return new BoardEvent.Requested(
        "jobs", new RequestJson.Asks(JobRequest.fixed(request, 0, ts, 1)));
  }

  private static BoardEvent degraded(long until) {
    return new BoardEvent.HealthChanged(
        new HealthEvent(
            "ib-a-2",
            "mlx5_0",
            HealthEvent.Change.DEGRADED,
            1,
            until - 30_000,
            until,
            Set.of(Cause.STATE)));
  }

  @Test
  void adviceComesWithTheWatermarkThatClosesTheWindow() throws Exception {
    try (var harness = harness(null)) {
      send(harness, estate());
      send(harness, asks("a", 0));
      harness.processWatermark(new Watermark(10));
      send(harness, degraded(60_000));

      harness.processWatermark(new Watermark(59_998));
      assertThat(harness.getSideOutput(PlannerOperator.ADVICE)).isNull();
      harness.processWatermark(new Watermark(59_999));

      assertThat(harness.extractOutputValues()).extracting(Placement::getJob).containsExactly("a");
      assertThat(harness.getSideOutput(PlannerOperator.ADVICE)).hasSize(1);
    }
  }

  private static BoardEvent halfNode(String job, long ts) {
    var model = new ModelShape("3.6B", 30, 3072, 32, 2048, 50257);
    var request = Request.of(job, model, 4, 64, 4).withSizes(1, 1);
    return new BoardEvent.Requested(
        "jobs", new RequestJson.Asks(new JobRequest(request, 0, ts, 1, 3600, 60)));
  }

  @Test
  void jobsInTheWayOfAGreaterPriorityAreAdvisedWithWhatItCostsThem() throws Exception {
    var model = new ModelShape("3.6B", 30, 3072, 32, 2048, 50257);
    var large = Request.of("large", model, 8, 64, 4).withSizes(8, 1);
    try (var harness = harness(null)) {
      send(
          harness,
          new BoardEvent.EstateSeen(
              0, 0, new SimulatedIslands(1, Trouble.NONE, Duration.ZERO, 1).estate()));
      for (int i = 0; i < 8; i++) {
        send(harness, halfNode("half-" + i, 1));
      }
      harness.processWatermark(new Watermark(1));
      for (var placed : harness.extractOutputValues().stream().filter(distinctHost()).toList()) {
        send(harness, new BoardEvent.Requested("jobs", new RequestJson.Ends(placed.getJob(), 2)));
      }
      send(
          harness,
          new BoardEvent.Requested("jobs", new RequestJson.Asks(JobRequest.fixed(large, 9, 3, 1))));
      harness.processWatermark(new Watermark(3));

      var waits = harness.extractOutputValues().get(harness.extractOutputValues().size() - 1);
      assertThat(waits.getStatus()).isEqualTo("WAITING");
      assertThat(harness.getSideOutput(PlannerOperator.ADVICE))
          .hasSize(1)
          .allSatisfy(
              record -> {
                var advice = record.getValue();
                assertThat(advice.getKind()).isEqualTo("MAKE_WAY");
                assertThat(advice.getMakesWayFor()).isEqualTo("large");
                assertThat(advice.getMoveSeconds()).isEqualTo(60);
                assertThat(advice.getHosts()).hasSize(1);
                assertThat(waits.getReason()).endsWith("start after " + advice.getJob() + " moved");
              });
    }
  }

  /** The first placement of each host. */
  private static Predicate<Placement> distinctHost() {
    var seen = new HashSet<String>();
    return placed -> seen.add(placed.getNodes().get(0).getHost());
  }

  @Test
  void whereEventTimeStandsStillRequestsAreServedAfterAWhile() throws Exception {
    try (var harness = harness(null)) {
      harness.setProcessingTime(0);
      send(harness, estate());
      send(harness, asks("a", 5));

      harness.setProcessingTime(PATIENCE - 1);
      assertThat(harness.extractOutputValues()).isEmpty();
      harness.setProcessingTime(PATIENCE);

      assertThat(harness.extractOutputValues()).extracting(Placement::getJob).containsExactly("a");
    }
  }

  @Test
  void aRestartGoesOnWithJobsAndWithWhatWaits() throws Exception {
    OperatorSubtaskState state;
    try (var harness = harness(null)) {
      send(harness, estate());
      send(harness, asks("a", 0));
      harness.processWatermark(new Watermark(10));
      send(harness, asks("b", 100));
      state = harness.snapshot(1, 1);
    }

    try (var harness = harness(state)) {
      send(harness, degraded(60_000));
      harness.processWatermark(new Watermark(70_000));

      assertThat(harness.extractOutputValues())
          .extracting(Placement::getJob, Placement::getVersion)
          .containsExactly(tuple("b", 2L));
      assertThat(harness.getSideOutput(PlannerOperator.ADVICE)).hasSize(1);
    }
  }
}
