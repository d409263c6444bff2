package org.millrace.batch.bestofn;

import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.desc;
import static org.apache.spark.sql.functions.desc_nulls_last;
import static org.apache.spark.sql.functions.exp;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.isnan;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.ln;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * Exact best-of-k out of built-in expressions, which a GPU runs as they are. The same estimate as
 * {@code best_of_ks}: the expected credit of the best-scoring sample of a uniformly drawn k-subset,
 * ties shared.
 *
 * <p>The sample with b of the n candidates at or below it (itself included, ties in any order) is
 * the best of a k-subset with chance
 *
 * <pre>P(b) = C(b-1,k-1) / C(n,k) = k/n * prod_{i=b+1..n} (i-k)/(i-1)</pre>
 *
 * and the value is the sum over samples of P(b) times the mean credit of the samples with the same
 * score. All terms have the sign of the credits, so nothing cancels; the product is a running sum
 * of logarithms, whose relative error stays below 1e-12 up to a thousand samples.
 */
public final class BestOfKSql {

  private BestOfKSql() {}

  /**
   * Curves of all prompts, with one shuffle by prompt; (samples x ks) rows in between.
   *
   * @param scores columns {@code prompt_id}; {@code score}, a double, higher is better, compared
   *     exactly, null or NaN for no candidate; {@code credit}, a double, not null where score isn't
   * @param ks numbers of samples, each at least 1, each once
   * @return {@code prompt_id}, {@code k} (int), {@code value} (double, null where k is more than
   *     the prompt's candidates), a row for each prompt and k
   * @throws IllegalArgumentException if a k is below 1
   */
  public static Dataset<Row> curve(Dataset<Row> scores, int[] ks) {
    for (int k : ks) {
      if (k < 1) {
        throw new IllegalArgumentException("k is below 1: " + k);
      }
    }
    // The second keys make equal rows of what a window may order freely, so that floating-point
    // sums come out the same on every run.
    var prompt = Window.partitionBy("prompt_id");
    var ranked = prompt.orderBy(desc_nulls_last("score"), desc("credit"));
    var tied =
        Window.partitionBy("prompt_id", "score")
            .orderBy(desc("credit"))
            .rowsBetween(Window.unboundedPreceding(), Window.unboundedFollowing());
    var better =
        Window.partitionBy("prompt_id", "k")
            .orderBy("rank")
            .rowsBetween(Window.unboundedPreceding(), -1);

    var score = col("score");
    var below = col("n").minus(col("rank")).plus(1.0);
    var k = col("k").cast("double");
    return scores
        // Adding zero makes one of the two zeros.
        .select(
            col("prompt_id"),
            when(isnan(score), null).otherwise(score.plus(0.0)).as("score"),
            col("credit"))
        .withColumn("rank", row_number().over(ranked).cast("double"))
        .withColumn("n", count(score).over(prompt).cast("double"))
        .withColumn("credit", avg("credit").over(tied))
        .select(
            col("prompt_id"),
            col("credit"),
            col("rank"),
            col("n"),
            below.as("below"),
            explode(lit(ks)).as("k"))
        .withColumn(
            "log",
            sum(when(col("below").gt(k), ln(col("below").minus(k).divide(col("below").minus(1.0)))))
                .over(better))
        .withColumn(
            "chance",
            when(
                col("below").geq(k),
                exp(coalesce(col("log"), lit(0.0))).multiply(k).divide(col("n"))))
        .groupBy("prompt_id", "k", "n")
        .agg(coalesce(sum(col("chance").multiply(col("credit"))), lit(0.0)).as("sum"))
        .select(col("prompt_id"), col("k"), when(k.leq(col("n")), col("sum")).as("value"));
  }
}
