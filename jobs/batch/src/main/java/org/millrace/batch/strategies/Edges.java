package org.millrace.batch.strategies;

import static org.apache.spark.sql.functions.array_repeat;
import static org.apache.spark.sql.functions.arrays_zip;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.size;
import static org.apache.spark.sql.functions.sum;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.millrace.kernel.strategy.graph.Node.Kind;

/**
 * Edges of the graph of learners, problems and skills: {@code source} a learner or a problem,
 * {@code target} a skill, both by {@link org.millrace.kernel.strategy.graph.Node#name}, and {@code
 * weight}, above 0. All in built-in SQL.
 */
final class Edges {

  /** What an edge between a learner and a skill weighs. */
  enum Weight {
    /** How often they met. */
    COUNT,
    /** The sum of the learner's mastery over those times. */
    MASTERY
  }

  private Edges() {}

  /**
   * Edges of instances.
   *
   * @param instances with {@code skills} and {@code weights}
   */
  static Dataset<Row> of(Dataset<Row> instances, Weight weight) {
    var met =
        instances
            .select(
                student().as("student"),
                problem().as("problem"),
                explode(arrays_zip(col("skills"), weightsOrOnes())).as("met"))
            .select(
                col("student"),
                col("problem"),
                concat(lit(Kind.SKILL.prefix()), col("met").getField("skills")).as("target"),
                col("met").getField("weights").as("mastery"));
    var ofStudents =
        met.groupBy(col("student").as("source"), col("target"))
            .agg(weight == Weight.COUNT ? times() : sum("mastery").as("weight"))
            .where(col("weight").gt(0));
    var ofProblems = met.groupBy(col("problem").as("source"), col("target")).agg(times());
    return ofStudents.unionByName(ofProblems);
  }

  /** An instance that mastery has no say about counts as much as one that is mastered. */
  private static Column weightsOrOnes() {
    return coalesce(col("weights"), array_repeat(lit(1.0), size(col("skills")))).as("weights");
  }

  private static Column times() {
    return count(lit(1)).cast("double").as("weight");
  }

  /** The node of an instance's learner. */
  static Column student() {
    return concat(lit(Kind.STUDENT.prefix()), col("student"));
  }

  /** The node of an instance's problem. */
  static Column problem() {
    return concat(lit(Kind.PROBLEM.prefix()), col("hierarchy"), lit("\t"), col("problem"));
  }
}
