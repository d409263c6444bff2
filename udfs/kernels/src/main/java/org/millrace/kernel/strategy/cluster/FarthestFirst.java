package org.millrace.kernel.strategy.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * A farthest-first traversal: from a first centre, again and again the point that is farthest from
 * all chosen so far, of equals the one of the smallest id. It turns a wanted number of clusters
 * into λ (Kulis and Jordan 2012, section 3.1) and gives DP-means its start. Immutable.
 */
public final class FarthestFirst {

  private final Centres chosen;
  private final double[] lambdas;

  private FarthestFirst(Centres chosen, double[] lambdas) {
    this.chosen = chosen;
    this.lambdas = lambdas;
  }

  /**
   * A traversal from what its rounds gave, one {@link #lower} over all points a round.
   *
   * @param first centre, such as the mean of all points
   * @param rounds the farthest point of each round, at least one; the distances don't rise
   */
  public static FarthestFirst of(double[] first, List<Farthest> rounds) {
    var vectors = rounds.stream().map(Farthest::vector).toList();
    return new FarthestFirst(
        Centres.of(first, first.length).with(vectors),
        rounds.stream().mapToDouble(Farthest::squaredDistance).toArray());
  }

  /**
   * A traversal over points; it ends before its time when all of them are chosen.
   *
   * @param first centre, such as the mean of all points
   * @param points wherever they are
   * @param rounds how many, at least 1
   */
  public static FarthestFirst from(double[] first, PointSet points, int rounds) {
    return from(first, points, rounds, 0);
  }

  /**
   * A traversal over points as far as a start at a λ, or any larger one, needs it.
   *
   * @param first centre, such as the mean of all points
   * @param points wherever they are
   * @param rounds how many at most, at least 1
   * @param lambda at which it ends, in squared distance, from 0
   */
  public static FarthestFirst from(double[] first, PointSet points, int rounds, double lambda) {
    var found = new ArrayList<Farthest>();
    try (var distances = points.distances()) {
      var centre = first;
      do {
        found.add(distances.lower(centre));
        centre = found.get(found.size() - 1).vector();
      } while (found.size() < rounds && found.get(found.size() - 1).squaredDistance() > lambda);
    }
    return of(first, found);
  }

  /**
   * One round over a block: the points' squared distances to the chosen centres, lowered by one
   * more centre. Linear time.
   *
   * @param points a block
   * @param centre chosen last
   * @param squaredDistances of the points to those chosen before, infinite at first; changed
   * @return the farthest point of the block; null of an empty one
   */
  public static Farthest lower(Points points, double[] centre, double[] squaredDistances) {
    int far = -1;
    var distances = new double[Points.TOGETHER];
    for (int first = 0; first < points.size(); first += Points.TOGETHER) {
      points.squaredDistances(first, centre, distances);
      int last = Math.min(points.size(), first + Points.TOGETHER);
      for (int i = first; i < last; i++) {
        squaredDistances[i] = Math.min(squaredDistances[i], distances[i - first]);
        if (far < 0
            || Farthest.beyond(
                squaredDistances[i], points.id(i), squaredDistances[far], points.id(far))) {
          far = i;
        }
      }
    }
    return far < 0 ? null : new Farthest(squaredDistances[far], points.id(far), points.vector(far));
  }

  /** How many centres the traversal knows λ of; fewer than asked where points ran out. */
  public int rounds() {
    return lambdas.length;
  }

  /**
   * λ that wants k clusters: the squared distance of the farthest point from k chosen centres.
   *
   * @param k 1 to {@link #rounds}; beyond it, 0
   */
  public double lambda(int k) {
    return k > lambdas.length ? 0 : lambdas[k - 1];
  }

  /**
   * The centres to start with at a λ: as few as leave no point farther than it. Their number does
   * not rise with λ.
   *
   * @param lambda in squared distance, from 0
   * @return at least one; all that were chosen, where the traversal ended before
   */
  public Centres start(double lambda) {
    int k = 1;
    while (k < chosen.count() && lambdas[k - 1] > lambda) {
      k++;
    }
    return chosen.first(k);
  }

  /**
   * The first centres of the traversal.
   *
   * @param count how many; all where there are fewer
   */
  public Centres first(int count) {
    return chosen.first(Math.min(count, chosen.count()));
  }

  /**
   * The number of clusters after which λ falls most steeply, for data of unknown number.
   *
   * @param least number, at least 1
   * @param most number; one round more must be known, or the points have run out
   * @return the k of the largest λ(k) / λ(k+1), of equals the smallest
   */
  public int steepest(int least, int most) {
    int steepest = least;
    double fall = 0;
    for (int k = least; k <= most && lambda(k) > 0; k++) {
      double ratio = lambda(k) / lambda(k + 1);
      if (ratio > fall) {
        fall = ratio;
        steepest = k;
      }
    }
    return steepest;
  }

  /**
   * The values of λ from coarse to fine: from that of the fewest clusters down by a factor, to that
   * of the most.
   *
   * @param fewest clusters, such as 2
   * @param most clusters, such as the square root of the number of points
   * @param factor between two values, above 0 and below 1, such as 0.8
   * @return falling, at least one value, all above 0 unless the first is not
   */
  public double[] schedule(int fewest, int most, double factor) {
    if (factor <= 0 || factor >= 1 || fewest < 1 || most < fewest) {
      throw new IllegalArgumentException(
          "a schedule wants 1 <= fewest <= most and 0 < factor < 1, got %d, %d and %s"
              .formatted(fewest, most, factor));
    }
    double last = Math.max(lambda(most), Double.MIN_NORMAL);
    var values = new double[1];
    values[0] = lambda(fewest);
    while (values[values.length - 1] * factor >= last) {
      values = Arrays.copyOf(values, values.length + 1);
      values[values.length - 1] = values[values.length - 2] * factor;
    }
    return values;
  }
}
