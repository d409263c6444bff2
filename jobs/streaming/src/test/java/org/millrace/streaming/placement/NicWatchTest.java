package org.millrace.streaming.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.streaming.api.operators.co.CoBroadcastWithKeyedOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.KeyedTwoInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.millrace.schema.RejectedRecord;
import org.millrace.streaming.placement.board.BoardEvent;
import org.millrace.streaming.placement.estate.Estate;
import org.millrace.streaming.placement.estate.Nic;
import org.millrace.streaming.placement.estate.NicKind;
import org.millrace.streaming.placement.estate.Node;
import org.millrace.streaming.placement.health.HealthEvent.Change;
import org.millrace.streaming.placement.health.NicSample;
import org.millrace.streaming.placement.health.Signal;
import org.millrace.streaming.placement.warning.LinkDetector;
import org.millrace.streaming.placement.warning.LinkWarning;

class NicWatchTest {

  private static final long WINDOW = 30_000;

  private static KeyedTwoInputStreamOperatorTestHarness<String, NicSample, BoardEvent, BoardEvent>
      harness(OperatorSubtaskState state) throws Exception {
    var watch = new NicWatch(Long.MIN_VALUE, LinkDetector.NEIGHBOURS);
    var harness =
        new KeyedTwoInputStreamOperatorTestHarness<String, NicSample, BoardEvent, BoardEvent>(
            new CoBroadcastWithKeyedOperator<>(watch, List.of(NicWatch.RATES)),
            NicWatch::key,
            event -> "",
            Types.STRING);
    harness.setup(PlacementInput.Events.INSTANCE);
    if (state != null) {
      harness.initializeState(state);
    }
    harness.open();
    return harness;
  }

  private static StreamRecord<NicSample> sample(Signal signal, long ts, double value) {
    return new StreamRecord<>(new NicSample("n1", "mlx5_0", signal, "", ts, value), ts);
  }

  private static StreamRecord<BoardEvent> estate(long ts, double gbps) {
    var node = Node.of("n1", 8, Nic.of("mlx5_0", NicKind.IB, "ib-a", gbps));
    return new StreamRecord<>(new BoardEvent.EstateSeen(ts, 0, Estate.of(List.of(node))), ts);
  }

  @Test
  void aLateSampleGoesToTheQuarantineWithItsReason() throws Exception {
    try (var harness = harness(null)) {
      harness.processBothWatermarks(new Watermark(WINDOW - 1));

      harness.processElement1(sample(Signal.STATE, 5, 1));
      harness.processElement1(sample(Signal.STATE, WINDOW, 4));

      assertThat(harness.getSideOutput(NicWatch.LATE))
          .extracting(StreamRecord::getValue)
          .containsExactly(
              new RejectedRecord(
                  "late sample: its window was over at 1970-01-01T00:00:30Z; a greater"
                      + " --out-of-orderness waits longer",
                  "n1/mlx5_0",
                  5L,
                  "STATE  1.0",
                  null));
    }
  }

  @Test
  void theRateThatWasDeclaredAtTheTimeOfAWindowCounts() throws Exception {
    try (var harness = harness(null)) {
      for (int window = 0; window < 100; window++) {
        double declared = window < 50 ? 200 : 400;
        harness.processElement2(estate(window * WINDOW, declared));
        harness.processElement1(sample(Signal.RATE, window * WINDOW + 1, 200));
        harness.processBothWatermarks(new Watermark((window + 1) * WINDOW - 1));
      }

      assertThat(harness.extractOutputValues())
          .singleElement()
          .satisfies(
              event -> {
                var health = ((BoardEvent.HealthChanged) event).event();
                assertThat(health.change()).isEqualTo(Change.DEGRADED);
                assertThat(health.from()).isEqualTo(50 * WINDOW);
              });
      assertThat(rates(harness)).hasSizeLessThanOrEqualTo(4);
    }
  }

  /** However often estates come, what is kept of rates does not grow. */
  private static double[] rates(
      KeyedTwoInputStreamOperatorTestHarness<String, NicSample, BoardEvent, BoardEvent> harness)
      throws Exception {
    return harness
        .getOperator()
        .getOperatorStateBackend()
        .getBroadcastState(NicWatch.RATES)
        .get("n1\nmlx5_0");
  }

  /** Traffic that halves, a sample a window. */
  private static List<StreamRecord<NicSample>> halving(int windows, int halves) {
    var random = new Random(3);
    var samples = new ArrayList<StreamRecord<NicSample>>();
    double moved = 0;
    for (int window = 0; window < windows; window++) {
      moved += 3e11 * (1 + 0.03 * random.nextGaussian()) * (window < halves ? 1 : 0.5);
      samples.add(sample(Signal.RECEIVED, window * WINDOW, moved));
    }
    return samples;
  }

  @Test
  void unusualTrafficIsToldAndARestartChangesNothing() throws Exception {
    var samples = halving(300, 240);
    var unbroken = new ArrayList<BoardEvent>();
    var restarted = new ArrayList<BoardEvent>();
    try (var harness = harness(null)) {
      run(harness, samples);
      unbroken.addAll(harness.extractOutputValues());
    }

    OperatorSubtaskState state;
    try (var harness = harness(null)) {
      run(harness, samples.subList(0, 242));
      restarted.addAll(harness.extractOutputValues());
      state = harness.snapshot(1, 1);
    }
    try (var harness = harness(state)) {
      run(harness, samples.subList(242, samples.size()));
      restarted.addAll(harness.extractOutputValues());
    }

    assertThat(restarted).isEqualTo(unbroken);
    var warning = ((BoardEvent.LinkWarned) unbroken.get(0)).warning();
    assertThat(warning.change()).isEqualTo(LinkWarning.Change.UNUSUAL);
    assertThat(warning.from()).isBetween(240 * WINDOW, 250 * WINDOW);
    assertThat(warning.ts() - warning.from()).isBetween(WINDOW, 4 * WINDOW);
    assertThat(warning.ts() % (4 * WINDOW)).isZero();
  }

  private static void run(
      KeyedTwoInputStreamOperatorTestHarness<String, NicSample, BoardEvent, BoardEvent> harness,
      List<StreamRecord<NicSample>> samples)
      throws Exception {
    for (var sample : samples) {
      harness.processElement1(sample);
      harness.processBothWatermarks(new Watermark(sample.getTimestamp() + WINDOW - 1));
    }
  }
}
