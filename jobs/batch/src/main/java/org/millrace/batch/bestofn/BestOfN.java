package org.millrace.batch.bestofn;

import static org.apache.spark.sql.functions.lit;

import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.batch.bestofn.analysis.EqualCompute;
import org.millrace.batch.bestofn.analysis.ParallelAnswers;
import org.millrace.batch.bestofn.analysis.ScalingFit;
import org.millrace.kernel.verify.Verifier;

/**
 * Best-of-N as functions on tables, for notebooks, other jobs and tests: what the commands compute,
 * without their input and output. The session must have the suite's functions.
 */
public final class BestOfN {

  private BestOfN() {}

  /**
   * Judges samples by rule.
   *
   * @param samples with the columns of Score that a sample has, the missing ones null, and
   *     finish_reason
   * @return rows of the Score contract; a prompt or target that can't be verified against has no
   *     verdict
   */
  public static Dataset<Row> verify(Dataset<Row> samples, Verifier verifier) {
    var judged =
        RuleVerification.judged(samples.withColumn("_reason", lit(null).cast("string")), verifier);
    return RuleVerification.scores(judged, Set.of(samples.columns())::contains, verifier);
  }

  /**
   * Curves and choices of each prompt.
   *
   * @param scores rows of the Score contract with verdicts
   * @param selectors names as of the command's option
   * @param options with the ks to report; padding is not possible here
   * @return one row a prompt; {@code values} holds an array a curve, {@code choices} a struct a
   *     selector
   */
  public static Dataset<Row> prompts(
      Dataset<Row> scores, List<String> selectors, SelectOptions options) {
    var selection = Selectors.of(selectors, options, true, 0);
    var judged = scores.where(Prompts.credit().isNotNull());
    return Prompts.evaluated(
        Prompts.of(judged, Set.of(scores.columns())::contains, options),
        selection.curves(),
        selection.choices());
  }

  /**
   * The laws that curves follow: the power law of coverage of the ceiling, and the saturation of
   * every curve that rises, with the samples after which one more gains less than .01 or .001.
   *
   * @param curves rows of the CurvePoint contract, as {@code select} writes them
   * @param upTo the largest k to fit to
   * @return a row a curve and law: selector, law, a, b, p, most, rms, steps_to_gain_01,
   *     steps_to_gain_001
   */
  public static Dataset<Row> laws(Dataset<Row> curves, int upTo) {
    var points = SelectAnalysis.comparable(SelectTables.points(curves));
    return ScalingFit.laws(ScalingFit.of(points, upTo)).dataset(curves.sparkSession());
  }

  /**
   * The best of voting over answers and of verifying them within each budget of compute.
   *
   * @param curves rows of the CurvePoint contract, of majority and of best-score by votes
   * @param lambda cost of a verification in answers, at least 0
   * @return a row a budget: budget, voting_s, voting_value, verified_s, verified_v, verified_cost,
   *     verified_value, verified_gain; none without curves by votes
   */
  public static Dataset<Row> equalCompute(Dataset<Row> curves, double lambda) {
    var points = SelectAnalysis.comparable(SelectTables.points(curves));
    var compute =
        EqualCompute.of(points, lambda)
            .orElseGet(() -> new EqualCompute(lambda, List.of(), List.of()));
    return compute.matched().dataset(curves.sparkSession());
  }

  /**
   * What answers sampled side by side take, by how many are waited for.
   *
   * @param scores rows of the Score contract; completion_tokens count where there are any, else
   *     length
   * @param options with the ks to report and the m of short-m
   * @return a row a strategy and k: strategy, k, latency, work, unit, prompts, excluded,
   *     accuracy_first_k (null here)
   */
  public static Dataset<Row> parallel(Dataset<Row> scores, SelectOptions options) {
    var prompts = Prompts.of(scores, Set.of(scores.columns())::contains, options);
    var analysis = SelectAnalysis.of(prompts, Totals.of(prompts), options, List.of(), 1);
    return ParallelAnswers.table(analysis.parallel(), analysis.unit())
        .dataset(scores.sparkSession());
  }
}
