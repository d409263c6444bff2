package org.millrace.batch.bestofn.report;

import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.millrace.batch.bestofn.report.Report.Curve;
import org.millrace.batch.bestofn.report.Report.Point;

/**
 * How far each selector stays below pass@k. Only curves over the same draws compare, so file-order
 * curves have no gap to the exact ceiling.
 */
final class Gaps {

  private Gaps() {}

  /**
   * For each curve that does not depend on file order, ceiling minus curve at each k that both
   * have, as a share of prompts. The standard error is NaN: the two means share their prompts, so
   * it does not follow from theirs. Empty without a ceiling.
   */
  static List<Curve> toCeiling(List<Curve> curves) {
    return curves.stream()
        .filter(Curve::ceiling)
        .findFirst()
        .map(ceiling -> below(ceiling, curves))
        .orElse(List.of());
  }

  private static List<Curve> below(Curve ceiling, List<Curve> curves) {
    Map<Integer, Double> top =
        ceiling.points().stream().collect(Collectors.toMap(Point::k, Point::value, (a, b) -> a));
    return curves.stream()
        .filter(curve -> !curve.ceiling() && !curve.fileOrder())
        .map(curve -> new Curve(curve.selector(), curve.family(), gap(top, curve)))
        .filter(curve -> !curve.points().isEmpty())
        .toList();
  }

  private static List<Point> gap(Map<Integer, Double> top, Curve curve) {
    return curve.points().stream()
        .filter(p -> top.containsKey(p.k()))
        .map(p -> new Point(p.k(), top.get(p.k()) - p.value(), Double.NaN, p.prompts()))
        .toList();
  }
}
