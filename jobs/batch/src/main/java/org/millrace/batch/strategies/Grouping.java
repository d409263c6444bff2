package org.millrace.batch.strategies;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.millrace.kernel.strategy.Draws;
import org.millrace.kernel.strategy.graph.Node;

/**
 * Clusters of the nodes of one kind.
 *
 * @param nodes in their order
 * @param labels each node's cluster, from 0
 * @param squaredDistances of each node to its cluster's centre
 * @param clusters how many
 * @param lambda what a cluster cost, in squared distance
 * @param objectives of each round of the start that won
 */
record Grouping(
    List<Node> nodes,
    int[] labels,
    double[] squaredDistances,
    int clusters,
    double lambda,
    double[] objectives) {

  private static final StructType TABLE =
      StructType.fromDDL("node string, cluster int, d2 double, chosen boolean");

  /** How many nodes each cluster has. */
  int[] sizes() {
    var sizes = new int[clusters];
    for (int label : labels) {
      sizes[label]++;
    }
    return sizes;
  }

  /** All nodes as a table: {@code node, cluster, d2, chosen}, where all are chosen. */
  Dataset<Row> table(SparkSession spark) {
    return table(spark, Integer.MAX_VALUE, 0);
  }

  /**
   * The same with a few of each cluster chosen.
   *
   * @param most chosen of a cluster
   * @param seed of the choice
   */
  Dataset<Row> table(SparkSession spark, int most, long seed) {
    var chosen = new boolean[nodes.size()];
    var taken = new int[clusters];
    IntStream.range(0, nodes.size())
        .boxed()
        .sorted(
            (a, b) ->
                Long.compare(
                    Draws.key(seed, nodes.get(a).name()), Draws.key(seed, nodes.get(b).name())))
        .forEach(i -> chosen[i] = taken[labels[i]]++ < most);
    var rows = new ArrayList<Row>();
    for (int i = 0; i < labels.length; i++) {
      rows.add(RowFactory.create(nodes.get(i).name(), labels[i], squaredDistances[i], chosen[i]));
    }
    return spark.createDataFrame(rows, TABLE);
  }
}
