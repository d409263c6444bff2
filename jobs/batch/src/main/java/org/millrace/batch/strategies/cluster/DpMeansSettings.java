package org.millrace.batch.strategies.cluster;

import static java.util.Objects.requireNonNull;

import org.millrace.kernel.strategy.cluster.DpMeans;

/**
 * How DP-means runs.
 *
 * @param lambda what a cluster costs
 * @param variant of the algorithm
 * @param starts of which the lowest objective wins, at least 1; of {@link Variant#PDC} only
 * @param rounds at most, at least 1
 * @param most centres to start with, at least 1; a λ of a number of clusters brings its own
 * @param epoch points of an epoch, at least 1; of {@link Variant#OCC} only
 * @param seed of the starts
 */
public record DpMeansSettings(
    LambdaChoice lambda, Variant variant, int starts, int rounds, int most, int epoch, long seed) {

  /** Centres to start with at most, by default. */
  public static final int MOST = 1000;

  /** Points of an epoch by default. */
  public static final int EPOCH = 65_536;

  /** How centres are added. */
  public enum Variant {
    /** Parallel: one reduce and at most one new centre a round (Dinari and Freifeld 2022). */
    PDC,
    /** Optimistic concurrency control: many centres a pass, a job an epoch (Pan et al. 2013). */
    OCC
  }

  /** Refuses settings that don't run. */
  public DpMeansSettings {
    requireNonNull(lambda, "lambda is null");
    requireNonNull(variant, "variant is null");
    if (starts < 1 || rounds < 1 || most < 1 || epoch < 1) {
      throw new IllegalArgumentException(
          "starts, rounds, most and epoch are 1 or more, got %d, %d, %d and %d"
              .formatted(starts, rounds, most, epoch));
    }
  }

  /**
   * Defaults: PDC, {@link DpMeans#STARTS} starts, {@link DpMeans#ROUNDS} rounds, seed 0.
   *
   * @param lambda what a cluster costs
   */
  public static DpMeansSettings of(LambdaChoice lambda) {
    return new DpMeansSettings(lambda, Variant.PDC, DpMeans.STARTS, DpMeans.ROUNDS, MOST, EPOCH, 0);
  }

  /** The same with another λ. */
  public DpMeansSettings lambda(LambdaChoice other) {
    return new DpMeansSettings(other, variant, starts, rounds, most, epoch, seed);
  }

  /** The same with another number of starts. */
  public DpMeansSettings starts(int other) {
    return new DpMeansSettings(lambda, variant, other, rounds, most, epoch, seed);
  }

  /** The same with another cap on rounds. */
  public DpMeansSettings rounds(int other) {
    return new DpMeansSettings(lambda, variant, starts, other, most, epoch, seed);
  }

  /** The same under optimistic concurrency control. */
  public DpMeansSettings optimistic(int pointsOfAnEpoch) {
    return new DpMeansSettings(lambda, Variant.OCC, starts, rounds, most, pointsOfAnEpoch, seed);
  }

  /** The same with another seed. */
  public DpMeansSettings seed(long other) {
    return new DpMeansSettings(lambda, variant, starts, rounds, most, epoch, other);
  }
}
