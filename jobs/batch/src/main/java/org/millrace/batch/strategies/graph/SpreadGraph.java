package org.millrace.batch.strategies.graph;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import org.apache.spark.HashPartitioner;
import org.apache.spark.api.java.JavaPairRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.millrace.kernel.strategy.graph.Neighbours;
import org.millrace.kernel.strategy.graph.Node2Vec;
import scala.Tuple2;

/**
 * An undirected graph in partitions: a record of {@link Neighbours} a node, kept in memory, or on
 * disk where it doesn't fit, until this is closed. Nothing of it is gathered on the driver. Nodes
 * are numbered in the order of their names, so that the same edges give the same graph and the same
 * walks in whatever rows and partitions they come.
 */
public final class SpreadGraph implements AutoCloseable {

  /** Neighbours of a node that are kept, by default. */
  public static final int DEGREE = 10_000;

  private final Dataset<Row> nodes;
  private final JavaPairRDD<Long, Neighbours> neighbours;

  private SpreadGraph(Dataset<Row> nodes, JavaPairRDD<Long, Neighbours> neighbours) {
    this.nodes = nodes;
    this.neighbours = neighbours;
  }

  /**
   * A graph of edges.
   *
   * @param edges {@code source, target} names, {@code weight} number; several of the same two nodes
   *     add up, those of weight 0 are left out. Read more than once
   * @param degree neighbours of a node to keep, at least 1: of more, those of a weighted draw
   * @param seed of that draw
   */
  public static SpreadGraph of(Dataset<Row> edges, int degree, long seed) {
    if (degree < 1) {
      throw new IllegalArgumentException("a node keeps 1 neighbour or more, not " + degree);
    }
    var checked = EdgeTable.checked(edges);
    var nodes = EdgeTable.nodes(checked).persist(StorageLevel.MEMORY_AND_DISK());
    int partitions =
        Integer.parseInt(edges.sparkSession().conf().get("spark.sql.shuffle.partitions"));
    var neighbours =
        EdgeTable.numbered(checked, nodes)
            .javaRDD()
            .mapToPair(
                row ->
                    new Tuple2<>(
                        row.getLong(0), new EdgeList.Edge(row.getLong(1), row.getDouble(2))))
            .groupByKey(new HashPartitioner(partitions))
            .mapPartitionsToPair(
                part -> {
                  var records = new ArrayList<Tuple2<Long, Neighbours>>();
                  part.forEachRemaining(
                      node -> {
                        var list = new ArrayList<EdgeList.Edge>();
                        node._2().forEach(list::add);
                        records.add(
                            new Tuple2<>(
                                node._1(), EdgeList.neighbours(node._1(), list, degree, seed)));
                      });
                  return records.iterator();
                },
                true)
            .persist(StorageLevel.MEMORY_AND_DISK());
    return new SpreadGraph(nodes, neighbours);
  }

  /** {@code node long, name string} of all nodes. */
  public Dataset<Row> nodes() {
    return nodes;
  }

  /**
   * Walks from all nodes; each is that of {@link Node2Vec#walk} with the start's number.
   *
   * @param node2vec parameters of the walks
   * @param each walks of a node, at least 1
   * @return {@code start long, number int, nodes array<long>}, the start among them
   */
  public Dataset<Row> walks(Node2Vec node2vec, int each) {
    return new Walking(neighbours, node2vec, each).table(nodes.sparkSession());
  }

  /**
   * Walks as sentences for {@link SkipGram}, nodes by their numbers.
   *
   * @param walks of {@link #walks}
   * @return {@code words array<string>}
   */
  public static Dataset<Row> sentences(Dataset<Row> walks) {
    return walks.select(col("nodes").cast("array<string>").as("words"));
  }

  /**
   * Names for the numbers of sentences.
   *
   * @param vectors {@code word, vector} of {@link SkipGram}
   * @return {@code node string, vector}, {@code node} being the name
   */
  public Dataset<Row> named(Dataset<Row> vectors) {
    return vectors
        .select(col("word").cast("long").as("node"), col("vector"))
        .join(nodes, "node")
        .select(col("name").as("node"), col("vector"));
  }

  JavaPairRDD<Long, Neighbours> neighbours() {
    return neighbours;
  }

  /** Frees what was kept. */
  @Override
  public void close() {
    neighbours.unpersist();
    nodes.unpersist();
  }
}
