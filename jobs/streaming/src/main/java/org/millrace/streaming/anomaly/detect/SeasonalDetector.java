package org.millrace.streaming.anomaly.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Compares a value with those at the same phase of the last periods. The period is learned: at
 * checkpoints, ever further apart, from the autocorrelation of the last {@link #CAPACITY} points.
 * The expected value is the median over up to {@link #PERIODS} periods of the value at this phase
 * and the two beside it; the score is the {@link TailRank} of the residual, in units of the spread
 * that this phase and the series had. As old periods leave, seasons may change.
 *
 * <p>A series without a period, or with one longer than {@code CAPACITY / 3}, stays {@link
 * Verdict#WARMING_UP} with score 0. State: 33 kB for the points and those of the rank, some 10 kB.
 */
public final class SeasonalDetector implements Detector {

  /** How many last points are kept: three weeks of 4-minute points, four of 5-minute points. */
  public static final int CAPACITY = 8_192;

  /** How many last periods say what is expected. */
  public static final int PERIODS = 8;

  /** The rank of an anomaly: rarer than one point in 1000. */
  public static final double THRESHOLD = 3;

  private static final int VERSION = 1;

  /** How many periods must have been seen before a value is judged. */
  private static final int LEAST_PERIODS = 2;

  /** Values taken from a period: this phase and as many on either side. */
  private static final int BESIDE = 1;

  private static final int PER_PERIOD = 2 * BESIDE + 1;

  private static final int FIRST_CHECKPOINT = 64;

  /** Each checkpoint is a quarter further than the one before, but no more than this. */
  private static final int LONGEST_PAUSE = CAPACITY / 4;

  /** Weight of the phase's own spread in the spread; the rest is the series'. */
  private static final double OWN_SPREAD = .3;

  /** After how many points a residual has lost its weight in the series' spread. */
  private static final int SPREAD_MEMORY = 1_000;

  /** A residual counts for at most as many spreads. */
  private static final double LARGEST_RESIDUAL = 10;

  /** What a residual is where there was never any. */
  private static final double UNHEARD_OF = 1e6;

  private final TailRank rank;
  private final double[] likes = new double[PERIODS * PER_PERIOD];

  /** The last points as a ring, relative to the first value ever; grows to its capacity. */
  private float[] points;

  private boolean started;
  private double origin;
  private long since;
  private long checkpoint = FIRST_CHECKPOINT;
  private int period;
  private long judged;
  private double spread;
  private double score;
  private double expected = Double.NaN;

  /** A detector that has seen nothing. */
  public SeasonalDetector() {
    this(new TailRank(), new float[0]);
  }

  private SeasonalDetector(TailRank rank, float[] points) {
    this.rank = rank;
    this.points = points;
  }

  @Override
  public Verdict observe(double value) {
    if (!started) {
      origin = State.requireFinite(value);
      started = true;
    }
    float point = (float) (State.requireFinite(value) - origin);
    if (since == checkpoint) {
      period = Period.of(recent());
      checkpoint = Math.min(since * 5 / 4, since + LONGEST_PAUSE);
    }
    boolean speaks = judge(point);
    take(point);
    if (!speaks) {
      return Verdict.WARMING_UP;
    }
    return score >= THRESHOLD ? Verdict.ANOMALOUS : Verdict.NORMAL;
  }

  private boolean judge(float point) {
    int n = period == 0 ? 0 : samePhase(period);
    score = 0;
    expected = Double.NaN;
    if (n < LEAST_PERIODS * PER_PERIOD) {
      return false;
    }
    double median = median(likes, n);
    double residual = Math.abs(point - median);
    for (int i = 0; i < n; i++) {
      likes[i] = Math.abs(likes[i] - median);
    }
    double own = median(likes, n);
    boolean ready = rank.ready();
    double unit = OWN_SPREAD * own + (1 - OWN_SPREAD) * spread;
    score = rank.rank(relative(residual, unit));
    expected = origin + median;
    learn(residual, unit);
    return ready;
  }

  private static double relative(double residual, double unit) {
    return residual == 0 ? 0 : Math.min(UNHEARD_OF, residual / unit);
  }

  private void learn(double residual, double unit) {
    judged++;
    double kept = unit == 0 ? residual : Math.min(residual, LARGEST_RESIDUAL * unit);
    spread += (kept - spread) / Math.min(judged, SPREAD_MEMORY);
  }

  /** Collects the values at this phase of the last periods; how many there are. */
  private int samePhase(int lag) {
    int n = 0;
    for (int k = 1; k <= PERIODS; k++) {
      for (int beside = -BESIDE; beside <= BESIDE; beside++) {
        long back = (long) k * lag - beside;
        if (back <= Math.min(since, CAPACITY)) {
          likes[n++] = points[(int) ((since - back) % CAPACITY)];
        }
      }
    }
    return n;
  }

  private static double median(double[] values, int n) {
    Arrays.sort(values, 0, n);
    return (values[n / 2] + values[(n - 1) / 2]) / 2;
  }

  private void take(float point) {
    int at = (int) (since % CAPACITY);
    if (at >= points.length) {
      int doubled = Math.max(FIRST_CHECKPOINT, 2 * points.length);
      points = Arrays.copyOf(points, Math.min(CAPACITY, doubled));
    }
    points[at] = point;
    since++;
  }

  private double[] recent() {
    int n = (int) Math.min(since, CAPACITY);
    var recent = new double[n];
    for (int i = 0; i < n; i++) {
      recent[i] = points[(int) ((since - n + i) % CAPACITY)];
    }
    return recent;
  }

  @Override
  public double score() {
    return score;
  }

  @Override
  public double threshold() {
    return THRESHOLD;
  }

  @Override
  public double expected() {
    return expected;
  }

  /** Forgets the points, whose phase is lost, but not the period. */
  @Override
  public void afterGap() {
    since = 0;
    checkpoint = Math.max(FIRST_CHECKPOINT, Period.REPEATS * period);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeBoolean(started);
    out.writeDouble(origin);
    out.writeLong(since);
    out.writeLong(checkpoint);
    out.writeInt(period);
    out.writeLong(judged);
    out.writeDouble(spread);
    out.writeDouble(score);
    out.writeDouble(expected);
    State.writeFloats(out, points, (int) Math.min(since, points.length));
    rank.write(out);
  }

  /** Reads what {@link #write} wrote. */
  public static SeasonalDetector read(DataInput in) throws IOException {
    State.checkVersion(in, VERSION, "seasonal detector");
    boolean started = in.readBoolean();
    double origin = in.readDouble();
    long since = in.readLong();
    long checkpoint = in.readLong();
    int period = in.readInt();
    long judged = in.readLong();
    double spread = in.readDouble();
    double score = in.readDouble();
    double expected = in.readDouble();
    float[] points = State.readFloats(in);
    var read = new SeasonalDetector(TailRank.read(in), points);
    read.started = started;
    read.origin = origin;
    read.since = since;
    read.checkpoint = checkpoint;
    read.period = period;
    read.judged = judged;
    read.spread = spread;
    read.score = score;
    read.expected = expected;
    return read;
  }

  /** The period in points; 0 while none is known. */
  public int period() {
    return period;
  }
}
