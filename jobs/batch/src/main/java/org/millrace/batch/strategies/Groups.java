package org.millrace.batch.strategies;

import java.util.List;
import java.util.stream.LongStream;
import org.millrace.kernel.strategy.cluster.DpMeans;
import org.millrace.kernel.strategy.cluster.FarthestFirst;
import org.millrace.kernel.strategy.cluster.Points;
import org.millrace.kernel.strategy.graph.Node;

/** Finds clusters of the nodes of one kind: what is known before λ is. */
final class Groups {

  private static final double FACTOR = .8;
  private static final int FEWEST = 2;

  private final List<Node> nodes;
  private final Points points;
  private final FarthestFirst traversal;
  private final long seed;

  private Groups(List<Node> nodes, Points points, FarthestFirst traversal, long seed) {
    this.nodes = nodes;
    this.points = points;
    this.traversal = traversal;
    this.seed = seed;
  }

  /**
   * @param vectors with at least one node of the kind
   * @param least clusters that must be told apart, from 1
   * @param seed of the starts
   */
  static Groups of(NodeVectors vectors, Node.Kind kind, int least, long seed) {
    var nodes = vectors.nodes(kind);
    int dimensions = vectors.dimensions();
    var flat = new double[nodes.size() * dimensions];
    for (int i = 0; i < nodes.size(); i++) {
      System.arraycopy(vectors.of(nodes.get(i)), 0, flat, i * dimensions, dimensions);
    }
    var ids = LongStream.range(0, nodes.size()).toArray();
    var points = Points.of(ids, flat, dimensions);
    var traversal = DpMeans.traversal(List.of(points), Math.max(2 * least, most(nodes.size()) + 1));
    return new Groups(nodes, points, traversal, seed);
  }

  /** Most clusters worth a try: the root of the number of nodes. */
  private static int most(int nodes) {
    return Math.max(FEWEST, (int) Math.ceil(Math.sqrt(nodes)));
  }

  /** Values of λ from coarse to fine. */
  double[] schedule() {
    return traversal.schedule(FEWEST, most(nodes.size()), FACTOR);
  }

  /** λ that wants a number of clusters. */
  double lambda(int clusters) {
    return traversal.lambda(clusters);
  }

  /** Clusters at a λ. */
  Grouping at(double lambda) {
    var found = DpMeans.of(lambda).best(List.of(points), DpMeans.STARTS, traversal.rounds(), seed);
    var distances = new double[nodes.size()];
    for (int i = 0; i < distances.length; i++) {
      distances[i] = squaredDistance(points.vector(i), found.centres().centre(found.labels()[i]));
    }
    return new Grouping(
        nodes, found.labels(), distances, found.centres().count(), lambda, found.objectives());
  }

  private static double squaredDistance(double[] a, double[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += (a[d] - b[d]) * (a[d] - b[d]);
    }
    return sum;
  }
}
