package org.millrace.batch.bestofn;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.List;
import java.util.Map;
import java.util.function.Predicate;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.batch.job.Run;
import org.millrace.batch.job.Samples;
import org.millrace.kernel.verify.Verifier;
import org.millrace.kernel.verify.Verifiers;
import org.millrace.udf.VerifyFunction;

/** Judges by one of the rules of {@link Verifiers}. */
final class RuleVerification implements Verification {

  private final Verifier verifier;

  /**
   * @throws IllegalArgumentException if there is no such rule, or an option is wrong
   */
  RuleVerification(String name, Map<String, String> options) {
    this.verifier = Verifiers.of(name, options);
  }

  @Override
  public List<List<String>> needs() {
    return switch (verifier.name()) {
      case "game24", "sudoku" -> List.of(List.of("prompt"), List.of("text"));
      case "countdown" -> List.of(List.of("prompt"), List.of("target"), List.of("text"));
      default -> List.of(List.of("target"), List.of("text"));
    };
  }

  @Override
  public Dataset<Row> scores(Run run, Samples samples) {
    var judged = run.quarantine().accept(samples.map(rows -> judged(rows, verifier)));
    return scores(judged, samples::has, verifier);
  }

  /** The samples that a verifier is asked about: not the bad ones, nor calls that failed. */
  static Column usable() {
    return col("_reason")
        .isNull()
        .and(not(coalesce(col("finish_reason").equalTo("error"), lit(false))));
  }

  /**
   * Adds {@code _judged}, the verifier's struct, null where the call that sampled failed; a prompt
   * or target that can't be verified against is a {@code _reason}.
   */
  static Dataset<Row> judged(Dataset<Row> samples, Verifier verifier) {
    var judge = udf(new VerifyFunction(verifier), VerifyFunction.TYPE).withName("verify");
    return samples
        .withColumn(
            "_judged", when(usable(), judge.apply(col("prompt"), col("target"), col("text"))))
        .withColumn("_reason", coalesce(col("_reason"), col("_judged.error")));
  }

  /**
   * Rows of {@link #judged} as Score rows. The verdict is the score too, unless the input carries
   * scores: a learned verifier's opinion must not be mixed with the truth.
   */
  static Dataset<Row> scores(Dataset<Row> judged, Predicate<String> has, Verifier verifier) {
    var verdict = col("_judged.verdict");
    boolean scored = has.test("score") || has.test("step_scores") || has.test("votes");
    var score =
        scored
            ? col("score")
            : when(verdict.isNotNull(), verdict.equalTo("correct").cast("double"));
    return new ScoreRows(col("_judged.answer"), verdict, score, col("step_scores"))
        .of(judged, verifier.name(), verifier.version(), ScoreRows.confidences(has));
  }
}
