package org.millrace.batch.strategies;

import static org.apache.spark.sql.functions.array_repeat;
import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.element_at;
import static org.apache.spark.sql.functions.flatten;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.pmod;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.xxhash64;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.kernel.strategy.steps.Instance;

/**
 * Instances of a table of steps: {@code student, hierarchy, problem, view, ord, id, skills,
 * outcomes}, where skills and outcomes are in order and as many, and instances of a student follow
 * each other by {@code ord}. The id is the hash of the first four.
 */
final class Instances {

  private static final long PARTS = 1_000_000;
  private static final long HELD_OUT = 17;

  private Instances() {}

  /**
   * Joins steps; all in built-in SQL.
   *
   * @param steps as of {@link StepTable}
   * @return those of one or more skills, however many
   */
  static Dataset<Row> of(Dataset<Row> steps) {
    return steps
        .where(size(col("skills")).gt(0))
        .groupBy("student", "hierarchy", "problem", "view")
        .agg(array_sort(collect_list(struct("ord", "line", "skills", "outcome"))).as("steps"))
        .withColumn("ord", element_at(col("steps.ord"), 1))
        .withColumn("id", xxhash64(key()))
        .withColumn("skills", flatten(col("steps.skills")))
        .withColumn(
            "outcomes",
            flatten(
                transform(
                    col("steps"),
                    step -> array_repeat(step.getField("outcome"), size(step.getField("skills"))))))
        .drop("steps");
  }

  private static Column[] key() {
    return new Column[] {col("student"), col("hierarchy"), col("problem"), col("view")};
  }

  /** Whether an instance is not too long to be used. */
  static Column kept() {
    return size(col("skills")).leq(Instance.LONGEST);
  }

  /**
   * Whether an instance is held out of everything that is learned.
   *
   * @param share of the instances, 0 to 1
   * @param seed of the choice
   */
  static Column heldOut(double share, long seed) {
    return part(seed, HELD_OUT).lt(lit((long) (share * PARTS)));
  }

  /** A number drawn for an instance, 0 to {@link #PARTS}: the same in whatever partition. */
  private static Column part(long seed, long use) {
    return pmod(xxhash64(col("id"), lit(seed), lit(use)), lit(PARTS));
  }
}
