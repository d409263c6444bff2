package org.millrace.streaming.anomaly.rola;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import org.millrace.streaming.anomaly.detect.Detector;
import org.millrace.streaming.anomaly.detect.Verdict;

/** A variable of a device: its detector, and what of its last rows matters to the others. */
final class Series {

  /** Points after a gap for which it is mentioned. */
  static final int GAP_MENTIONED = 60;

  /** A score beyond all bounds, as a finite number of thresholds. */
  private static final double MAX_RATIO = 1e150;

  private final String name;
  private final Detector detector;
  private final Steps steps;

  private SeriesStatus status;
  private int absent;
  private int flags;
  private int sinceGap = GAP_MENTIONED;
  private double value = Double.NaN;

  Series(String name, Detector detector) {
    this(name, detector, new Steps());
  }

  private Series(String name, Detector detector, Steps steps) {
    this.name = name;
    this.detector = detector;
    this.steps = steps;
  }

  String name() {
    return name;
  }

  /** Null before the first row. */
  SeriesStatus status() {
    return status;
  }

  /** Takes the value of a row; NaN: it has none. */
  void observe(long ts, double value, MonitorConfig config) {
    this.value = value;
    flags <<= 1;
    if (Double.isNaN(value)) {
      absent = Math.min(absent + 1, config.staleAfter());
      if (absent == config.staleAfter()) {
        status = SeriesStatus.STALE;
      } else if (status == null) {
        status = SeriesStatus.WARMING_UP;
      }
      return;
    }
    absent = 0;
    sinceGap = Math.min(sinceGap + 1, GAP_MENTIONED);
    if (steps.gapBefore(ts, config.gapFactor())) {
      detector.afterGap();
      sinceGap = 0;
    }
    var verdict = detector.observe(value);
    flags |= verdict == Verdict.ANOMALOUS ? 1 : 0;
    status =
        switch (verdict) {
          case WARMING_UP -> SeriesStatus.WARMING_UP;
          case NORMAL -> SeriesStatus.OK;
          case ANOMALOUS -> SeriesStatus.ANOMALOUS;
        };
  }

  /** Whether it was flagged in the last row, or one of {@code lag} before. */
  boolean flagged(int lag) {
    return (flags & -1 >>> (Integer.SIZE - 1 - lag)) != 0;
  }

  /** Whether it was flagged in the last row, and in no more than {@code rows} on end. */
  boolean outlying(int rows) {
    int onEnd = Integer.numberOfTrailingZeros(~flags);
    return onEnd > 0 && onEnd <= rows;
  }

  /** Whether its last row can confirm or deny anything. */
  boolean voting() {
    return !Double.isNaN(value) && status != SeriesStatus.WARMING_UP;
  }

  boolean afterGap() {
    return sinceGap < GAP_MENTIONED;
  }

  boolean passes(MonitorConfig config) {
    return config.filterOf(name).passes(value, detector.expected());
  }

  /** The detector's score in thresholds. */
  double ratio() {
    return Math.min(detector.score() / detector.threshold(), MAX_RATIO);
  }

  VariableScore score() {
    double expected = detector.expected();
    return new VariableScore(
        name, value, expected, ratio(), Direction.of(value, expected), Double.NaN);
  }

  void write(DataOutput out) throws IOException {
    out.writeUTF(name);
    out.writeByte(status.ordinal());
    out.writeInt(absent);
    out.writeInt(flags);
    out.writeByte(sinceGap);
    steps.write(out);
    detector.write(out);
  }

  static Series read(DataInput in, String device, DetectorFactory factory) throws IOException {
    var name = in.readUTF();
    var status = Codes.of(SeriesStatus.values(), in);
    int absent = in.readInt();
    int flags = in.readInt();
    int sinceGap = in.readUnsignedByte();
    var steps = Steps.read(in);
    var series = new Series(name, factory.read(in, device, name), steps);
    series.status = status;
    series.absent = absent;
    series.flags = flags;
    series.sinceGap = sinceGap;
    return series;
  }
}
