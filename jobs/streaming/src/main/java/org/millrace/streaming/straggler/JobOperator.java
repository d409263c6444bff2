package org.millrace.streaming.straggler;

import java.io.IOException;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
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
import org.millrace.schema.RejectedRecord;
import org.millrace.schema.StragglerIncident;
import org.millrace.streaming.job.ContractSerializer;
import org.millrace.streaming.job.StreamingRun;
import org.millrace.streaming.job.Tally;
import org.millrace.streaming.straggler.diagnose.Observation;
import org.millrace.streaming.straggler.diagnose.Settings;

/**
 * Watches training jobs: puts the observations of each in order of time, as far as the watermark
 * has come, and has its monitor judge them. A job's ranks must be compared with each other, so a
 * job is a key; what comes out depends on its observations alone, not on when watermarks came.
 *
 * <p>Jobs are kept on the heap as they are, and written to keyed state before each checkpoint.
 */
final class JobOperator extends AbstractStreamOperator<StragglerIncident>
    implements OneInputStreamOperator<Observation, StragglerIncident>,
        Triggerable<String, VoidNamespace> {

  /** What came behind the watermark. */
  static final OutputTag<RejectedRecord> LATE =
      new OutputTag<>("late", ContractSerializer.type(RejectedRecord.class));

  static final String TOO_LATE = "late";
  static final String DUPLICATES = StreamingRun.DROPPED + "duplicate";

  private static final long serialVersionUID = 1L;
  private static final long MICROS = 1000;

  private final Settings settings;
  private final long endUs;

  private transient ValueState<byte[]> state;
  private transient InternalTimerService<VoidNamespace> timers;
  private transient Map<String, WatchedJob> jobs;
  private transient DataOutputSerializer buffer;
  private transient StragglerRecords records;
  private transient long nowUs;
  private transient Tally tally;
  private transient Tally.One duplicates;

  /**
   * @param endUs when the records end, microseconds: what is open then is open for so long; the
   *     smallest long if that isn't known, then a job's end is its last observation
   */
  JobOperator(Settings settings, long endUs) {
    this.settings = settings;
    this.endUs = endUs;
  }

  @Override
  public void initializeState(StateInitializationContext context) throws Exception {
    super.initializeState(context);
    state =
        context
            .getKeyedStateStore()
            .getState(new ValueStateDescriptor<>("job", BytePrimitiveArraySerializer.INSTANCE));
    tally = new Tally(getRuntimeContext(), context.getOperatorStateStore());
    duplicates = tally.one(DUPLICATES);
  }

  @Override
  public void open() throws Exception {
    super.open();
    timers = getInternalTimerService("wake", VoidNamespaceSerializer.INSTANCE, this);
    jobs = new HashMap<>();
    buffer = new DataOutputSerializer(1 << 16);
    records = new StragglerRecords(settings);
    nowUs = Long.MIN_VALUE;
    getMetricGroup().gauge("jobs", () -> jobs.size());
  }

  @Override
  public void processElement(StreamRecord<Observation> element) throws Exception {
    var observation = element.getValue();
    var job = job(observation.job());
    // After a restart the job may know more of the time than the stream.
    long judgedUs = Math.max(nowUs, job.monitor().lastUs());
    if (observation.tsUs() <= judgedUs) {
      late(observation, judgedUs);
    } else if (!job.add(observation)) {
      duplicates.add(1);
    }
  }

  private WatchedJob job(String name) throws IOException {
    var job = jobs.get(name);
    if (job == null) {
      job = new WatchedJob(name, settings);
      var written = state.value();
      if (written != null) {
        job.read(written, settings);
      }
      jobs.put(name, job);
    }
    return job;
  }

  private void late(Observation observation, long judgedUs) {
    tally.one(StreamingRun.QUARANTINED + TOO_LATE).add(1);
    output.collect(
        LATE,
        new StreamRecord<>(
            new RejectedRecord(
                String.format(
                    Locale.ROOT,
                    "%s: %.3f s behind the stream; --out-of-orderness waits longer",
                    TOO_LATE,
                    (judgedUs - observation.tsUs()) / 1e6),
                observation.job(),
                observation.tsUs() / MICROS,
                observation.toString(),
                null)));
  }

  @Override
  public void processWatermark(Watermark mark) throws Exception {
    boolean end = mark.getTimestamp() == Long.MAX_VALUE;
    // A watermark says that no earlier millisecond comes, nor the rest of its own.
    nowUs = end ? Long.MAX_VALUE : mark.getTimestamp() * MICROS + MICROS - 1;
    for (var name : new ArrayList<>(jobs.keySet())) {
      var job = jobs.get(name);
      if (end || job.wakeUs() <= nowUs) {
        setCurrentKey(name);
        goOn(name, job);
      }
    }
    // Lets timers go off: those of jobs that are not on the heap since a restart.
    super.processWatermark(mark);
  }

  private void goOn(String name, WatchedJob job) throws IOException {
    job.changed(true);
    for (var next = job.next(nowUs); next != null; next = job.next(nowUs)) {
      if (next.tsUs() >= job.monitor().expiryUs()) {
        forget(job);
      }
      if (!job.monitor().observe(next)) {
        tally.one(StreamingRun.DROPPED + "operation already judged").add(1);
      }
      tell(job);
    }
    if (nowUs == Long.MAX_VALUE) {
      job.monitor().advance(Math.max(endUs, job.monitor().lastUs()));
      job.monitor().finish();
    } else {
      job.monitor().advance(nowUs);
      if (job.monitor().expiryUs() <= nowUs) {
        forget(job);
        if (job.isQuiet()) {
          state.clear();
          jobs.remove(name);
        }
      }
    }
    tell(job);
  }

  /** The job has been silent for so long that what comes next is of a new one. */
  private void forget(WatchedJob job) {
    job.monitor().expire();
    tell(job);
    job.forget(settings);
  }

  private void tell(WatchedJob job) {
    for (var incident : job.monitor().incidents()) {
      tally.one("incidents_" + incident.kind().name().toLowerCase(Locale.ROOT)).add(1);
      output.collect(new StreamRecord<>(records.of(incident), incident.tsUs() / MICROS));
    }
  }

  @Override
  public void onEventTime(InternalTimer<String, VoidNamespace> timer) throws Exception {
    var name = timer.getKey();
    if (jobs.containsKey(name)) {
      jobs.get(name).timer(WatchedJob.NO_TIMER);
    } else if (state.value() != null) {
      job(name).timer(WatchedJob.NO_TIMER);
      goOn(name, job(name));
    }
  }

  @Override
  public void onProcessingTime(InternalTimer<String, VoidNamespace> timer) {}

  @Override
  public void prepareSnapshotPreBarrier(long checkpoint) throws Exception {
    for (var job : jobs.entrySet()) {
      if (job.getValue().changed()) {
        setCurrentKey(job.getKey());
        save(job.getValue());
      }
    }
  }

  private void save(WatchedJob job) throws IOException {
    setTimer(job);
    buffer.clear();
    job.write(buffer);
    state.update(buffer.getCopyOfBuffer());
    job.changed(false);
  }

  /** One timer a job: after a restart it is on the heap again when there is something to do. */
  private void setTimer(WatchedJob job) {
    long wakeUs = job.wakeUs();
    long wake = wakeUs == Long.MAX_VALUE ? WatchedJob.NO_TIMER : Math.floorDiv(wakeUs, MICROS);
    // One that goes off early does no harm.
    if (wake < job.timer()) {
      if (job.timer() != WatchedJob.NO_TIMER) {
        timers.deleteEventTimeTimer(VoidNamespace.INSTANCE, job.timer());
      }
      timers.registerEventTimeTimer(VoidNamespace.INSTANCE, wake);
      job.timer(wake);
    }
  }

  @Override
  public void snapshotState(StateSnapshotContext context) throws Exception {
    super.snapshotState(context);
    tally.snapshot();
  }
}
