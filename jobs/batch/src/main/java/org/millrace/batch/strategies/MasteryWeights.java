package org.millrace.batch.strategies;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.arrays_zip;
import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.transform;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.kernel.strategy.mastery.FirstAttemptRates;

/**
 * Mastery of students as the smoothed rate of correct first attempts, as of {@link
 * FirstAttemptRates}, on tables; all in built-in SQL.
 */
final class MasteryWeights {

  private static final double UNKNOWN = .5;

  private MasteryWeights() {}

  /**
   * Rates of every student at every skill that any of them has met.
   *
   * @param instances to count attempts of
   * @return {@code student, skill, rate}, 0 to 1; and {@code skill_rate}, the skill's mean
   */
  static Dataset<Row> rates(Dataset<Row> instances) {
    var attempts = attempts(instances);
    double overall = overall(attempts);
    var skills = attempts.groupBy("skill").agg(smoothed(lit(overall)).as("skill_rate"));
    return attempts
        .groupBy("student", "skill")
        .agg(count(col("outcome")).as("n"), coalesce(sum("outcome"), lit(0L)).as("c"))
        .join(broadcast(skills), "skill")
        .select(
            col("student"),
            col("skill"),
            rate(col("c"), col("n"), col("skill_rate")).as("rate"),
            col("skill_rate"));
  }

  /**
   * Skill of each student over everything, by which students are ranked.
   *
   * @return {@code student, skill_level}, 0 to 1, of students with an outcome
   */
  static Dataset<Row> ofStudents(Dataset<Row> instances) {
    var attempts = attempts(instances);
    return attempts
        .where(col("outcome").isNotNull())
        .groupBy("student")
        .agg(smoothed(lit(overall(attempts))).as("skill_level"));
  }

  /**
   * Adds {@code weights}, a rate a skill in the instance's order.
   *
   * @param instances of {@link Instances}
   * @param rates of {@link #rates}
   */
  static Dataset<Row> add(Dataset<Row> instances, Dataset<Row> rates) {
    var weights =
        instances
            .select(
                col("id"),
                col("student"),
                posexplode(col("skills")).as(new String[] {"pos", "skill"}))
            .join(rates, new String[] {"student", "skill"})
            .groupBy("id")
            .agg(array_sort(collect_list(struct("pos", "rate"))).as("weighted"))
            .select(col("id"), transform(col("weighted"), w -> w.getField("rate")).as("weights"));
    return instances.join(weights, "id");
  }

  private static Dataset<Row> attempts(Dataset<Row> instances) {
    return instances
        .select(col("student"), explode(arrays_zip(col("skills"), col("outcomes"))).as("attempt"))
        .select(
            col("student"),
            col("attempt.skills").as("skill"),
            col("attempt.outcomes").as("outcome"));
  }

  private static double overall(Dataset<Row> attempts) {
    var counts = attempts.agg(count(col("outcome")), sum("outcome")).head();
    return counts.getLong(0) == 0 ? UNKNOWN : (double) counts.getLong(1) / counts.getLong(0);
  }

  private static Column smoothed(Column mean) {
    return rate(coalesce(sum("outcome"), lit(0L)), count(col("outcome")), mean);
  }

  private static Column rate(Column correct, Column attempts, Column mean) {
    return correct
        .plus(mean.multiply(FirstAttemptRates.PRIOR))
        .divide(attempts.plus(FirstAttemptRates.PRIOR));
  }
}
