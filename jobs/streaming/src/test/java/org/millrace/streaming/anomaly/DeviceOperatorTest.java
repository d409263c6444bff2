package org.millrace.streaming.anomaly;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.runtime.checkpoint.OperatorSubtaskState;
import org.apache.flink.runtime.state.KeyGroupRangeAssignment;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.streaming.util.AbstractStreamOperatorTestHarness;
import org.apache.flink.streaming.util.KeyedOneInputStreamOperatorTestHarness;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.millrace.schema.Anomaly;
import org.millrace.streaming.anomaly.DeviceOperator.Reports;
import org.millrace.streaming.anomaly.input.Reading;
import org.millrace.streaming.job.ContractSerializer;
import org.millrace.streaming.job.RecordJson;

class DeviceOperatorTest {

  private static final Telemetry TELEMETRY = new Telemetry(3, 3, 260);

  /** Long enough for a tail: a detector that needs a thousand points to begin. */
  private static final Telemetry LONG_TELEMETRY = new Telemetry(2, 2, 1800);

  private static final long MINUTE = 60_000;
  private static final int MAX_PARALLELISM = 128;

  /** A task of the operator, and what it has said. */
  private static final class Task implements AutoCloseable {

    final KeyedOneInputStreamOperatorTestHarness<String, Reading, Anomaly> harness;
    private int read;

    Task(int onHeap, int parallelism, int index, OperatorSubtaskState state) throws Exception {
      this(DetectorKind.ROLA, onHeap, parallelism, index, state);
    }

    Task(DetectorKind detector, int onHeap, int parallelism, int index, OperatorSubtaskState state)
        throws Exception {
      harness =
          new KeyedOneInputStreamOperatorTestHarness<>(
              new DeviceOperator(
                  ChosenDetection.byDefault(detector),
                  Lateness.steps(2),
                  MINUTE,
                  onHeap,
                  Reports.EPISODES_ONLY),
              Reading::device,
              Types.STRING,
              MAX_PARALLELISM,
              parallelism,
              index);
      harness.setup(ContractSerializer.type(Anomaly.class).createSerializer(null));
      if (state != null) {
        harness.initializeState(state);
      }
      harness.open();
    }

    Task() throws Exception {
      this(100, 1, 0, null);
    }

    void take(List<Reading> readings) throws Exception {
      for (var reading : readings) {
        take(reading);
      }
    }

    void take(Reading reading) throws Exception {
      harness.processElement(new StreamRecord<>(reading, reading.ts()));
    }

    void watermark(long ts) throws Exception {
      harness.processWatermark(new Watermark(ts));
    }

    void end() throws Exception {
      watermark(Long.MAX_VALUE);
    }

    OperatorSubtaskState snapshot(long checkpoint) throws Exception {
      harness.prepareSnapshotPreBarrier(checkpoint);
      return harness.snapshot(checkpoint, checkpoint);
    }

    List<String> said() {
      var said = new ArrayList<String>();
      for (var element : harness.getOutput()) {
        if (element instanceof StreamRecord<?> record && record.getValue() instanceof Anomaly a) {
          said.add(new String(RecordJson.bytes(a)));
        }
      }
      var statuses = harness.getSideOutput(DeviceOperator.STATUS);
      if (statuses != null) {
        statuses.forEach(status -> said.add(new String(RecordJson.bytes(status.getValue()))));
      }
      return said;
    }

    List<String> late() {
      var late = new ArrayList<String>();
      var found = harness.getSideOutput(DeviceOperator.LATE);
      if (found != null) {
        found.forEach(each -> late.add(new String(RecordJson.bytes(each.getValue()))));
      }
      return late;
    }

    long count(String name) {
      return (Long) harness.getOperator().getRuntimeContext().getAccumulator(name).getLocalValue();
    }

    @Override
    public void close() throws Exception {
      harness.close();
    }
  }

  private static List<String> sorted(List<String> said) {
    var sorted = new ArrayList<>(said);
    Collections.sort(sorted);
    return sorted;
  }

  private static List<String> undisturbed() throws Exception {
    try (var task = new Task()) {
      task.take(TELEMETRY.readings());
      task.end();
      return sorted(task.said());
    }
  }

  private static Reading reading(long ts, String variable, double value) {
    return new Reading("d", ts, new String[] {variable}, new double[] {value}, 0);
  }

  @Test
  void opensAndClosesAnEpisodeADevice() throws Exception {
    var said = undisturbed();

    for (int device = 0; device < TELEMETRY.devices(); device++) {
      var name = "\"device\":\"host-" + device + "\"";
      for (var kind : List.of("OPEN", "CLOSE")) {
        assertThat(said)
            .anyMatch(line -> line.contains(name) && line.contains("\"kind\":\"" + kind + "\""));
      }
    }
  }

  @Test
  void orderWithinTheLatenessDoesNotMatter() throws Exception {
    var readings = new ArrayList<>(TELEMETRY.readings());
    var random = new Random(3);
    // Swaps of a device's neighbouring rows: one step out of order.
    for (int i = 0; i + TELEMETRY.devices() < readings.size(); i += 2 * TELEMETRY.devices()) {
      int device = random.nextInt(TELEMETRY.devices());
      Collections.swap(readings, i + device, i + device + TELEMETRY.devices());
    }

    try (var task = new Task()) {
      task.take(readings);
      task.end();

      assertThat(task.late()).isEmpty();
      assertThat(sorted(task.said())).isEqualTo(undisturbed());
    }
  }

  @Test
  void wholeRowsAndSingleValuesAreTheSame() throws Exception {
    try (var task = new Task()) {
      for (var row : TELEMETRY.readings()) {
        for (int v = row.values().length - 1; v >= 0; v--) {
          task.take(
              new Reading(
                  row.device(),
                  row.ts(),
                  new String[] {row.variables()[v]},
                  new double[] {row.values()[v]},
                  0));
        }
      }
      task.end();

      assertThat(sorted(task.said())).isEqualTo(undisturbed());
    }
  }

  @Test
  void whatComesAfterItsRowWasJudgedIsLate() throws Exception {
    try (var task = new Task()) {
      for (int i = 0; i < 5; i++) {
        task.take(reading(i * 1000L, "a", i));
      }

      task.take(reading(2000, "a", 7));
      task.take(reading(500, "b", Double.NaN));

      assertThat(task.late())
          .containsExactly(
              "{\"device\":\"d\",\"variable\":\"a\",\"ts\":2000,\"value\":7.0,\"lateness\":0}",
              "{\"device\":\"d\",\"variable\":\"b\",\"ts\":500,\"value\":null,\"lateness\":1500}");
      assertThat(task.count(DeviceOperator.TOO_LATE)).isEqualTo(2);
      assertThat(task.count("rows")).isEqualTo(3);
    }
  }

  @Test
  void ofDuplicatesTheLastCounts() throws Exception {
    var readings = TELEMETRY.readings();

    try (var task = new Task()) {
      for (var row : readings) {
        task.take(new Reading(row.device(), row.ts(), new String[] {"v0"}, new double[] {1e9}, 0));
        task.take(row);
      }
      task.end();

      assertThat(task.count(DeviceOperator.DUPLICATES)).isEqualTo(readings.size());
      assertThat(sorted(task.said())).isEqualTo(undisturbed());
    }
  }

  @Test
  void whatHadNoPartnerIsCounted() throws Exception {
    var random = new Random(1);

    try (var task = new Task()) {
      for (int t = 0; t < 200; t++) {
        double[] values = {20 + random.nextGaussian(), 20 + random.nextGaussian()};
        if (t == 150) {
          values[1] = 2000;
        }
        task.take(new Reading("d", t * MINUTE, new String[] {"a", "b"}, values, 0));
      }
      task.end();

      assertThat(task.said()).noneMatch(line -> line.contains("\"kind\""));
      // The outlier, and the rows after it whose mean error it is a part of.
      assertThat(task.count(DeviceOperator.WITHOUT_PARTNER)).isBetween(1L, 10L);
    }
  }

  @Test
  void aSilentDevicesLastRowsAreJudgedWhenTheWatermarkHasPassed() throws Exception {
    try (var task = new Task()) {
      task.take(reading(1000, "a", 1));
      task.take(reading(2000, "a", 1));

      task.watermark(1000 + MINUTE - 1);
      assertThat(task.count("rows")).isZero();
      task.watermark(1000 + MINUTE);
      assertThat(task.count("rows")).isEqualTo(1);
      task.watermark(2000 + MINUTE);
      assertThat(task.count("rows")).isEqualTo(2);
    }
  }

  @Test
  void waitingRowsAreJudgedAfterARestoreToo() throws Exception {
    OperatorSubtaskState state;
    try (var task = new Task()) {
      task.take(reading(1000, "a", 1));
      task.take(reading(2000, "a", 1));
      state = task.snapshot(1);
    }

    try (var task = new Task(100, 1, 0, state)) {
      task.watermark(2000 + MINUTE);

      assertThat(task.count("rows")).isEqualTo(2);
    }
  }

  @Test
  void oneClockAheadDoesNotStopItsDevice() throws Exception {
    try (var task = new Task()) {
      for (int i = 0; i < 10; i++) {
        task.take(reading(i * 1000L, "a", i));
      }
      task.take(reading(9_000_000, "a", 0));
      for (int i = 10; i < 20; i++) {
        task.take(reading(i * 1000L, "a", i));
      }

      assertThat(task.late()).isEmpty();
      assertThat(task.count("rows")).isEqualTo(19);
    }
  }

  @Test
  void restoredInTheMiddleItGoesOnAsIfNothingHadHappened() throws Exception {
    var readings = TELEMETRY.readings();
    var said = new ArrayList<String>();
    OperatorSubtaskState state = null;
    int from = 0;
    for (int to : List.of(100, 371, 372, 555, readings.size())) {
      try (var task = new Task(to % 2 == 0 ? 100 : 1, 1, 0, state)) {
        task.take(readings.subList(from, to));
        if (to == readings.size()) {
          task.end();
        }
        state = task.snapshot(to);
        said.addAll(task.said());
      }
      from = to;
    }

    assertThat(sorted(said)).isEqualTo(undisturbed());
  }

  @ParameterizedTest
  @EnumSource(DetectorKind.class)
  void anyDetectorRestoredInTheMiddleGoesOnAsIfNothingHadHappened(DetectorKind detector)
      throws Exception {
    var readings = LONG_TELEMETRY.readings();
    List<String> undisturbed;
    try (var task = new Task(detector, 100, 1, 0, null)) {
      task.take(readings);
      task.end();
      undisturbed = sorted(task.said());
    }
    assertThat(undisturbed).anyMatch(line -> line.contains("\"kind\":\"OPEN\""));

    var said = new ArrayList<String>();
    OperatorSubtaskState state = null;
    int from = 0;
    for (int to : List.of(150, 1701, 2401, readings.size())) {
      try (var task = new Task(detector, 100, 1, 0, state)) {
        task.take(readings.subList(from, to));
        if (to == readings.size()) {
          task.end();
        }
        state = task.snapshot(to);
        said.addAll(task.said());
      }
      from = to;
    }

    assertThat(sorted(said)).isEqualTo(undisturbed);
  }

  @Test
  void fewDevicesOnTheHeapChangeNothing() throws Exception {
    try (var task = new Task(1, 1, 0, null)) {
      task.take(TELEMETRY.readings());
      task.end();

      assertThat(sorted(task.said())).isEqualTo(undisturbed());
    }
  }

  @Test
  void fromOneTaskToFourAndBack() throws Exception {
    var readings = TELEMETRY.readings();
    int third = readings.size() / 3;
    var said = new ArrayList<String>();
    OperatorSubtaskState one;
    try (var task = new Task()) {
      task.take(readings.subList(0, third));
      one = task.snapshot(1);
      said.addAll(task.said());
    }
    var parts = new OperatorSubtaskState[4];
    for (int index = 0; index < 4; index++) {
      var own =
          AbstractStreamOperatorTestHarness.repartitionOperatorState(
              one, MAX_PARALLELISM, 1, 4, index);
      try (var task = new Task(100, 4, index, own)) {
        for (var reading : readings.subList(third, 2 * third)) {
          if (isOf(index, reading.device())) {
            task.take(reading);
          }
        }
        parts[index] = task.snapshot(2);
        said.addAll(task.said());
      }
    }

    var all =
        AbstractStreamOperatorTestHarness.repartitionOperatorState(
            AbstractStreamOperatorTestHarness.repackageState(parts), MAX_PARALLELISM, 4, 1, 0);
    try (var task = new Task(100, 1, 0, all)) {
      task.take(readings.subList(2 * third, readings.size()));
      task.end();
      said.addAll(task.said());
      assertThat(task.count("rows")).isEqualTo(readings.size());
    }

    assertThat(sorted(said)).isEqualTo(undisturbed());
  }

  private static boolean isOf(int index, String device) {
    return KeyGroupRangeAssignment.assignKeyToParallelOperator(device, MAX_PARALLELISM, 4) == index;
  }

  @Test
  void aDeviceThatIsSilentForAWeekIsForgotten() throws Exception {
    var week = 7 * 24 * 60 * MINUTE;
    try (var task = new Task()) {
      task.take(TELEMETRY.readings().subList(0, TELEMETRY.readings().size() / 2));
      task.snapshot(1);
      assertThat(task.harness.numKeyedStateEntries()).isPositive();

      task.watermark(Telemetry.START + TELEMETRY.rows() * Telemetry.STEP + week);

      assertThat(task.harness.numKeyedStateEntries()).isZero();
      assertThat(task.harness.numEventTimeTimers()).isZero();
    }
  }

  @Test
  void aWeekOfSilenceIsTheSameWhoeverNoticesIt() throws Exception {
    var first = TELEMETRY.readings();
    long later = 8 * 24 * 60 * MINUTE;
    var second = new ArrayList<Reading>();
    for (var reading : first) {
      second.add(
          new Reading(
              reading.device(), reading.ts() + later, reading.variables(), reading.values(), 0));
    }
    List<String> byRow;
    try (var task = new Task()) {
      task.take(first);
      task.take(second);
      task.end();
      byRow = sorted(task.said());
    }

    try (var task = new Task()) {
      task.take(first);
      task.snapshot(1);
      task.watermark(Telemetry.START + later - 1);
      task.take(second);
      task.end();

      assertThat(sorted(task.said())).isEqualTo(byRow);
    }
  }

  @Test
  void oneTimerADevice() throws Exception {
    try (var task = new Task()) {
      var readings = TELEMETRY.readings();
      for (int from = 0; from < readings.size(); from += 60) {
        task.take(readings.subList(from, Math.min(from + 60, readings.size())));
        task.watermark(readings.get(from).ts());
        task.snapshot(from + 1);
      }

      assertThat(task.harness.numEventTimeTimers()).isEqualTo(TELEMETRY.devices());
    }
  }

  @Test
  void tooManyVariablesAreSetApart() throws Exception {
    try (var task = new Task()) {
      for (int i = 0; i < 5000; i++) {
        task.take(reading(1000L * (i / 1000), "v" + i, i));
      }
      task.end();

      assertThat(task.harness.getSideOutput(DeviceOperator.REJECTED))
          .extracting(record -> record.getValue().getReason())
          .containsExactly(DeviceOperator.TOO_MANY);
      assertThat(task.count("rows")).isEqualTo(4);
    }
  }
}
