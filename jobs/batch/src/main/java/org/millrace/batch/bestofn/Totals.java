package org.millrace.batch.bestofn;

import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Sums over the prompts.
 *
 * @param largest samples of the largest prompt, at least 1
 * @param copies samples that have the key of another
 * @param judged samples whose credit is known; so on for score, length and answer
 * @param promptTokens null where not known
 */
record Totals(
    long prompts,
    long samples,
    int largest,
    long copies,
    long judged,
    long scored,
    long sized,
    long answered,
    Long promptTokens,
    Long completionTokens) {

  static Totals of(Dataset<Row> gathered) {
    var row =
        gathered
            .agg(
                count(lit(1)),
                sum("n"),
                max("n"),
                sum("copies"),
                sum("judged"),
                sum("scored"),
                sum("sized"),
                sum("answered"),
                sum("prompt_tokens"),
                sum("completion_tokens"))
            .head();
    return new Totals(
        row.getLong(0),
        whole(row, 1),
        row.isNullAt(2) ? 1 : row.getInt(2),
        whole(row, 3),
        whole(row, 4),
        whole(row, 5),
        whole(row, 6),
        whole(row, 7),
        row.isNullAt(8) ? null : row.getLong(8),
        row.isNullAt(9) ? null : row.getLong(9));
  }

  private static long whole(Row row, int at) {
    return row.isNullAt(at) ? 0 : row.getLong(at);
  }

  String lacking(String selector) {
    return switch (selector) {
      case "pass" -> judged > 0 ? null : "verdicts";
      case "best-score" -> scored > 0 ? null : "scores";
      case "weighted-majority", "filtered-majority", "borda" ->
          scored == 0 ? "scores" : answered == 0 ? "answers" : null;
      case "majority" -> answered > 0 ? null : "answers";
      case "short-m" -> sized == 0 ? "lengths" : answered == 0 ? "answers" : null;
      default -> sized > 0 ? null : "lengths";
    };
  }
}
