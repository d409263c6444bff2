package org.millrace.streaming.straggler;

import java.io.IOException;
import java.util.TreeSet;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.millrace.streaming.straggler.diagnose.JobMonitor;
import org.millrace.streaming.straggler.diagnose.Observation;
import org.millrace.streaming.straggler.diagnose.Settings;

/** A training job on the heap: its monitor, and observations that earlier ones may precede. */
final class WatchedJob {

  /** No timer is set. */
  static final long NO_TIMER = Long.MAX_VALUE;

  /** Version of the written state: version, timer, waiting observations, monitor. */
  private static final int VERSION = 1;

  private final String name;
  private JobMonitor monitor;
  private final TreeSet<Observation> waiting = new TreeSet<>(Observation.ORDER);
  private long timer = NO_TIMER;
  private boolean changed;

  WatchedJob(String name, Settings settings) {
    this.name = name;
    this.monitor = new JobMonitor(name, settings);
  }

  JobMonitor monitor() {
    return monitor;
  }

  /** Begins anew, as a job that was never heard of; what waits goes on waiting. */
  void forget(Settings settings) {
    monitor = new JobMonitor(name, settings);
  }

  /** Keeps an observation until its time has come; false if it waits already. */
  boolean add(Observation observation) {
    changed = true;
    return waiting.add(observation);
  }

  /** The earliest that waits, if its time has come; else null. */
  Observation next(long nowUs) {
    if (waiting.isEmpty() || waiting.first().tsUs() > nowUs) {
      return null;
    }
    changed = true;
    return waiting.pollFirst();
  }

  /** When something is to be done though nothing comes, microseconds. */
  long wakeUs() {
    long first = waiting.isEmpty() ? Long.MAX_VALUE : waiting.first().tsUs();
    return Math.min(Math.min(first, monitor.wakeUs()), monitor.expiryUs());
  }

  boolean isQuiet() {
    return waiting.isEmpty();
  }

  /** The time of the timer that is set for the job, milliseconds. */
  long timer() {
    return timer;
  }

  void timer(long time) {
    timer = time;
    changed = true;
  }

  /** Whether it differs from what was written last. */
  boolean changed() {
    return changed;
  }

  void changed(boolean changed) {
    this.changed = changed;
  }

  void write(DataOutputSerializer out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(timer);
    out.writeInt(waiting.size());
    for (var observation : waiting) {
      ObservationSerializer.INSTANCE.serialize(observation, out);
    }
    monitor.write(out);
  }

  void read(byte[] state, Settings settings) throws IOException {
    var in = new DataInputDeserializer(state);
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException(
          "state of job %s has version %d, this release reads 1 to %d: use the release that wrote it, or start without it"
              .formatted(name, version, VERSION));
    }
    timer = in.readLong();
    for (int left = in.readInt(); left > 0; left--) {
      waiting.add(ObservationSerializer.INSTANCE.deserialize(in));
    }
    monitor = JobMonitor.read(in, name, settings);
  }
}
