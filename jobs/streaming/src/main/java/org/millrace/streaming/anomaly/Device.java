package org.millrace.streaming.anomaly;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.millrace.streaming.anomaly.rola.ChunkStore;
import org.millrace.streaming.anomaly.rola.DetectorFactory;
import org.millrace.streaming.anomaly.rola.DeviceMonitor;
import org.millrace.streaming.anomaly.rola.MonitorConfig;
import org.millrace.streaming.anomaly.rola.MonitorEvent;

/** A device that is on the heap: its monitor and the rows that wait to be whole. */
final class Device {

  /** Version of the written state: version, timer, waiting rows, whether watched yet, monitor. */
  static final int VERSION = 1;

  /** No timer is set. */
  static final long NO_TIMER = Long.MAX_VALUE;

  private final String name;
  private final MonitorConfig config;
  private final DetectorFactory detectors;
  private final ChunkStore chunks;
  private final Map<String, Integer> places = new HashMap<>();

  private DeviceMonitor monitor;
  private WaitingRows waiting = new WaitingRows();
  private List<String> variables = List.of();
  private double[] values = {};
  private long timer = NO_TIMER;
  private boolean changed;

  Device(String name, MonitorConfig config, DetectorFactory detectors, ChunkStore chunks) {
    this.name = name;
    this.config = config;
    this.detectors = detectors;
    this.chunks = chunks;
    forget();
  }

  String name() {
    return name;
  }

  WaitingRows waiting() {
    return waiting;
  }

  /** Time of the last row that was judged; the smallest long if there is none. */
  long lastTs() {
    return monitor.lastTs();
  }

  long expiry() {
    return lastTs() == Long.MIN_VALUE ? Long.MAX_VALUE : monitor.expiry();
  }

  /** The time of the timer that is set for the device. */
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

  /** Begins anew, as a device that was never heard of. */
  private void forget() {
    monitor = new DeviceMonitor(name, config, detectors, chunks);
    variables = List.of();
    places.clear();
    values = new double[0];
  }

  /** Closes what is open; the device is then as if it had never been heard of. */
  List<MonitorEvent> expire() {
    var closed = monitor.expire(monitor.expiry());
    forget();
    changed = true;
    return closed;
  }

  /** Whether the device was silent before this time for so long that it counts as a new one. */
  boolean isAnewAt(long ts) {
    return lastTs() != Long.MIN_VALUE && ts >= monitor.expiry();
  }

  /** Whether the row would give the device more variables than it may have. */
  boolean overflows(PartialRow row) {
    int unknown = 0;
    for (int i = 0; i < row.size(); i++) {
      if (!places.containsKey(row.name(i))) {
        unknown++;
      }
    }
    return places.size() + unknown > DeviceMonitor.MAX_VARIABLES;
  }

  /** Judges a row. */
  List<MonitorEvent> observe(PartialRow row) {
    place(row);
    Arrays.fill(values, Double.NaN);
    for (int i = 0; i < row.size(); i++) {
      values[places.get(row.name(i))] = row.value(i);
    }
    return monitor.observe(row.ts(), variables, values);
  }

  /** New variables join in order of name, so that it doesn't matter in which order they came. */
  private void place(PartialRow row) {
    List<String> unknown = null;
    for (int i = 0; i < row.size(); i++) {
      if (!places.containsKey(row.name(i))) {
        unknown = unknown == null ? new ArrayList<>() : unknown;
        unknown.add(row.name(i));
      }
    }
    if (unknown != null) {
      unknown.sort(null);
      var all = new ArrayList<>(variables);
      all.addAll(unknown);
      know(all);
    }
  }

  private void know(List<String> all) {
    variables = List.copyOf(all);
    for (int i = places.size(); i < variables.size(); i++) {
      places.put(variables.get(i), i);
    }
    values = new double[variables.size()];
  }

  void write(DataOutputSerializer out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(timer);
    waiting.write(out);
    boolean watched = lastTs() != Long.MIN_VALUE;
    out.writeBoolean(watched);
    if (watched) {
      monitor.write(out);
    }
  }

  void read(byte[] state) throws IOException {
    var in = new DataInputDeserializer(state);
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException(
          "state of device %s has version %d, this release reads 1 to %d: use the release that wrote it, or start without it"
              .formatted(name, version, VERSION));
    }
    timer = in.readLong();
    waiting = WaitingRows.read(in);
    if (in.readBoolean()) {
      monitor = DeviceMonitor.read(in, name, config, detectors, chunks);
      know(List.copyOf(monitor.statuses().keySet()));
    }
  }
}
