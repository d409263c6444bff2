package org.millrace.batch.strategies;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.millrace.kernel.strategy.graph.Node;

/**
 * Nodes and their clusters as tables.
 *
 * @param vectors of all nodes
 * @param keys the final clusters
 * @param found how they were found
 */
record ClusterTables(NodeVectors vectors, Keys keys, Search found) {

  private static final StructType EMBEDDINGS =
      StructType.fromDDL("kind string, name string, cluster int, d2 double, vector array<float>");
  private static final StructType ROUNDS =
      StructType.fromDDL(
          "student_lambda double, problem_lambda double, student_clusters int,"
              + " problem_clusters int, score double, best boolean");

  /** A row a node; skills have no cluster. */
  Dataset<Row> embeddings(SparkSession spark) {
    var rows = new ArrayList<Row>();
    var labels = new HashMap<Node, Row>();
    for (var grouping : List.of(keys.students(), keys.problems())) {
      for (int i = 0; i < grouping.nodes().size(); i++) {
        labels.put(
            grouping.nodes().get(i),
            RowFactory.create(grouping.labels()[i], grouping.squaredDistances()[i]));
      }
    }
    for (var node : vectors.nodes()) {
      var label = labels.get(node);
      rows.add(
          RowFactory.create(
              node.kind().name().toLowerCase(Locale.ROOT),
              node.label(),
              label == null ? null : label.get(0),
              label == null ? null : label.get(1),
              floats(vectors.of(node))));
    }
    return spark.createDataFrame(rows, EMBEDDINGS);
  }

  private static Float[] floats(double[] vector) {
    var floats = new Float[vector.length];
    for (int d = 0; d < floats.length; d++) {
      floats[d] = (float) vector[d];
    }
    return floats;
  }

  /** A row a round of the search, in order. */
  Dataset<Row> rounds(SparkSession spark) {
    var rows = new ArrayList<Row>();
    for (var round : found.rounds()) {
      rows.add(
          RowFactory.create(
              round.studentLambda(),
              round.problemLambda(),
              round.students(),
              round.problems(),
              Double.isNaN(round.score()) ? null : round.score(),
              round.best()));
    }
    return spark.createDataFrame(rows, ROUNDS);
  }
}
