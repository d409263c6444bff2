package org.millrace.batch.bestofn;

import static org.apache.spark.sql.functions.lit;

import java.util.List;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
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
}
