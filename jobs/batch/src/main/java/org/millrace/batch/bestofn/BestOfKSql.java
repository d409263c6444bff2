package org.millrace.batch.bestofn;

import static org.apache.spark.sql.functions.array;
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
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import java.util.Arrays;
import java.util.function.IntFunction;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.functions;

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
   * Curves of all prompts, with one shuffle, by prompt; a column for each k in between.
   *
   * @param scores columns {@code prompt_id}; {@code score}, a double, higher is better, compared
   *     exactly, null or NaN for no candidate; {@code credit}, a double, not null where score isn't
   * @param ks numbers of samples, at least one, each at least 1
   * @return {@code prompt_id}, {@code k} (int), {@code value} (double, null where k is more than
   *     the prompt's candidates), a row for each prompt and k
   * @throws IllegalArgumentException if there is no k, or one is below 1
   */
  public static Dataset<Row> curve(Dataset<Row> scores, int[] ks) {
    if (ks.length == 0 || IntStream.of(ks).anyMatch(k -> k < 1)) {
      throw new IllegalArgumentException("ks is empty or has one below 1: " + Arrays.toString(ks));
    }
    var sums = each(ks, at -> sum(chance(ks[at], at).multiply(col("credit"))).as("sum_" + at));
    var points =
        each(ks, at -> struct(lit(ks[at]).as("k"), value(ks[at], at).as("value")).as("point"));
    return ranked(scores)
        .select(
            concat(columns("prompt_id", "n", "below", "credit"), each(ks, at -> log(ks[at], at))))
        .groupBy("prompt_id", "n")
        .agg(sums[0], Arrays.copyOfRange(sums, 1, sums.length))
        .select(col("prompt_id"), explode(array(points)).as("point"))
        .select("prompt_id", "point.k", "point.value");
  }

  /** A row a sample: prompt_id, n candidates, below (b), credit (mean of its ties), rank from 1. */
  private static Dataset<Row> ranked(Dataset<Row> scores) {
    var score = col("score");
    var prompt = Window.partitionBy("prompt_id");
    // Credit as the second key makes what may come in any order equal, so that floating-point
    // sums are the same on every run.
    var best = prompt.orderBy(desc_nulls_last("score"), desc("credit"));
    var tied =
        Window.partitionBy("prompt_id", "score")
            .orderBy(desc("credit"))
            .rowsBetween(Window.unboundedPreceding(), Window.unboundedFollowing());
    return scores
        // Adding zero makes one of the two zeros.
        .select(
            col("prompt_id"),
            when(isnan(score), null).otherwise(score.plus(0.0)).as("score"),
            col("credit"))
        .withColumn("rank", row_number().over(best).cast("double"))
        .withColumn("n", count(score).over(prompt).cast("double"))
        .withColumn("credit", avg("credit").over(tied))
        .withColumn("below", col("n").minus(col("rank")).plus(1.0));
  }

  /** The logarithm of the product over the better samples. */
  private static Column log(int k, int at) {
    var below = col("below");
    var factor = below.minus((double) k).divide(below.minus(1.0));
    var better =
        Window.partitionBy("prompt_id")
            .orderBy("rank")
            .rowsBetween(Window.unboundedPreceding(), -1);
    return sum(when(below.gt((double) k), ln(factor))).over(better).as("log_" + at);
  }

  private static Column chance(int k, int at) {
    var product = exp(coalesce(col("log_" + at), lit(0.0)));
    return when(col("below").geq((double) k), product.multiply((double) k).divide(col("n")));
  }

  private static Column value(int k, int at) {
    return when(col("n").geq((double) k), col("sum_" + at));
  }

  private static Column[] each(int[] ks, IntFunction<Column> column) {
    return IntStream.range(0, ks.length).mapToObj(column).toArray(Column[]::new);
  }

  private static Column[] columns(String... names) {
    return Stream.of(names).map(functions::col).toArray(Column[]::new);
  }

  private static Column[] concat(Column[] some, Column[] others) {
    return Stream.of(some, others).flatMap(Stream::of).toArray(Column[]::new);
  }
}
