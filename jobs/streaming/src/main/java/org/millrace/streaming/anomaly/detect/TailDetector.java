package org.millrace.streaming.anomaly.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Extreme values: SPOT with drift (Siffer et al., KDD 2017) of the distance from the median of the
 * last {@link #DEPTH} values. After {@link #CALIBRATION} distances, their 98 % quantile becomes the
 * threshold t, and a Pareto distribution is fitted to what exceeds it. The score of a distance x is
 * {@code -log10((N/n) P(X - t > x - t))} with N excesses among n distances: decades of rarity,
 * which unlike a {@link TailRank} go on where no value has been. Below t it is 0.
 *
 * <p>Anomalies are not fitted. A stream of them means that the fit is of the past: then it starts
 * again. State at most 10 kB; a fit is made at an excess, elsewhere a point costs its median.
 */
public final class TailDetector implements Detector {

  /** How many last values say where the series is. */
  public static final int DEPTH = 48;

  /** How many distances make the first fit. */
  public static final int CALIBRATION = 1_000;

  /** Above which share of the distances the tail begins. */
  public static final double TAIL_BEGINS = .98;

  /** The score of an anomaly: one point in 10 000. */
  public static final double THRESHOLD = 4;

  /** The highest score; what lies beyond a bounded tail has it. */
  public static final double MAX = 16;

  private static final int VERSION = 1;

  /** How many last excesses are fitted. */
  private static final int EXCESSES = 256;

  /** So many anomalies, less one for every ten other points, and the fit starts again. */
  private static final double STUCK = 60;

  private static final double RELIEF = .1;

  private final double[] recent;
  private final double[] sorted = new double[DEPTH];
  private final double[] excesses;
  private double[] distances;
  private long points;
  private long calibrated;
  private long tailCount;
  private double begin;
  private double alarms;
  private double score;
  private double expected = Double.NaN;
  private Tail tail;

  /** A detector that has seen nothing. */
  public TailDetector() {
    this(new double[DEPTH], new double[EXCESSES], new double[0]);
  }

  private TailDetector(double[] recent, double[] excesses, double[] distances) {
    this.recent = recent;
    this.excesses = excesses;
    this.distances = distances;
  }

  @Override
  public Verdict observe(double value) {
    State.requireFinite(value);
    boolean placed = points >= DEPTH;
    expected = placed ? median() : Double.NaN;
    recent[(int) (points % DEPTH)] = value;
    points++;
    score = 0;
    if (!placed) {
      return Verdict.WARMING_UP;
    }
    double distance = Math.abs(value - expected);
    if (calibrated < CALIBRATION) {
      calibrate(distance);
      return Verdict.WARMING_UP;
    }
    return judge(distance);
  }

  private double median() {
    System.arraycopy(recent, 0, sorted, 0, DEPTH);
    Arrays.sort(sorted);
    return sorted[DEPTH / 2 - 1] / 2 + sorted[DEPTH / 2] / 2;
  }

  private void calibrate(double distance) {
    if (distances.length == 0) {
      distances = new double[CALIBRATION];
    }
    distances[(int) calibrated] = distance;
    calibrated++;
    if (calibrated < CALIBRATION) {
      return;
    }
    Arrays.sort(distances);
    begin = distances[(int) (TAIL_BEGINS * CALIBRATION)];
    for (double x : distances) {
      addExcess(x - begin);
    }
    distances = new double[0];
  }

  private Verdict judge(double distance) {
    double excess = distance - begin;
    score = excess > 0 ? rarity(excess) : 0;
    if (score >= THRESHOLD) {
      alarms++;
      if (alarms >= STUCK) {
        startAgain();
      }
      return Verdict.ANOMALOUS;
    }
    alarms = Math.max(0, alarms - RELIEF);
    calibrated++;
    addExcess(excess);
    return Verdict.NORMAL;
  }

  private double rarity(double excess) {
    if (tailCount == 0) {
      return MAX;
    }
    double share = (double) tailCount / calibrated;
    return Math.min(MAX, -Math.log10(share * fitted().beyond(excess)));
  }

  private void addExcess(double excess) {
    if (excess > 0) {
      excesses[(int) (tailCount % EXCESSES)] = excess;
      tailCount++;
      tail = null;
    }
  }

  private Tail fitted() {
    if (tail == null) {
      tail = Tail.fit(Arrays.copyOf(excesses, (int) Math.min(tailCount, EXCESSES)));
    }
    return tail;
  }

  private void startAgain() {
    calibrated = 0;
    tailCount = 0;
    alarms = 0;
    tail = null;
  }

  @Override
  public double score() {
    return score;
  }

  @Override
  public double threshold() {
    return THRESHOLD;
  }

  /** The median of the last values; NaN until there are {@link #DEPTH} of them. */
  @Override
  public double expected() {
    return expected;
  }

  @Override
  public void afterGap() {
    points = 0;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(points);
    out.writeLong(calibrated);
    out.writeLong(tailCount);
    out.writeDouble(begin);
    out.writeDouble(alarms);
    out.writeDouble(score);
    out.writeDouble(expected);
    State.writeDoubles(out, recent);
    State.writeDoubles(out, excesses);
    State.writeDoubles(out, distances);
  }

  /** Reads what {@link #write} wrote. */
  public static TailDetector read(DataInput in) throws IOException {
    State.checkVersion(in, VERSION, "tail detector");
    long points = in.readLong();
    long calibrated = in.readLong();
    long tailCount = in.readLong();
    double begin = in.readDouble();
    double alarms = in.readDouble();
    double score = in.readDouble();
    double expected = in.readDouble();
    var read =
        new TailDetector(State.readDoubles(in), State.readDoubles(in), State.readDoubles(in));
    read.points = points;
    read.calibrated = calibrated;
    read.tailCount = tailCount;
    read.begin = begin;
    read.alarms = alarms;
    read.score = score;
    read.expected = expected;
    return read;
  }
}
