package org.millrace.streaming.placement.warning;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Optional;
import org.millrace.streaming.anomaly.detect.Detector;
import org.millrace.streaming.anomaly.detect.Verdict;
import org.millrace.streaming.placement.health.Signal;

/**
 * One rate of a NIC, a value a window. While it never changed, as errors of a good link, there is
 * no detector but the count of values. Few unusual windows are chance: an episode opens with the
 * third among four, and closes after {@link #QUIET} windows without one. (In 200 series of noise,
 * 21 hours each, the neighbours open 3 so; with the second among three, 14.)
 */
final class WatchedSeries {

  /** Windows of half a minute: ten minutes. */
  static final int QUIET = 20;

  /** Windows among which so many must be unusual. */
  private static final int AMONG = 4;

  private static final int UNUSUAL = 3;

  /** Windows without a value after which the recent past says nothing of the next. */
  private static final int GAP = 3;

  /** Equal values that a detector gets to know at most. */
  private static final int MOST_EQUAL = 512;

  private static final int LONGEST_QUIET = 1 << 20;

  private final LinkDetector kind;
  private final String link;
  private final Signal signal;
  private Detector detector;
  private double constant;
  private int equal;
  private long lastWindow;
  private int sinceUnusual;

  /** Which of the last windows were unusual, a bit each, the last one lowest. */
  private int recent;

  private boolean open;
  private int episode;

  /** A change of a series, for the monitor to tell. */
  record Told(LinkWarning.Change change, int episode, double score, double threshold) {}

  WatchedSeries(LinkDetector kind, String link, Signal signal) {
    this.kind = kind;
    this.link = link;
    this.signal = signal;
    sinceUnusual = LONGEST_QUIET;
  }

  /**
   * Takes the value of a window.
   *
   * @param window its number, greater than that of the one before
   */
  Optional<Told> observe(long window, double value) {
    if (detector == null) {
      if (equal == 0) {
        constant = value;
      }
      if (value == constant) {
        equal = Math.min(equal + 1, MOST_EQUAL);
        lastWindow = window;
        return Optional.empty();
      }
      detector = kind.create(link, signal);
      for (int i = 0; i < equal; i++) {
        detector.observe(constant);
      }
    }
    if (window - lastWindow > GAP) {
      detector.afterGap();
    }
    long passed = Math.min(window - lastWindow, LONGEST_QUIET);
    lastWindow = window;
    return judge(detector.observe(value) == Verdict.ANOMALOUS, (int) passed);
  }

  private Optional<Told> judge(boolean unusual, int passed) {
    recent = passed >= AMONG ? 0 : recent << passed & (1 << AMONG) - 1;
    if (!unusual) {
      sinceUnusual = Math.min(sinceUnusual + passed, LONGEST_QUIET);
      if (open && sinceUnusual >= QUIET) {
        open = false;
        return Optional.of(told(LinkWarning.Change.USUAL));
      }
      return Optional.empty();
    }
    recent |= 1;
    sinceUnusual = 0;
    if (open || Integer.bitCount(recent) < UNUSUAL) {
      return Optional.empty();
    }
    open = true;
    episode++;
    return Optional.of(told(LinkWarning.Change.UNUSUAL));
  }

  private Told told(LinkWarning.Change change) {
    return new Told(change, episode, detector.score(), detector.threshold());
  }

  void write(DataOutput out) throws IOException {
    out.writeDouble(constant);
    out.writeInt(equal);
    out.writeLong(lastWindow);
    out.writeInt(sinceUnusual);
    out.writeByte(recent);
    out.writeBoolean(open);
    out.writeInt(episode);
    out.writeBoolean(detector != null);
    if (detector != null) {
      detector.write(out);
    }
  }

  /** Reads what {@link #write} wrote. */
  static WatchedSeries read(DataInput in, LinkDetector kind, String link, Signal signal)
      throws IOException {
    var series = new WatchedSeries(kind, link, signal);
    series.constant = in.readDouble();
    series.equal = in.readInt();
    series.lastWindow = in.readLong();
    series.sinceUnusual = in.readInt();
    series.recent = in.readUnsignedByte();
    series.open = in.readBoolean();
    series.episode = in.readInt();
    if (in.readBoolean()) {
      series.detector = kind.read(in);
    }
    return series;
  }
}
