package org.millrace.kernel.bestofn;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * Verification and self-consistency compared at equal compute (arXiv 2504.01005, section 3): S
 * solutions with V verifications each cost C(S, V) = S (1 + lambda V), in solutions.
 */
public final class ComputeMatched {

  private static final Comparator<Point> CHEAPEST =
      Comparator.comparingDouble(Point::cost)
          .thenComparing(Comparator.comparingDouble(Point::value).reversed());

  private static final Comparator<Point> BEST =
      Comparator.comparingDouble(Point::value)
          .thenComparing(Comparator.comparingDouble(Point::cost).reversed());

  private ComputeMatched() {}

  /**
   * What was reached for a cost.
   *
   * @param solutions S, at least 1
   * @param verifications V, of each solution; 0 for self-consistency
   * @param cost in solutions
   * @param value accuracy, 0 to 1
   */
  public record Point(int solutions, int verifications, double cost, double value) {

    /** A point that costs what the formula says; lambda is T_V / T_S, at least 0. */
    public static Point of(int solutions, int verifications, double lambda, double value) {
      return new Point(
          solutions, verifications, ComputeMatched.cost(solutions, verifications, lambda), value);
    }
  }

  /**
   * Cost in solutions.
   *
   * @param lambda tokens of a verification by those of a solution, at least 0
   * @throws IllegalArgumentException if a number is out of its range
   */
  public static double cost(int solutions, int verifications, double lambda) {
    if (solutions < 1 || verifications < 0 || !(lambda >= 0)) {
      throw new IllegalArgumentException(
          "a cost wants S >= 1, V >= 0 and lambda >= 0, got S="
              + solutions
              + ", V="
              + verifications
              + ", lambda="
              + lambda);
    }
    return solutions * (1 + lambda * verifications);
  }

  /** The points that nothing as cheap or cheaper reaches, by cost; values rise strictly. */
  public static List<Point> frontier(List<Point> points) {
    var sorted = new ArrayList<>(points);
    sorted.sort(CHEAPEST);
    var frontier = new ArrayList<Point>();
    for (var point : sorted) {
      if (frontier.isEmpty() || point.value() > frontier.get(frontier.size() - 1).value()) {
        frontier.add(point);
      }
    }
    return List.copyOf(frontier);
  }

  /** The best point, the cheapest of equals; empty where there are none. */
  public static Optional<Point> best(List<Point> points) {
    return points.stream().max(BEST);
  }

  /** The best point that costs no more than a budget, the cheapest of equals. */
  public static Optional<Point> bestWithin(List<Point> points, double budget) {
    return points.stream().filter(point -> point.cost() <= budget).max(BEST);
  }

  /** The cheapest point of at least this value, the best of equals. */
  public static Optional<Point> cheapestReaching(List<Point> points, double value) {
    return points.stream().filter(point -> point.value() >= value).min(CHEAPEST);
  }
}
