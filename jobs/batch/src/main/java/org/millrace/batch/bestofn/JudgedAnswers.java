package org.millrace.batch.bestofn;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.millrace.batch.job.Run;
import org.millrace.batch.job.Samples;

/**
 * The answers that a judge is asked about, and the others.
 *
 * @param rows the good ones of the input, kept, with {@code _key}: prompt and sample index as one
 *     text
 */
record JudgedAnswers(Dataset<Row> rows) {

  /** The texts that a judge has no need of, as it isn't a recorded one. */
  static final Column NOT_RECORDED = lit(null).cast("array<string>").as("recorded");

  /**
   * Sets apart the answers for which the template lacks something.
   *
   * @param template that is to be filled
   */
  static JudgedAnswers of(Run run, Samples samples, JudgeTemplate template) {
    var checked =
        samples.map(
            rows -> {
              var lacking = col("_reason");
              for (var place : List.of("prompt", "target")) {
                if (template.has(place)) {
                  var absent = col(place).isNull().and(RuleVerification.usable());
                  lacking = coalesce(lacking, when(absent, lit("no " + place)));
                }
              }
              return rows.withColumn("_reason", lacking);
            });
    var key = concat_ws("#", col("prompt_id"), col("sample_index").cast("string"));
    // Kept, since they are counted as they are read.
    return new JudgedAnswers(
        run.quarantine().accept(checked).withColumn("_key", key).persist(StorageLevel.DISK_ONLY()));
  }

  /** Whether there is an answer to judge: nobody is asked about an empty one. */
  static Column askable() {
    return not(coalesce(col("finish_reason").equalTo("error"), lit(false)))
        .and(coalesce(trim(col("text")).notEqual(""), lit(false)));
  }

  /** Columns of a judge, and those of the input that stay. */
  static Column[] columns(Samples samples, Column... own) {
    var columns = new ArrayList<>(List.of(own));
    columns.add(col("_read").as("verifier_prompt_tokens"));
    columns.addAll(List.of(ScoreRows.confidences(samples::has)));
    return columns.toArray(Column[]::new);
  }

  /** A sum of counts of which one or both may not be known. */
  static Column plus(String one, String other) {
    return coalesce(col(one).plus(col(other)), col(one), col(other));
  }
}
