package org.millrace.batch.bestofn;

import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.batch.bestofn.analysis.AnalysisTable;
import org.millrace.batch.bestofn.analysis.EqualCompute;
import org.millrace.batch.bestofn.analysis.ParallelAnswers;
import org.millrace.batch.bestofn.analysis.ScalingFit;
import org.millrace.batch.job.Run;
import org.millrace.schema.CurvePoint;

/**
 * What a run says beside its curves, as far as the input has what it takes.
 *
 * @param fits of the curves; none without verdicts
 * @param compute voting and verifying at equal compute; empty without votes
 * @param parallel what answers sampled in parallel take; none without lengths
 * @param unit of the parallel account
 */
record SelectAnalysis(
    List<ScalingFit> fits,
    Optional<EqualCompute> compute,
    List<ParallelAnswers> parallel,
    String unit) {

  private static final String FOLDER = "analysis/";

  /**
   * Computes it.
   *
   * @param prompts of {@link Prompts#of}
   */
  static SelectAnalysis of(
      Dataset<Row> prompts,
      Totals totals,
      SelectOptions options,
      List<CurvePoint> points,
      int fitUpTo) {
    boolean tokens = totals.completionTokens() != null;
    var plan =
        new ParallelAnswers.Plan(
            options.ks(), options.shortM(), options.ragged() == SelectOptions.Ragged.CLIP);
    var parallel =
        tokens || totals.sized() > 0
            ? ParallelAnswers.of(
                prompts, totals.prompts(), tokens ? Prompts.TOKENS : "sizes", plan, points)
            : List.<ParallelAnswers>of();
    var comparable = comparable(points);
    return new SelectAnalysis(
        ScalingFit.of(comparable, fitUpTo),
        EqualCompute.of(comparable, options.lambda()),
        parallel,
        tokens ? "tokens" : "length");
  }

  /**
   * The points whose means run over at least half of the prompts of their curve: those that have
   * enough samples for a large k may be easier or harder than the others.
   */
  static List<CurvePoint> comparable(List<CurvePoint> points) {
    var most = new HashMap<String, Long>();
    points.forEach(point -> most.merge(point.getSelector(), point.getPrompts(), Math::max));
    return points.stream()
        .filter(point -> 2 * point.getPrompts() >= most.get(point.getSelector()))
        .toList();
  }

  /** Writes the tables that have rows. */
  void write(Run run) throws IOException {
    write(run, "laws", ScalingFit.laws(fits));
    write(run, "fits", ScalingFit.values(fits));
    if (compute.isPresent()) {
      write(run, "compute", compute.get().table());
      write(run, "compute-matched", compute.get().matched());
    }
    write(run, "parallel", ParallelAnswers.table(parallel, unit));
  }

  private static void write(Run run, String name, AnalysisTable table) throws IOException {
    if (!table.rows().isEmpty()) {
      run.writeText(FOLDER + name + ".csv", table.csv());
    }
  }
}
