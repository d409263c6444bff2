package org.millrace.batch.sample;

import static org.apache.spark.sql.functions.ceil;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.octet_length;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;

import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.batch.sample.engine.Price;

/**
 * What sampling would take.
 *
 * @param answers that lack, of {@code prompts}
 * @param calls to the engine, if it gives as many answers as it is asked for
 * @param promptTokens a fourth of the bytes of the prompts, once a call
 * @param perAnswer tokens of an answer on average, where some are there
 * @param most tokens of an answer
 */
record Estimate(
    long prompts, long answers, long calls, long promptTokens, Double perAnswer, int most) {

  private static final int BYTES_A_TOKEN = 4;

  /**
   * Adds up.
   *
   * @param lacking of {@link SamplePrompts}
   * @param before what there is already
   */
  static Estimate of(Dataset<Row> lacking, int perCall, int most, Spent before) {
    var calls = ceil(size(col("lacking")).divide(perCall));
    var bytes = coalesce(octet_length(col("prompt")), lit(0));
    var row =
        lacking
            .agg(
                count(lit(1)),
                coalesce(sum(size(col("lacking")).cast("long")), lit(0L)),
                coalesce(sum(calls), lit(0L)),
                coalesce(sum(calls.multiply(ceil(bytes.divide(BYTES_A_TOKEN)))), lit(0L)))
            .head();
    var mean =
        before.completionTokens() > 0
            ? (double) before.completionTokens() / before.answers()
            : null;
    return new Estimate(row.getLong(0), row.getLong(1), row.getLong(2), row.getLong(3), mean, most);
  }

  /** What a user reads. */
  String text(Price price) {
    long dearest = answers * most;
    var text = new StringBuilder();
    text.append(
        "%,d answers to %,d prompts in %,d calls: about %,d tokens to read, at most %,d to write"
            .formatted(answers, prompts, calls, promptTokens, dearest));
    if (perAnswer != null) {
      text.append(", about %,d by the answers so far".formatted(Math.round(answers * perAnswer)));
    }
    text.append(
        String.format(Locale.ROOT, "; costs at most %.2f", price.of(promptTokens, dearest)));
    if (perAnswer != null) {
      text.append(
          String.format(
              Locale.ROOT,
              ", about %.2f",
              price.of(promptTokens, Math.round(answers * perAnswer))));
    }
    return text.toString();
  }
}
