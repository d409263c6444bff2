package org.millrace.batch.bestofn.analysis;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.millrace.kernel.bestofn.ComputeMatched;
import org.millrace.kernel.bestofn.ComputeMatched.Point;
import org.millrace.schema.CurvePoint;

/**
 * Voting over S answers, which costs S, beside verifying S answers V times each, which costs C(S,V)
 * = S (1 + lambda V), in answers (arXiv 2504.01005).
 *
 * @param lambda cost of a verification in answers, at least 0
 * @param voting points of self-consistency, V = 0; none where answers have no votes of their own
 * @param verified points of best-of-S by the mean of the first V verifications
 */
public record EqualCompute(double lambda, List<Point> voting, List<Point> verified) {

  /** How the curves of best-score over the first V votes are named, followed by V. */
  public static final String VERIFIED = "best-score/votes-";

  // So that what is equal but for the order of its additions is not better.
  private static final double GRID = 1e12;

  /** The curve of self-consistency. */
  private static final String VOTING = "majority";

  /**
   * The best of each within a budget.
   *
   * @param cost the budget, in answers
   */
  public record Budget(double cost, Optional<Point> voting, Optional<Point> verified) {}

  /**
   * The comparison of these curves; empty where none is of verifications.
   *
   * @param points of curves
   */
  public static Optional<EqualCompute> of(List<CurvePoint> points, double lambda) {
    var voting = new ArrayList<Point>();
    var verified = new ArrayList<Point>();
    for (var point : points) {
      if (point.getSelector().equals(VOTING)) {
        voting.add(Point.of(point.getK(), 0, lambda, rounded(point)));
      } else if (point.getSelector().startsWith(VERIFIED)) {
        int votes = Integer.parseInt(point.getSelector().substring(VERIFIED.length()));
        verified.add(Point.of(point.getK(), votes, lambda, rounded(point)));
      }
    }
    return verified.isEmpty()
        ? Optional.empty()
        : Optional.of(new EqualCompute(lambda, List.copyOf(voting), List.copyOf(verified)));
  }

  private static double rounded(CurvePoint point) {
    return Math.rint(point.getValue() * GRID) / GRID;
  }

  /** The best of both within powers of two and within the cost of each point of a frontier. */
  public List<Budget> budgets() {
    var costs = new TreeSet<Double>();
    ComputeMatched.frontier(voting).forEach(point -> costs.add(point.cost()));
    ComputeMatched.frontier(verified).forEach(point -> costs.add(point.cost()));
    double most = costs.isEmpty() ? 0 : costs.last();
    for (double power = 1; power < most; power *= 2) {
      costs.add(power);
    }
    return costs.stream()
        .map(
            cost ->
                new Budget(
                    cost,
                    ComputeMatched.bestWithin(voting, cost),
                    ComputeMatched.bestWithin(verified, cost)))
        .toList();
  }

  /** The best of voting, and the cheapest verification that is as good; if there is one. */
  public Optional<Point> reachingTheBestVote() {
    return ComputeMatched.best(voting)
        .flatMap(best -> ComputeMatched.cheapestReaching(verified, best.value()));
  }

  /** All points: what each cost and reached, and whether nothing as cheap of its kind is better. */
  public AnalysisTable table() {
    return AnalysisTable.of(
        "strategy string, s int, v int, cost double, value double, frontier boolean",
        Stream.concat(rows("self-consistency", voting), rows("verified", verified)));
  }

  private static Stream<Row> rows(String strategy, List<Point> points) {
    var frontier = new HashSet<>(ComputeMatched.frontier(points));
    return points.stream()
        .map(
            point ->
                RowFactory.create(
                    strategy,
                    point.solutions(),
                    point.verifications(),
                    point.cost(),
                    point.value(),
                    frontier.contains(point)));
  }

  /** The budgets with the best of both, and what verifying gains there. */
  public AnalysisTable matched() {
    return AnalysisTable.of(
        "budget double, voting_s int, voting_value double, verified_s int, verified_v int,"
            + " verified_cost double, verified_value double, verified_gain double",
        budgets().stream()
            .map(
                budget ->
                    RowFactory.create(
                        budget.cost,
                        budget.voting.map(Point::solutions).orElse(null),
                        budget.voting.map(Point::value).orElse(null),
                        budget.verified.map(Point::solutions).orElse(null),
                        budget.verified.map(Point::verifications).orElse(null),
                        budget.verified.map(Point::cost).orElse(null),
                        budget.verified.map(Point::value).orElse(null),
                        gain(budget).orElse(null))));
  }

  /** What the best verification of a budget has more than the best vote. */
  public static Optional<Double> gain(Budget budget) {
    return budget.verified.flatMap(
        verified -> budget.voting.map(voting -> verified.value() - voting.value()));
  }
}
