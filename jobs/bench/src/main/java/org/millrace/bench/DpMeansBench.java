package org.millrace.bench;

import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.TimeUnit;
import java.util.stream.LongStream;
import org.millrace.kernel.strategy.cluster.Centres;
import org.millrace.kernel.strategy.cluster.FarthestFirst;
import org.millrace.kernel.strategy.cluster.OccEpoch;
import org.millrace.kernel.strategy.cluster.PdcRound;
import org.millrace.kernel.strategy.cluster.Points;
import org.millrace.kernel.strategy.cluster.RoundSums;
import org.millrace.kernel.vectors.Vectors;
import org.openjdk.jmh.annotations.AuxCounters;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * One core's work on a block of points in DP-means, the points on the unit sphere and in floats;
 * the counter {@code points} is the points a second.
 */
@State(Scope.Thread)
@BenchmarkMode(Mode.Throughput)
@OutputTimeUnit(TimeUnit.SECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class DpMeansBench {

  private static final int BLOCK = 4096;
  private static final double FAR = 4;

  /** Numbers of a vector. */
  @Param({"64", "300"})
  public int dimensions;

  /** Centres. */
  @Param({"8", "100", "1000"})
  public int centres;

  private Points points;
  private Centres start;
  private RoundSums sums;
  private double[][] rows;
  private int[] labels;
  private double[] leastSquared;

  /** Points worked on. */
  @State(Scope.Thread)
  @AuxCounters(AuxCounters.Type.OPERATIONS)
  public static class Volume {
    /** Points so far. */
    public long points;
  }

  /** Makes a block around as many places as there are centres. */
  @Setup
  public void makeBlock() {
    var random = new SplittableRandom(dimensions * 31L + centres);
    rows = new double[centres][];
    var flat = new double[centres * dimensions];
    for (int c = 0; c < centres; c++) {
      rows[c] = unit(random, new double[dimensions], 1);
      System.arraycopy(rows[c], 0, flat, c * dimensions, dimensions);
    }
    var floats = new float[BLOCK * dimensions];
    for (int i = 0; i < BLOCK; i++) {
      var vector = unit(random, rows[random.nextInt(centres)], .3);
      for (int d = 0; d < dimensions; d++) {
        floats[i * dimensions + d] = (float) vector[d];
      }
    }
    points = Points.of(LongStream.range(0, BLOCK).toArray(), floats, dimensions);
    start = Centres.of(flat, dimensions);
    labels = new int[BLOCK];
    leastSquared = new double[BLOCK];
    sums = RoundSums.assign(points, start, labels);
  }

  private static double[] unit(SplittableRandom random, double[] around, double spread) {
    var vector = around.clone();
    double squares = 0;
    for (int d = 0; d < vector.length; d++) {
      vector[d] += spread * (random.nextDouble() - .5);
      squares += vector[d] * vector[d];
    }
    for (int d = 0; d < vector.length; d++) {
      vector[d] /= Math.sqrt(squares);
    }
    return vector;
  }

  /** A partition's part of a parallel round: labels, sums, cost and the farthest point. */
  @Benchmark
  public RoundSums assign(Volume volume) {
    volume.points += BLOCK;
    return RoundSums.assign(points, start, labels);
  }

  /** The same labels by one call of {@code nearest_centroid}'s kernel a point: the peer. */
  @Benchmark
  public int[] nearestOneByOne(Volume volume) {
    volume.points += BLOCK;
    for (int i = 0; i < BLOCK; i++) {
      labels[i] = Vectors.nearest(points.vector(i), rows);
    }
    return labels;
  }

  /** A partition's part of an optimistic epoch without proposals. */
  @Benchmark
  public List<OccEpoch.Proposal> propose(Volume volume) {
    volume.points += BLOCK;
    return OccEpoch.propose(points, start, FAR, labels);
  }

  /** A partition's part of a farthest-first round, one centre. */
  @Benchmark
  public Object lower(Volume volume) {
    volume.points += BLOCK;
    return FarthestFirst.lower(points, rows[0], leastSquared);
  }

  /** The driver's part of a round. */
  @Benchmark
  public PdcRound endRound() {
    return PdcRound.of(start, sums, FAR);
  }
}
