package org.millrace.batch.bestofn;

import static org.apache.spark.sql.functions.col;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.batch.job.Run;
import org.millrace.batch.job.Samples;

/** Keeps the verdicts or scores that the input carries. */
final class CarriedVerification implements Verification {

  static final String NAME = "column";

  @Override
  public List<List<String>> needs() {
    return List.of(List.of("verdict", "score", "step_scores", "votes"));
  }

  @Override
  public Dataset<Row> scores(Run run, Samples samples) {
    var answer = samples.has("answer") ? col("answer") : col("text");
    return new ScoreRows(answer, col("verdict"), col("score"), col("step_scores"))
        .of(run.quarantine().accept(samples), NAME, "1", ScoreRows.confidences(samples::has));
  }
}
