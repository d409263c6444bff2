package org.millrace.batch.sample;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.batch.sample.engine.Ceiling;
import org.millrace.batch.sample.engine.Price;

/**
 * What was spent.
 *
 * @param promptTokens of answers whose tokens were counted, as are the others
 * @param calls to the engine
 */
record Spent(long answers, long promptTokens, long completionTokens, long calls) {

  static final Spent NOTHING = new Spent(0, 0, 0, 0);

  /** For answers that are written; their calls are not known. */
  static Spent of(Optional<Dataset<Row>> written) {
    if (written.isEmpty()) {
      return NOTHING;
    }
    var row =
        written
            .get()
            .agg(
                count(lit(1)),
                coalesce(sum(col("prompt_tokens").cast("long")), lit(0L)),
                coalesce(sum(col("completion_tokens").cast("long")), lit(0L)))
            .head();
    return new Spent(row.getLong(0), row.getLong(1), row.getLong(2), 0);
  }

  /** For calls that came to no answer. */
  static Spent onNothing(Dataset<Row> stopped) {
    var all = of(Optional.of(stopped));
    return new Spent(0, all.promptTokens, all.completionTokens, 0);
  }

  Spent plus(Spent more) {
    return new Spent(
        answers + more.answers,
        promptTokens + more.promptTokens,
        completionTokens + more.completionTokens,
        calls + more.calls);
  }

  /** What is left of a ceiling. */
  Ceiling leftOf(Ceiling ceiling, Price price) {
    return ceiling.less(
        promptTokens + completionTokens, calls, price.of(promptTokens, completionTokens));
  }
}
