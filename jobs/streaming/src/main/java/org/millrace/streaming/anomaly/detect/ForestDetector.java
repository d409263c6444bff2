package org.millrace.streaming.anomaly.detect;

import com.amazon.randomcutforest.RandomCutForest;
import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/**
 * Random Cut Forest (Guha et al., ICML 2016) by AWS's library, on shingles of the last {@link
 * #SHINGLE} points: the score is the {@link TailRank} of the forest's anomaly score.
 *
 * <p>A forest is costly to write, so what is written are the points that it has seen, and reading
 * them grows the same forest again at the first point. To bound them, forests live in generations:
 * each starts from nothing, learns for {@link #GENERATION} points while its elder judges, judges
 * for as many, and goes. Written state: at most 4 x 2 x GENERATION bytes, 16 kB; in memory up to 1
 * MB. Growing again takes as long as observing the points did, up to 0.4 s.
 */
public final class ForestDetector implements Detector {

  /** Points in a shingle. */
  public static final int SHINGLE = 16;

  /** Trees; score noise falls with their root, time grows with them. */
  public static final int TREES = 20;

  /** Points sampled by a tree: the library's default. */
  public static final int SAMPLE = 256;

  /** Points after which a younger forest takes over. */
  public static final int GENERATION = 2_048;

  /** The rank of an anomaly: rarer than one point in 300. */
  public static final double THRESHOLD = 2.5;

  private static final int VERSION = 1;

  /** The library's default: a sample forgets over ten times its size. */
  private static final double TIME_DECAY = 1. / (10 * SAMPLE);

  /** How fast the samples of a new forest fill: the library's default. */
  private static final double INITIAL_ACCEPT_FRACTION = .125;

  /** Points before a forest says anything: the library's default, a quarter of the sample. */
  private static final int FIRST_OUTPUT = SAMPLE / 4;

  private final long seed;
  private final TailRank rank;

  /** The points since the elder forest's first, relative to the first value ever. */
  private float[] points;

  private int length;
  private long generation;
  private double origin;
  private boolean started;
  private int fresh;
  private double score;

  private RandomCutForest elder;
  private RandomCutForest younger;

  /** A detector that has seen nothing; equal seeds give equal verdicts. */
  public ForestDetector(long seed) {
    this(seed, new TailRank());
  }

  private ForestDetector(long seed, TailRank rank) {
    this.seed = seed;
    this.rank = rank;
    points = new float[0];
  }

  @Override
  public Verdict observe(double value) {
    if (!started) {
      origin = State.requireFinite(value);
      started = true;
    }
    grow();
    float[] point = {(float) (State.requireFinite(value) - origin)};
    boolean judges = fresh >= SHINGLE && elder.isOutputReady();
    boolean speaks = judges && rank.ready();
    score = judges ? rank.rank(elder.getAnomalyScore(point)) : 0;
    fresh = Math.min(fresh + 1, SHINGLE);
    learn(point);
    if (!speaks) {
      return Verdict.WARMING_UP;
    }
    return score >= THRESHOLD ? Verdict.ANOMALOUS : Verdict.NORMAL;
  }

  private void learn(float[] point) {
    if (length == 2 * GENERATION) {
      elder = younger;
      younger = null;
      generation++;
      length = GENERATION;
      System.arraycopy(points, GENERATION, points, 0, GENERATION);
    }
    if (length == GENERATION) {
      younger = forest(generation + 1);
    }
    if (length == points.length) {
      points = Arrays.copyOf(points, Math.min(2 * GENERATION, Math.max(SAMPLE, 2 * length)));
    }
    points[length] = point[0];
    length++;
    update(point);
  }

  private void update(float[] point) {
    elder.update(point);
    if (younger != null) {
      younger.update(point);
    }
  }

  /** Makes the forests of the points, where that is still to be done. */
  private void grow() {
    if (elder != null) {
      return;
    }
    elder = forest(generation);
    for (int i = 0; i < length; i++) {
      if (i == GENERATION) {
        younger = forest(generation + 1);
      }
      update(new float[] {points[i]});
    }
  }

  private RandomCutForest forest(long number) {
    return RandomCutForest.builder()
        .dimensions(SHINGLE)
        .shingleSize(SHINGLE)
        .internalShinglingEnabled(true)
        .numberOfTrees(TREES)
        .sampleSize(SAMPLE)
        .timeDecay(TIME_DECAY)
        .initialAcceptFraction(INITIAL_ACCEPT_FRACTION)
        .outputAfter(FIRST_OUTPUT)
        .parallelExecutionEnabled(false)
        .randomSeed(seed + number)
        .build();
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

  /** Holds the verdict back until a shingle lies after the gap; the forest learns meanwhile. */
  @Override
  public void afterGap() {
    fresh = 0;
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(seed);
    out.writeLong(generation);
    out.writeBoolean(started);
    out.writeDouble(origin);
    out.writeInt(fresh);
    out.writeDouble(score);
    State.writeFloats(out, points, length);
    rank.write(out);
  }

  /** Reads what {@link #write} wrote. */
  public static ForestDetector read(DataInput in) throws IOException {
    State.checkVersion(in, VERSION, "forest detector");
    long seed = in.readLong();
    long generation = in.readLong();
    boolean started = in.readBoolean();
    double origin = in.readDouble();
    int fresh = in.readInt();
    double score = in.readDouble();
    float[] points = State.readFloats(in);
    var read = new ForestDetector(seed, TailRank.read(in));
    read.generation = generation;
    read.started = started;
    read.origin = origin;
    read.fresh = fresh;
    read.score = score;
    read.points = points;
    read.length = points.length;
    return read;
  }
}
