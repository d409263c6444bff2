package org.millrace.streaming.anomaly.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * The mean opinion of few, different, calibrated members: a {@link ForestDetector} on shingles and
 * {@link NeighbourDetector}s of single values, of shapes some dozen points long and of slow
 * changes. Each member's score is its {@link TailRank}, so the mean is in decades of rarity and one
 * threshold fits every series. A spike, a strange shape and a slow drift differ in which members
 * they surprise; what surprises most of them is reported.
 *
 * <p>A value that is ordinary but comes at the wrong phase surprises none of them. So a {@link
 * SeasonalDetector}, silent where there is no season, may speak alone: its anomalies are the
 * ensemble's.
 *
 * <p>Verdicts are per point: a reader who wants one alert per episode holds repeats back for {@link
 * #EPISODE_GAP} points. Written state some 150 kB, most of it remembered shapes and points; in
 * memory the forests add up to 1.7 MB.
 */
public final class EnsembleDetector implements Detector {

  /** The mean rank of an anomaly; chosen once, for all series. */
  public static final double THRESHOLD = 1.5;

  /** How many quiet points end an episode. */
  public static final int EPISODE_GAP = 80;

  /** Single values, shapes of 32 points and slow changes over 48. */
  private static final List<NeighbourDetector.Scale> SCALES =
      List.of(
          new NeighbourDetector.Scale(1, 1),
          new NeighbourDetector.Scale(4, 8),
          new NeighbourDetector.Scale(24, 2));

  /** Brings the season's threshold to the ensemble's. */
  private static final double SEASON_ALONE = THRESHOLD / SeasonalDetector.THRESHOLD;

  /** How many members make a mean; the others may still be warming up. */
  private static final int QUORUM = 2;

  private static final int VERSION = 1;

  private final ForestDetector forest;
  private final SeasonalDetector season;
  private final List<NeighbourDetector> neighbours;

  /** The forest and the neighbours. */
  private final List<Detector> members;

  private double score;

  /** A detector that has seen nothing; equal seeds give equal verdicts. */
  public EnsembleDetector(long seed) {
    this(
        new ForestDetector(seed),
        new SeasonalDetector(),
        SCALES.stream().map(NeighbourDetector::new).toList());
  }

  private EnsembleDetector(
      ForestDetector forest, SeasonalDetector season, List<NeighbourDetector> neighbours) {
    this.forest = forest;
    this.season = season;
    this.neighbours = neighbours;
    members = new ArrayList<>(neighbours);
    members.add(forest);
  }

  @Override
  public Verdict observe(double value) {
    boolean seasonSpeaks = season.observe(value) != Verdict.WARMING_UP;
    int speakers = 0;
    double sum = 0;
    for (var member : members) {
      if (member.observe(value) != Verdict.WARMING_UP) {
        speakers++;
        sum += member.score();
      }
    }
    boolean quorum = speakers >= QUORUM;
    double mean = quorum ? sum / speakers : 0;
    score = Math.max(mean, SEASON_ALONE * season.score());
    if (!quorum && !seasonSpeaks) {
      return Verdict.WARMING_UP;
    }
    return score >= THRESHOLD ? Verdict.ANOMALOUS : Verdict.NORMAL;
  }

  /**
   * The mean rank by the members that have warmed up, or half the season's if that is more; in [0,
   * {@link TailRank#MAX}].
   */
  @Override
  public double score() {
    return score;
  }

  @Override
  public double threshold() {
    return THRESHOLD;
  }

  /** What the season expects; NaN where there is none. */
  @Override
  public double expected() {
    return season.expected();
  }

  @Override
  public void afterGap() {
    season.afterGap();
    members.forEach(Detector::afterGap);
  }

  @Override
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeDouble(score);
    forest.write(out);
    season.write(out);
    out.writeByte(neighbours.size());
    for (var member : neighbours) {
      member.write(out);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static EnsembleDetector read(DataInput in) throws IOException {
    State.checkVersion(in, VERSION, "ensemble detector");
    double score = in.readDouble();
    var forest = ForestDetector.read(in);
    var season = SeasonalDetector.read(in);
    var neighbours = new ArrayList<NeighbourDetector>();
    for (int left = in.readUnsignedByte(); left > 0; left--) {
      neighbours.add(NeighbourDetector.read(in));
    }
    var read = new EnsembleDetector(forest, season, List.copyOf(neighbours));
    read.score = score;
    return read;
  }
}
