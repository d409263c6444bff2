package org.millrace.batch.bestofn.report;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import org.millrace.batch.bestofn.report.Report.ComputePoint;

/** The points of each strategy that no cheaper or equally dear point of it reaches. */
final class Frontier {

  private Frontier() {}

  /**
   * The Pareto frontier of each strategy, strategies in order of appearance, points by rising cost
   * (and so by rising value). Points whose cost or value is not finite, or whose cost is not above
   * 0, are left out.
   */
  static List<ComputePoint> of(List<ComputePoint> points) {
    var byStrategy = new LinkedHashMap<String, List<ComputePoint>>();
    points.forEach(
        point -> byStrategy.computeIfAbsent(point.strategy(), s -> new ArrayList<>()).add(point));
    return byStrategy.values().stream().flatMap(own -> frontier(own).stream()).toList();
  }

  private static List<ComputePoint> frontier(List<ComputePoint> points) {
    var ascending =
        points.stream()
            .filter(p -> Double.isFinite(p.value()) && Double.isFinite(p.cost()) && p.cost() > 0)
            .sorted(
                Comparator.comparingDouble(ComputePoint::cost)
                    .thenComparing(Comparator.comparingDouble(ComputePoint::value).reversed()))
            .toList();
    var kept = new ArrayList<ComputePoint>();
    double best = Double.NEGATIVE_INFINITY;
    for (var point : ascending) {
      if (point.value() > best) {
        kept.add(point);
        best = point.value();
      }
    }
    return kept;
  }
}
