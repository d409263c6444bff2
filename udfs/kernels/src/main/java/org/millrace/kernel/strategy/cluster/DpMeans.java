package org.millrace.kernel.strategy.cluster;

import static java.util.Objects.requireNonNull;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import org.millrace.kernel.strategy.Draws;

/**
 * DP-means of points in one process (Kulis and Jordan, ICML 2012): clusters of unknown number that
 * minimise {@code sum of squared distances + λ * clusters}; a point opens a cluster if and only if
 * its squared distance to the nearest centre is above λ. The engine's job runs the same rounds over
 * partitions. Same points, same result, in whatever blocks.
 */
public final class DpMeans {

  /** Rounds after which it ends at the latest. */
  public static final int ROUNDS = 300;

  /** Starts among which {@link #best} chooses by default. */
  public static final int STARTS = 10;

  private final double lambda;
  private final int rounds;

  private DpMeans(double lambda, int rounds) {
    if (!(lambda >= 0) || rounds < 1) {
      throw new IllegalArgumentException(
          "DP-means wants lambda from 0 and rounds from 1, got %s and %d"
              .formatted(lambda, rounds));
    }
    this.lambda = lambda;
    this.rounds = rounds;
  }

  /**
   * DP-means at a λ.
   *
   * @param lambda what a cluster costs, in squared distance, from 0
   */
  public static DpMeans of(double lambda) {
    return new DpMeans(lambda, ROUNDS);
  }

  /**
   * At a λ given as a distance, as the published code has it.
   *
   * @param distance from 0
   */
  public static DpMeans ofDistance(double distance) {
    return of(distance * distance);
  }

  /**
   * The same with another cap.
   *
   * @param most rounds, at least 1
   */
  public DpMeans rounds(int most) {
    return new DpMeans(lambda, most);
  }

  /**
   * The traversal from the mean of all points.
   *
   * @param blocks of points, at least one point
   * @param rounds how many centres to know λ of, at least 1
   */
  public static FarthestFirst traversal(List<Points> blocks, int rounds) {
    return traversal(new Blocks(blocks), rounds);
  }

  /**
   * The traversal from the mean of all points.
   *
   * @param points wherever they are
   * @param rounds how many centres to know λ of, at least 1
   */
  public static FarthestFirst traversal(PointSet points, int rounds) {
    return FarthestFirst.from(points.mean(), points, rounds);
  }

  /**
   * Parallel rounds, one reduce and at most one new centre each.
   *
   * @param blocks of points, at least one point
   * @param start centres to begin with, at least one
   */
  public Clustering parallel(List<Points> blocks, Centres start) {
    var all = new Blocks(requireNonNull(blocks, "blocks is null"));
    return parallel(all, start).labelled(all.labels());
  }

  /**
   * Parallel rounds, one {@link PointSet#assign} and at most one new centre each. The last
   * assignment is that to the centres of the fit.
   *
   * @param points wherever they are
   * @param start centres to begin with, at least one
   */
  public Fit parallel(PointSet points, Centres start) {
    var objectives = new double[rounds];
    var centres = start;
    for (int r = 0; r < rounds; r++) {
      var round = PdcRound.of(centres, points.assign(centres), lambda);
      objectives[r] = round.objective();
      if (round.settled()) {
        return new Fit(centres, Arrays.copyOf(objectives, r + 1), true);
      }
      centres = r + 1 < rounds ? round.centres() : centres;
    }
    return new Fit(centres, objectives, false);
  }

  /**
   * Parallel rounds from several starts, as of {@link #best(PointSet, FarthestFirst, int, long)}.
   *
   * @param blocks of points, at least one point
   * @param starts how many, at least 1
   * @param most start centres at most
   * @param seed of the first points
   */
  public Clustering best(List<Points> blocks, int starts, int most, long seed) {
    var all = new Blocks(blocks);
    return all.labelled(best(all, traversal(all, most), starts, seed));
  }

  /**
   * Parallel rounds from several starts; the lowest objective wins, of equals the first. The first
   * start is that of the traversal from the mean, the others are traversals from seeded points, cut
   * to as many centres.
   *
   * @param points wherever they are
   * @param fromMean traversal down to λ, or of as many rounds as there may be centres to start with
   * @param starts how many, at least 1
   * @param seed of the first points
   */
  public Fit best(PointSet points, FarthestFirst fromMean, int starts, long seed) {
    return best(points, fromMean, fromMean.start(lambda).count(), starts, seed);
  }

  /**
   * The same from a given number of centres, for a wanted number of clusters: where several points
   * are equally far, λ alone does not tell it.
   *
   * @param points wherever they are
   * @param fromMean traversal of as many rounds as centres at least, unless the points ran out
   * @param centres of each start, at least 1
   * @param starts how many, at least 1
   * @param seed of the first points
   */
  public Fit best(PointSet points, FarthestFirst fromMean, int centres, int starts, long seed) {
    var best = parallel(points, fromMean.first(centres));
    for (int s = 1; s < starts; s++) {
      var first = points.drawn(Draws.key(seed, s)).vector();
      var other = parallel(points, FarthestFirst.from(first, points, centres).first(centres));
      if (other.objective() < best.objective()) {
        best = other;
      }
    }
    return best;
  }

  /**
   * Passes of epochs under optimistic concurrency control; means after each pass.
   *
   * @param points with ascending ids
   * @param start centres to begin with, at least one
   * @param epoch points of an epoch, at least 1: with 1 it is the serial algorithm
   */
  public Clustering optimistic(Points points, Centres start, int epoch) {
    requireAscending(points);
    var epochs = new LocalEpochs(points, epoch);
    var found = optimistic(epochs, start);
    return found.fit().labelled(epochs.labels(found.last()));
  }

  /**
   * Passes of epochs under optimistic concurrency control; means after each pass.
   *
   * @param epochs of points, wherever they are
   * @param start centres to begin with, at least one
   */
  public OptimisticFit optimistic(Epochs epochs, Centres start) {
    var objectives = new double[rounds];
    var centres = start;
    for (int r = 0; ; r++) {
      var pass = OccPass.of(epochs, centres, lambda);
      var sums = epochs.labelled(pass);
      objectives[r] = sums.objective(lambda);
      var means = sums.means();
      if (means.equals(centres) || r + 1 == rounds) {
        boolean settled = means.equals(centres);
        var fit = new Fit(pass.centres(), Arrays.copyOf(objectives, r + 1), settled);
        return new OptimisticFit(fit, pass);
      }
      centres = means;
    }
  }

  private static void requireAscending(Points points) {
    if (points.size() == 0) {
      throw new IllegalArgumentException("no points to cluster");
    }
    if (IntStream.range(1, points.size()).anyMatch(i -> points.id(i - 1) >= points.id(i))) {
      throw new IllegalArgumentException("ids must ascend: sort the points by id");
    }
  }
}
