package org.millrace.streaming.anomaly;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeutils.base.LongSerializer;
import org.apache.flink.api.common.typeutils.base.array.BytePrimitiveArraySerializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.StateInitializationContext;
import org.apache.flink.runtime.state.StateSnapshotContext;
import org.apache.flink.runtime.state.VoidNamespace;
import org.apache.flink.runtime.state.VoidNamespaceSerializer;
import org.apache.flink.streaming.api.operators.AbstractStreamOperator;
import org.apache.flink.streaming.api.operators.InternalTimer;
import org.apache.flink.streaming.api.operators.InternalTimerService;
import org.apache.flink.streaming.api.operators.OneInputStreamOperator;
import org.apache.flink.streaming.api.operators.Triggerable;
import org.apache.flink.streaming.api.watermark.Watermark;
import org.apache.flink.streaming.runtime.streamrecord.StreamRecord;
import org.apache.flink.util.OutputTag;
import org.millrace.schema.Anomaly;
import org.millrace.schema.LateMetric;
import org.millrace.schema.RejectedRecord;
import org.millrace.schema.SeriesStatus;
import org.millrace.streaming.anomaly.input.Reading;
import org.millrace.streaming.anomaly.rola.Alert;
import org.millrace.streaming.anomaly.rola.DetectorFactory;
import org.millrace.streaming.anomaly.rola.MonitorConfig;
import org.millrace.streaming.anomaly.rola.MonitorEvent;
import org.millrace.streaming.anomaly.rola.Partnerless;
import org.millrace.streaming.anomaly.rola.Report;
import org.millrace.streaming.anomaly.rola.StatusChange;
import org.millrace.streaming.job.ContractSerializer;
import org.millrace.streaming.job.StreamingRun;
import org.millrace.streaming.job.Tally;

/**
 * Watches devices: puts the rows of each in order of time, has its monitor judge them, and says
 * what that means.
 *
 * <p>A row is judged when the device itself has gone on by the allowed lateness: so what comes out
 * depends on the order of the device's own values alone, not on other devices, partitions or
 * restarts. Only where a device falls silent does the watermark release its last rows, a while
 * later.
 *
 * <p>Devices are kept on the heap as they are; before each checkpoint, and when there are too many,
 * those that changed are written to keyed state. Their history of rows is in keyed state from the
 * start, a chunk at a time.
 */
final class DeviceOperator extends AbstractStreamOperator<Anomaly>
    implements OneInputStreamOperator<Reading, Anomaly>, Triggerable<String, VoidNamespace> {

  /** Whether single anomalous rows are emitted beside episodes. */
  enum Reports {
    EPISODES_ONLY,
    EACH_ROW
  }

  static final OutputTag<SeriesStatus> STATUS =
      new OutputTag<>("status", ContractSerializer.type(SeriesStatus.class));
  static final OutputTag<LateMetric> LATE =
      new OutputTag<>("late", ContractSerializer.type(LateMetric.class));
  static final OutputTag<RejectedRecord> REJECTED =
      new OutputTag<>("rejected", ContractSerializer.type(RejectedRecord.class));

  static final String DUPLICATES = StreamingRun.DROPPED + "duplicate";
  static final String TOO_LATE = StreamingRun.DROPPED + "late";

  /** Flagged values whose variable moves with no other: what --no-partner is about. */
  static final String WITHOUT_PARTNER = "anomalies_without_partner";

  static final String TOO_MANY = "too many variables";

  private static final long serialVersionUID = 1L;

  private final Detection detection;
  private final Lateness lateness;
  private final long alignDelay;
  private final int mostOnHeap;
  private final Reports reports;

  private transient MonitorConfig config;
  private transient DetectorFactory detectors;
  private transient ValueState<byte[]> state;
  private transient StoredChunks chunks;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient LinkedHashMap<String, Device> devices;
  private transient DataOutputSerializer buffer;
  private transient long watermark;
  private transient long nextDue;
  private transient Tally tally;
  private transient Tally.One rows;
  private transient Tally.One duplicates;
  private transient Latency latency;

  /**
   * @param alignDelay by how much the watermark must have passed a row of a silent device,
   *     milliseconds
   * @param mostOnHeap devices
   */
  DeviceOperator(
      Detection detection, Lateness lateness, long alignDelay, int mostOnHeap, Reports reports) {
    this.detection = detection;
    this.lateness = lateness;
    this.alignDelay = alignDelay;
    this.mostOnHeap = mostOnHeap;
    this.reports = reports;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    var store = context.getKeyedStateStore();
    state =
        store.getState(new ValueStateDescriptor<>("device", BytePrimitiveArraySerializer.INSTANCE));
    chunks =
        new StoredChunks(
            store.getMapState(
                new MapStateDescriptor<>(
                    "chunks", LongSerializer.INSTANCE, BytePrimitiveArraySerializer.INSTANCE)));
    tally = new Tally(getRuntimeContext(), context.getOperatorStateStore());
    rows = tally.one("rows");
    duplicates = tally.one(DUPLICATES);
  }

  @Override
  public void open() throws Exception {
    super.open();
    config = detection.config();
    detectors = detection.detectors();
    timers = getInternalTimerService("wake", VoidNamespaceSerializer.INSTANCE, this);
    devices = new LinkedHashMap<>(1024, 0.75f, true);
    buffer = new DataOutputSerializer(16384);
    watermark = Long.MIN_VALUE;
    nextDue = Long.MAX_VALUE;
    latency = new Latency();
    var metrics = getMetricGroup();
    metrics.gauge("devicesOnHeap", () -> devices.size());
    latency.register(metrics);
  }

  @Override
  public void processElement(StreamRecord<Reading> element) throws Exception {
    var reading = element.getValue();
    var device = device(reading.device());
    if (reading.ts() <= device.lastTs()) {
      late(device, reading);
      return;
    }
    device.changed(true);
    duplicates.add(device.waiting().add(reading));
    long newest = device.waiting().newestTs();
    while (!device.waiting().isEmpty()
        && lateness.isOver(device.waiting().oldest().ts(), newest, device.waiting().size())) {
      judge(device, device.waiting().removeOldest());
    }
    due(device);
    if (devices.size() > mostOnHeap) {
      evict();
    }
  }

  private Device device(String name) throws IOException {
    var device = devices.get(name);
    if (device == null) {
      device = new Device(name, config, detectors, chunks);
      var written = state.value();
      if (written != null) {
        device.read(written);
        due(device);
      }
      devices.put(name, device);
    }
    return device;
  }

  /** Takes note of when the watermark will release a row of the device. */
  private void due(Device device) {
    if (!device.waiting().isEmpty()) {
      nextDue = Math.min(nextDue, device.waiting().oldest().ts() + alignDelay);
    }
  }

  private void late(Device device, Reading reading) {
    tally.one(TOO_LATE).add(reading.values().length);
    for (int i = 0; i < reading.values().length; i++) {
      output.collect(
          LATE,
          new StreamRecord<>(
              Records.late(reading, i, device.lastTs() - reading.ts()), reading.ts()));
    }
  }

  private void judge(Device device, PartialRow row) {
    if (device.isAnewAt(row.ts())) {
      giveUp(device);
    }
    if (device.overflows(row)) {
      reject(device, row);
      return;
    }
    rows.add(1);
    tell(device.observe(row));
    latency.update(row.arrived());
  }

  private void giveUp(Device device) {
    tell(device.expire());
    chunks.clear();
  }

  private void reject(Device device, PartialRow row) {
    tally.one(StreamingRun.QUARANTINED + TOO_MANY).add(1);
    var text = new StringBuilder();
    for (int i = 0; i < row.size() && text.length() < 1000; i++) {
      text.append(row.name(i)).append('=').append(row.value(i)).append(' ');
    }
    output.collect(
        REJECTED,
        new StreamRecord<>(
            new RejectedRecord(TOO_MANY, device.name(), row.ts(), text.toString(), null)));
  }

  private void tell(List<MonitorEvent> events) {
    for (int i = 0; i < events.size(); i++) {
      var event = events.get(i);
      if (event instanceof Alert alert) {
        tally.one("anomalies_" + alert.kind().name().toLowerCase(Locale.ROOT)).add(1);
        output.collect(new StreamRecord<>(Records.anomaly(alert), alert.ts()));
      } else if (event instanceof StatusChange change) {
        output.collect(STATUS, new StreamRecord<>(Records.status(change), change.ts()));
      } else if (event instanceof Partnerless partnerless) {
        tally.one(WITHOUT_PARTNER).add(partnerless.variables().size());
      } else if (event instanceof Report report) {
        tally.one("anomalous_rows").add(1);
        if (reports == Reports.EACH_ROW) {
          output.collect(
              new StreamRecord<>(
                  Records.report(report, detectors.name(), config.mode()), report.ts()));
        }
      }
    }
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    watermark = mark.getTimestamp();
    if (watermark >= nextDue) {
      nextDue = Long.MAX_VALUE;
      for (var device : devices.values()) {
        if (!device.waiting().isEmpty()) {
          setCurrentKey(device.name());
          release(device);
        }
      }
    }
    // Lets timers go off: those of devices that are not on the heap, and of silent ones.
    super.processWatermark(mark);
  }

  private void release(Device device) {
    while (!device.waiting().isEmpty()
        && device.waiting().oldest().ts() <= watermark - alignDelay) {
      judge(device, device.waiting().removeOldest());
      device.changed(true);
    }
    due(device);
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    var device = device(timer.getKey());
    device.timer(Device.NO_TIMER);
    release(device);
    // At the end of the input time jumps to its end: nobody has been silent.
    if (watermark != Long.MAX_VALUE && device.waiting().isEmpty() && watermark >= device.expiry()) {
      giveUp(device);
      state.clear();
      devices.remove(device.name());
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {}

  private void evict() throws IOException {
    var eldest = devices.entrySet().iterator();
    while (devices.size() > mostOnHeap && eldest.hasNext()) {
      var device = eldest.next().getValue();
      var current = getCurrentKey();
      if (device.changed()) {
        setCurrentKey(device.name());
        save(device);
        setCurrentKey(current);
      }
      eldest.remove();
    }
  }

  @Override
  public void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
    for (Map.Entry<String, Device> entry : devices.entrySet()) {
      if (entry.getValue().changed()) {
        setCurrentKey(entry.getKey());
        save(entry.getValue());
      }
    }
  }

  private void save(Device device) throws IOException {
    setTimer(device);
    buffer.clear();
    device.write(buffer);
    state.update(buffer.getCopyOfBuffer());
    device.changed(false);
  }

  /** One timer a device, for when it must be looked at even if it sends nothing. */
  private void setTimer(Device device) {
    long wake =
        device.waiting().isEmpty() ? device.expiry() : device.waiting().oldest().ts() + alignDelay;
    // One that goes off early sets the next.
    if (wake < device.timer()) {
      if (device.timer() != Device.NO_TIMER) {
        timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, device.timer());
      }
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, wake);
      device.timer(wake);
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    tally.snapshot();
  }
}
