package org.millrace.streaming.anomaly;

import java.util.HashMap;
import java.util.Map;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.millrace.streaming.anomaly.input.Reading;
import org.millrace.streaming.job.Tally;

/**
 * Puts single values that follow each other for the same device and time into one row, before they
 * cross the network: a tenth of the records with ten variables. It changes nothing else: a device's
 * values leave in the order in which they came, before any later watermark or checkpoint, so there
 * is nothing to keep in state.
 */
final class RowAssembler extends AbstractStreamOperator<Reading>
    implements OneInputStreamOperator<Reading, Reading> {

  private static final long serialVersionUID = 1L;

  /** Longest that a value waits for the rest of its row, by this machine's clock. */
  static final long PATIENCE_MILLIS = 50;

  private static final int MOST_DEVICES = 50_000;

  private transient Map<String, PartialRow> rows;
  private transient Tally tally;
  private transient Tally.One points;
  private transient Tally.One absentPoints;
  private transient Tally.One duplicates;
  private transient boolean scheduled;
  private transient StreamRecord<Reading> reused;

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    tally = new Tally(getRuntimeContext(), context.getOperatorStateStore());
    points = tally.one("points_in");
    absentPoints = tally.one("points_absent");
    duplicates = tally.one(DeviceOperator.DUPLICATES);
  }

  @Override
  public void open() throws Exception {
    super.open();
    rows = new HashMap<>();
    reused = new StreamRecord<>(null);
  }

  @Override
  public void processElement(StreamRecord<Reading> element) {
    var reading = element.getValue();
    int absent = 0;
    for (double value : reading.values()) {
      absent += Double.isNaN(value) ? 1 : 0;
    }
    points.add(reading.values().length - absent);
    absentPoints.add(absent);
    var row = rows.get(reading.device());
    if (row != null && row.ts() == reading.ts()) {
      duplicates.add(row.add(reading));
      return;
    }
    if (row == null && reading.values().length > 1) {
      output.collect(element);
      return;
    }
    if (row != null) {
      emit(reading.device(), row);
    }
    rows.put(reading.device(), PartialRow.of(reading));
    if (rows.size() >= MOST_DEVICES) {
      flush();
    } else if (!scheduled) {
      scheduled = true;
      var clock = getProcessingTimeService();
      clock.registerTimer(
          clock.getCurrentProcessingTime() + PATIENCE_MILLIS,
          time -> {
            scheduled = false;
            flush();
          });
    }
  }

  private void emit(String device, PartialRow row) {
    output.collect(reused.replace(row.reading(device), row.ts()));
  }

  private void flush() {
    rows.forEach(this::emit);
    rows.clear();
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    flush();
    super.processWatermark(mark);
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpoint) {
    flush();
  }

  @Override
  public void finish() throws Exception {
    flush();
    super.finish();
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    tally.snapshot();
  }
}
