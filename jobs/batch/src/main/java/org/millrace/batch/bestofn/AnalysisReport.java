package org.millrace.batch.bestofn;

import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.millrace.batch.bestofn.analysis.EqualCompute;
import org.millrace.batch.bestofn.analysis.ScalingFit;
import org.millrace.batch.bestofn.report.Analysis;
import org.millrace.batch.bestofn.report.Report;
import org.millrace.kernel.bestofn.ComputeMatched.Point;

/** The analysis as the report page takes it. */
final class AnalysisReport {

  private AnalysisReport() {}

  /**
   * All but the points of {@link #compute}.
   *
   * @param lambda where the cost of a vote is from, for a reader
   */
  static Analysis of(SelectAnalysis analysis, String lambda) {
    return new Analysis(
        analysis.fits().stream().map(AnalysisReport::fit).toList(),
        analysis.compute().map(compute -> ComputeNote.of(compute, lambda)).orElse(""),
        analysis.compute().map(AnalysisReport::budgets).orElse(List.of()),
        analysis.parallel().stream()
            .map(
                row ->
                    new Analysis.Parallel(
                        row.strategy(),
                        row.k(),
                        row.latency(),
                        row.work(),
                        row.prompts(),
                        row.accuracy().orElse(Double.NaN)))
            .toList(),
        analysis.unit());
  }

  private static Analysis.Fit fit(ScalingFit fit) {
    var points =
        fit.ks().stream()
            .map(
                k ->
                    new Analysis.FitPoint(
                        k,
                        fit.at(k).orElse(Double.NaN),
                        fit.coverage().map(law -> law.at(k)).orElse(Double.NaN),
                        fit.saturation().at(k)))
            .toList();
    return new Analysis.Fit(fit.selector(), fit.coverage().orElse(null), fit.saturation(), points);
  }

  private static List<Analysis.Budget> budgets(EqualCompute compute) {
    return compute.budgets().stream()
        .map(
            budget ->
                new Analysis.Budget(
                    budget.cost(),
                    shown("self-consistency", budget.voting()),
                    shown("verified", budget.verified())))
        .toList();
  }

  private static Report.ComputePoint shown(String strategy, Optional<Point> point) {
    return point.map(known -> shown(strategy, known)).orElse(null);
  }

  /** Voting over S answers, and verifying S answers V times, at their cost. */
  static List<Report.ComputePoint> compute(SelectAnalysis analysis) {
    return analysis.compute().stream()
        .flatMap(
            compute ->
                Stream.concat(
                    compute.voting().stream().map(point -> shown("self-consistency", point)),
                    compute.verified().stream().map(point -> shown("verified", point))))
        .toList();
  }

  private static Report.ComputePoint shown(String strategy, Point point) {
    return new Report.ComputePoint(
        strategy, point.solutions(), point.verifications(), point.cost(), point.value());
  }
}
