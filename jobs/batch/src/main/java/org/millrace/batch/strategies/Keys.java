package org.millrace.batch.strategies;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * The clusters of instances: a key is a cluster of learners and a cluster of problems.
 *
 * @param students clusters of learners
 * @param problems clusters of problems
 */
record Keys(Grouping students, Grouping problems) {

  /**
   * Adds {@code student_cluster, problem_cluster, d2}, where d2 is the squared distance of the
   * instance's learner and problem to the centres of their clusters.
   *
   * @param instances of {@link Instances}; those whose learner or problem has no cluster are left
   *     out
   */
  Dataset<Row> of(Dataset<Row> instances) {
    var spark = instances.sparkSession();
    return joined(instances, students.table(spark), problems.table(spark));
  }

  /**
   * The same of a part: instances of a few learners and a few problems of each cluster.
   *
   * @param mostStudents of a cluster
   * @param mostProblems of a cluster
   * @param seed of the choice
   */
  Dataset<Row> ofFew(Dataset<Row> instances, int mostStudents, int mostProblems, long seed) {
    var spark = instances.sparkSession();
    return joined(
        instances,
        students.table(spark, mostStudents, seed).where(col("chosen")),
        problems.table(spark, mostProblems, seed).where(col("chosen")));
  }

  private static Dataset<Row> joined(
      Dataset<Row> instances, Dataset<Row> students, Dataset<Row> problems) {
    return instances
        .join(broadcast(named(students, "student")), Edges.student().equalTo(col("student_node")))
        .join(broadcast(named(problems, "problem")), Edges.problem().equalTo(col("problem_node")))
        .withColumn("d2", col("student_d2").plus(col("problem_d2")))
        .drop("student_node", "problem_node", "student_d2", "problem_d2");
  }

  private static Dataset<Row> named(Dataset<Row> table, String kind) {
    return table.select(
        col("node").as(kind + "_node"),
        col("cluster").as(kind + "_cluster"),
        col("d2").as(kind + "_d2"));
  }
}
