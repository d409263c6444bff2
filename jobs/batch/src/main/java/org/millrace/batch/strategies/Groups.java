package org.millrace.batch.strategies;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;
import org.millrace.batch.strategies.cluster.SpreadPoints;
import org.millrace.kernel.strategy.cluster.Centres;
import org.millrace.kernel.strategy.cluster.DpMeans;
import org.millrace.kernel.strategy.cluster.FarthestFirst;
import org.millrace.kernel.strategy.cluster.Fit;
import org.millrace.kernel.strategy.cluster.PointSet;
import org.millrace.kernel.strategy.cluster.Points;
import org.millrace.kernel.strategy.cluster.RoundSums;
import org.millrace.kernel.strategy.graph.Node;

/**
 * Finds clusters of the nodes of one kind: what is known before λ is. A few nodes are clustered in
 * this process, where a round takes no time, and many by partitions; with the same result.
 */
final class Groups implements AutoCloseable {

  /** Numbers of all vectors that are clustered in this process at most: 128 MB. */
  static final long LOCAL = 1L << 24;

  private static final double FACTOR = .8;
  private static final int FEWEST = 2;
  private static final StructType VECTORS = StructType.fromDDL("id bigint, vector array<double>");

  private final List<Node> nodes;
  private final List<Points> blocks;
  private final PointSet points;
  private final FarthestFirst traversal;
  private final long seed;

  private Groups(List<Node> nodes, List<Points> blocks, PointSet points, int rounds, long seed) {
    this.nodes = nodes;
    this.blocks = blocks;
    this.points = points;
    this.traversal = DpMeans.traversal(points, rounds);
    this.seed = seed;
  }

  /**
   * @param vectors with at least one node of the kind
   * @param least clusters that must be told apart, from 0
   * @param seed of the starts
   */
  static Groups of(NodeVectors vectors, Node.Kind kind, int least, long seed) {
    return of(vectors, kind, least, seed, LOCAL);
  }

  static Groups of(NodeVectors vectors, Node.Kind kind, int least, long seed, long local) {
    var nodes = vectors.nodes(kind);
    var blocks = blocks(vectors, nodes);
    var points =
        (long) nodes.size() * vectors.dimensions() <= local
            ? PointSet.of(blocks)
            : spread(vectors, nodes);
    return new Groups(nodes, blocks, points, Math.max(2 * least, most(nodes.size()) + 1), seed);
  }

  /** A block a core. */
  private static List<Points> blocks(NodeVectors vectors, List<Node> nodes) {
    int dimensions = vectors.dimensions();
    int parts = Runtime.getRuntime().availableProcessors();
    var blocks = new ArrayList<Points>();
    for (int part = 0; part < parts; part++) {
      int from = (int) ((long) nodes.size() * part / parts);
      int to = (int) ((long) nodes.size() * (part + 1) / parts);
      var flat = new double[(to - from) * dimensions];
      for (int i = from; i < to; i++) {
        System.arraycopy(vectors.of(nodes.get(i)), 0, flat, (i - from) * dimensions, dimensions);
      }
      blocks.add(Points.of(LongStream.range(from, to).toArray(), flat, dimensions));
    }
    return blocks;
  }

  private static PointSet spread(NodeVectors vectors, List<Node> nodes) {
    var rows = new ArrayList<Row>();
    for (int i = 0; i < nodes.size(); i++) {
      rows.add(RowFactory.create((long) i, vectors.of(nodes.get(i))));
    }
    return SpreadPoints.of(SparkSession.active().createDataFrame(rows, VECTORS));
  }

  /** Most clusters worth a try: the root of the number of nodes. */
  private static int most(int nodes) {
    return Math.max(FEWEST, (int) Math.ceil(Math.sqrt(nodes)));
  }

  /** Values of λ from coarse to fine. */
  double[] schedule() {
    return traversal.schedule(FEWEST, most(nodes.size()), FACTOR);
  }

  /** As many clusters as wanted, or so many as λ of that number makes. */
  Grouping wanted(int clusters) {
    double lambda = traversal.lambda(clusters);
    return grouping(
        lambda, DpMeans.of(lambda).best(points, traversal, clusters, DpMeans.STARTS, seed));
  }

  /** Clusters at a λ. */
  Grouping at(double lambda) {
    return grouping(lambda, DpMeans.of(lambda).best(points, traversal, DpMeans.STARTS, seed));
  }

  private Grouping grouping(double lambda, Fit fit) {
    var labels = labels(fit.centres());
    var distances = new double[labels.length];
    int at = 0;
    for (var block : blocks) {
      for (int i = 0; i < block.size(); i++, at++) {
        distances[at] = squaredDistance(block.vector(i), fit.centres().centre(labels[at]));
      }
    }
    return new Grouping(nodes, labels, distances, fit.centres().count(), lambda, fit.objectives());
  }

  private int[] labels(Centres centres) {
    return blocks.stream()
        .parallel()
        .map(
            block -> {
              var labels = new int[block.size()];
              RoundSums.assign(block, centres, labels);
              return labels;
            })
        .flatMapToInt(IntStream::of)
        .toArray();
  }

  private static double squaredDistance(double[] a, double[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += (a[d] - b[d]) * (a[d] - b[d]);
    }
    return sum;
  }

  /** Frees what partitions keep. */
  @Override
  public void close() {
    if (points instanceof SpreadPoints spread) {
      spread.close();
    }
  }
}
