package org.millrace.streaming.placement.warning;

import static java.util.Objects.requireNonNull;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.millrace.streaming.placement.health.NicSample;
import org.millrace.streaming.placement.health.Signal;

/**
 * Watches the traffic of one NIC: its counters become a rate a window and signal, the sum of those
 * of one signal, and a detector judges each signal's rates. Samples of one window may come in any
 * order. Not thread-safe.
 */
public final class LinkMonitor {

  private static final int VERSION = 1;
  private static final double MILLIS = 1000;
  private static final Signal[] SIGNALS = Signal.values();

  private final String host;
  private final String nic;
  private final long windowMillis;
  private final LinkDetector detector;
  private final Map<Key, Reading> last = new TreeMap<>();
  private final Map<Signal, WatchedSeries> series = new EnumMap<>(Signal.class);

  private record Key(Signal signal, String counter) implements Comparable<Key> {

    private static final Comparator<Key> ORDER =
        Comparator.comparing(Key::signal).thenComparing(Key::counter);

    @Override
    public int compareTo(Key other) {
      return ORDER.compare(this, other);
    }
  }

  private record Reading(long ts, double value) {}

  /**
   * A monitor that knows nothing.
   *
   * @param windowMillis length of a window, aligned to 1970
   * @param detector of each signal
   */
  public LinkMonitor(String host, String nic, long windowMillis, LinkDetector detector) {
    this.host = requireNonNull(host, "host is null");
    this.nic = requireNonNull(nic, "nic is null");
    this.windowMillis = windowMillis;
    this.detector = requireNonNull(detector, "detector is null");
  }

  /**
   * Judges windows that are over.
   *
   * @param samples all of these windows, in any order; none of a window before those judged
   * @param ts end of the last of them, milliseconds since 1970 UTC
   * @return what became unusual, or usual again, in order of time
   */
  public List<LinkWarning> judge(List<NicSample> samples, long ts) {
    var windows = new TreeMap<Long, List<NicSample>>();
    for (var sample : samples) {
      windows
          .computeIfAbsent(Math.floorDiv(sample.ts(), windowMillis), unseen -> new ArrayList<>())
          .add(sample);
    }
    var warnings = new ArrayList<LinkWarning>();
    windows.forEach((window, own) -> judge(window, own, ts, warnings));
    return warnings;
  }

  private void judge(long window, List<NicSample> samples, long ts, List<LinkWarning> warnings) {
    rates(samples)
        .forEach(
            (signal, rate) ->
                series
                    .computeIfAbsent(signal, this::unseen)
                    .observe(window, rate)
                    .ifPresent(told -> warnings.add(warning(signal, window, ts, rate, told))));
  }

  private WatchedSeries unseen(Signal signal) {
    return new WatchedSeries(detector, link(), signal);
  }

  private String link() {
    return host + "/" + nic;
  }

  private LinkWarning warning(
      Signal signal, long window, long ts, double rate, WatchedSeries.Told told) {
    long from = window * windowMillis;
    return new LinkWarning(
        host,
        nic,
        signal,
        told.change(),
        told.episode(),
        from,
        ts,
        rate,
        told.score(),
        told.threshold());
  }

  /** Rates since the readings before; a counter's first reading gives none. */
  private Map<Signal, Double> rates(List<NicSample> samples) {
    var newest = new TreeMap<Key, Reading>();
    for (var sample : samples) {
      newest.merge(
          new Key(sample.signal(), sample.series()),
          new Reading(sample.ts(), sample.value()),
          LinkMonitor::later);
    }
    var rates = new EnumMap<Signal, Double>(Signal.class);
    newest.forEach(
        (key, reading) -> {
          var before = last.put(key, reading);
          if (before != null) {
            rates.merge(key.signal, perSecond(before, reading), Double::sum);
          }
        });
    return rates;
  }

  private static Reading later(Reading one, Reading other) {
    boolean first = one.ts > other.ts || one.ts == other.ts && one.value >= other.value;
    return first ? one : other;
  }

  /** A smaller value than before is what a new count has reached. */
  private static double perSecond(Reading before, Reading now) {
    double rise = now.value >= before.value ? now.value - before.value : now.value;
    return rise * MILLIS / (now.ts - before.ts);
  }

  /** Writes all that is known. */
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeByte(detector.ordinal());
    out.writeInt(last.size());
    for (var entry : last.entrySet()) {
      out.writeByte(entry.getKey().signal.ordinal());
      out.writeUTF(entry.getKey().counter);
      out.writeLong(entry.getValue().ts);
      out.writeDouble(entry.getValue().value);
    }
    out.writeByte(series.size());
    for (var entry : series.entrySet()) {
      out.writeByte(entry.getKey().ordinal());
      entry.getValue().write(out);
    }
  }

  /**
   * Goes on where another monitor was, in the place of what is known.
   *
   * @throws IOException if another release wrote it in another form, or other detectors
   */
  public void read(DataInput in) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException(
          "state of a link has version %d, this release reads %d: use the release that wrote it, or start without it"
              .formatted(version, VERSION));
    }
    var before = LinkDetector.values()[in.readUnsignedByte()];
    if (before != detector) {
      throw new IOException(
          "state of a link is of the detector %s, not %s: name that one, or start without the state"
              .formatted(before, detector));
    }
    last.clear();
    series.clear();
    for (int left = in.readInt(); left > 0; left--) {
      var key = new Key(SIGNALS[in.readUnsignedByte()], in.readUTF());
      last.put(key, new Reading(in.readLong(), in.readDouble()));
    }
    for (int left = in.readUnsignedByte(); left > 0; left--) {
      var signal = SIGNALS[in.readUnsignedByte()];
      series.put(signal, WatchedSeries.read(in, detector, link(), signal));
    }
  }
}
