package org.millrace.batch.bestofn;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Samples as rows of the Score contract.
 *
 * @param answer canonical answer
 * @param verdict as the contract has it
 * @param score of a verifier
 * @param stepScores of a process reward model
 */
record ScoreRows(Column answer, Column verdict, Column score, Column stepScores) {

  /** What a verifier keeps of one that ran before it, and that alone could see the tokens. */
  private static final List<String> CONFIDENCES =
      List.of(
          "self_certainty",
          "confidence_lowest_group",
          "confidence_bottom10",
          "confidence_tail",
          "confidence_mean");

  /** The confidences that an input has. */
  static Column[] confidences(Predicate<String> has) {
    return CONFIDENCES.stream().filter(has).map(name -> col(name)).toArray(Column[]::new);
  }

  /**
   * The rows.
   *
   * @param verifier who judged
   * @param version of the verifier
   * @param more columns of the contract that only some verifiers have
   */
  Dataset<Row> of(Dataset<Row> samples, String verifier, String version, Column... more) {
    var columns =
        Stream.of(
            col("prompt_id"),
            col("sample_index"),
            col("prompt"),
            col("target"),
            col("level"),
            col("text"),
            answer.as("answer"),
            verdict.as("verdict"),
            score.as("score"),
            stepScores.as("step_scores"),
            col("votes"),
            coalesce(col("length"), length(col("text")).cast("long")).as("length"),
            col("prompt_tokens"),
            col("completion_tokens"),
            col("latency_ms"),
            col("verifier_tokens"),
            col("votes_length"),
            lit(verifier).as("verifier"),
            lit(version).as("verifier_version"));
    return samples.select(Stream.concat(columns, Stream.of(more)).toArray(Column[]::new));
  }
}
