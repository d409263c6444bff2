package org.millrace.streaming.anomaly.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Novelty of the recent shape: how far the last points are from the nearest of the shapes seen
 * before. A shape is the means of {@link Scale#length} consecutive blocks of {@link Scale#block}
 * points, so that coarse scales see slow changes and fine ones spikes. The score is the {@link
 * TailRank} of the mean Euclidean distance to the {@link #NEIGHBOURS} nearest shapes among the last
 * {@link #CAPACITY}; shapes that overlap the current one do not count. Distance to the k nearest
 * neighbours is the novelty of Ramaswamy et al., SIGMOD 2000; calibration by rank is conformal.
 *
 * <p>Shifting or scaling the series by a positive factor changes nothing but rounding. Time per
 * point and state are O(CAPACITY x length): 4 bytes a number, 66 kB for 4 x 8.
 */
public final class NeighbourDetector implements Detector {

  /** How many nearest shapes a new one is compared with; more than 1 forgives one equal outlier. */
  public static final int NEIGHBOURS = 3;

  /** How many shapes are remembered. */
  public static final int CAPACITY = 2_000;

  /** The rank of an anomaly: rarer than one point in 300. */
  public static final double THRESHOLD = 2.5;

  private static final int VERSION = 1;

  /** Below so many shapes, distance says nothing. */
  private static final int LEAST_SHAPES = 10;

  /**
   * What a shape is made of.
   *
   * @param block points averaged to one number of the shape; at least 1
   * @param length numbers of a shape; at least 1
   */
  public record Scale(int block, int length) {

    /** A scale of at least one point. */
    public Scale {
      if (block < 1 || length < 1) {
        throw new IllegalArgumentException("a scale has at least one block of one point");
      }
    }

    int span() {
      return block * length;
    }

    /** Every how many points a shape is remembered: half a block. */
    int stride() {
      return Math.max(1, block / 2);
    }

    /** How many of the newest remembered shapes overlap the current one. */
    int overlapping() {
      return span() / stride();
    }
  }

  private final Scale scale;
  private final TailRank rank;
  private final float[] shape;
  private final double[] nearest = new double[NEIGHBOURS];

  /** The last points as a ring, relative to the first value ever. */
  private final double[] recent;

  /** The remembered shapes as a ring of rows; grows to its capacity. */
  private float[] shapes;

  private double origin;
  private long points;
  private int fresh;
  private long remembered;
  private double score;

  /** A detector that has seen nothing. */
  public NeighbourDetector(Scale scale) {
    this(scale, new TailRank(), new double[scale.span()], new float[0]);
  }

  private NeighbourDetector(Scale scale, TailRank rank, double[] recent, float[] shapes) {
    this.scale = scale;
    this.rank = rank;
    this.recent = recent;
    this.shapes = shapes;
    shape = new float[scale.length()];
  }

  @Override
  public Verdict observe(double value) {
    take(State.requireFinite(value));
    score = 0;
    if (fresh < recent.length) {
      return Verdict.WARMING_UP;
    }
    blockMeans();
    long known = Math.min(remembered - scale.overlapping(), CAPACITY);
    boolean speaks = known >= LEAST_SHAPES && rank.ready();
    if (known >= LEAST_SHAPES) {
      score = rank.rank(distance((int) known));
    }
    if (points % scale.stride() == 0) {
      remember();
    }
    if (!speaks) {
      return Verdict.WARMING_UP;
    }
    return score >= THRESHOLD ? Verdict.ANOMALOUS : Verdict.NORMAL;
  }

  private void take(double value) {
    if (points == 0) {
      origin = value;
    }
    recent[(int) (points % recent.length)] = value - origin;
    points++;
    fresh = Math.min(fresh + 1, recent.length);
  }

  private void blockMeans() {
    int at = (int) (points % recent.length);
    for (int i = 0; i < shape.length; i++) {
      double sum = 0;
      for (int j = 0; j < scale.block(); j++) {
        sum += recent[at];
        at = at + 1 == recent.length ? 0 : at + 1;
      }
      shape[i] = (float) (sum / scale.block());
    }
  }

  /** Mean distance to the nearest of the {@code known} oldest shapes. */
  private double distance(int known) {
    Arrays.fill(nearest, Double.POSITIVE_INFINITY);
    int rows = rows();
    int row = (int) ((remembered - scale.overlapping() - known) % rows);
    for (int i = 0; i < known; i++) {
      float squared = squaredDistance(row * shape.length);
      if (squared < nearest[NEIGHBOURS - 1]) {
        insert(squared);
      }
      row = row + 1 == rows ? 0 : row + 1;
    }
    double sum = 0;
    for (double squared : nearest) {
      sum += Math.sqrt(squared);
    }
    return sum / NEIGHBOURS;
  }

  private float squaredDistance(int from) {
    float sum = 0;
    for (int i = 0; i < shape.length; i++) {
      float difference = shapes[from + i] - shape[i];
      sum += difference * difference;
    }
    return sum;
  }

  private void insert(double squared) {
    int at = NEIGHBOURS - 1;
    while (at > 0 && nearest[at - 1] > squared) {
      nearest[at] = nearest[at - 1];
      at--;
    }
    nearest[at] = squared;
  }

  private void remember() {
    int from = (int) (remembered % rows()) * shape.length;
    if (from >= shapes.length) {
      int doubled = Math.max(LEAST_SHAPES * shape.length, 2 * shapes.length);
      shapes = Arrays.copyOf(shapes, Math.min(doubled, rows() * shape.length));
    }
    System.arraycopy(shape, 0, shapes, from, shape.length);
    remembered++;
  }

  private int rows() {
    return CAPACITY + scale.overlapping();
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
    return Double.NaN;
  }

  @Override
  public void afterGap() {
    fresh = 0;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeInt(scale.block());
    out.writeInt(scale.length());
    out.writeDouble(origin);
    out.writeLong(points);
    out.writeInt(fresh);
    out.writeLong(remembered);
    out.writeDouble(score);
    State.writeDoubles(out, recent);
    State.writeFloats(out, shapes, (int) Math.min(remembered * scale.length(), shapes.length));
    rank.write(out);
  }

  /** Reads what {@link #write} wrote. */
  public static NeighbourDetector read(DataInput in) throws IOException {
    State.checkVersion(in, VERSION, "neighbour detector");
    var scale = new Scale(in.readInt(), in.readInt());
    double origin = in.readDouble();
    long points = in.readLong();
    int fresh = in.readInt();
    long remembered = in.readLong();
    double score = in.readDouble();
    double[] recent = State.readDoubles(in);
    float[] shapes = State.readFloats(in);
    var read = new NeighbourDetector(scale, TailRank.read(in), recent, shapes);
    read.origin = origin;
    read.points = points;
    read.fresh = fresh;
    read.remembered = remembered;
    read.score = score;
    return read;
  }
}
