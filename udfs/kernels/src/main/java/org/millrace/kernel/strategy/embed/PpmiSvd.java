package org.millrace.kernel.strategy.embed;

import java.util.Arrays;
import org.millrace.kernel.strategy.graph.LearnerGraph;
import org.millrace.kernel.strategy.graph.Neighbours;

/**
 * The deterministic embedder, for tests and small data: positive pointwise mutual information of
 * nodes that meet in one or two steps of a random walk, its singular vectors scaled by the roots of
 * their singular values (Levy and Goldberg, NIPS 2014, section 4), rows of unit length. Time and
 * memory are quadratic in the nodes.
 */
public final class PpmiSvd {

  /** Nodes at most; beyond it, train on walks. */
  public static final int MOST_NODES = 6000;

  private PpmiSvd() {}

  /**
   * Vectors of all nodes.
   *
   * @param graph of at most {@link #MOST_NODES} nodes
   * @param dimensions of a vector, 1 to the number of nodes
   * @return a row a node, by number, of length 1 or, of a node that meets nothing more often than
   *     by chance, of zeros
   * @throws IllegalArgumentException if the graph is larger or has fewer nodes than dimensions
   */
  public static double[][] of(LearnerGraph graph, int dimensions) {
    int nodes = graph.nodes().size();
    if (nodes > MOST_NODES || dimensions < 1 || dimensions > nodes) {
      throw new IllegalArgumentException(
          "ppmi-svd takes up to %d nodes and as many dimensions, not %d nodes and %d dimensions"
              .formatted(MOST_NODES, nodes, dimensions));
    }
    var matrix = meetings(graph);
    takePositiveInformation(matrix);
    return UnitRows.normalized(TopSingular.of(matrix, dimensions));
  }

  /** Weight of the walks of one and of two steps between two nodes: W + W / degree * W. */
  private static double[][] meetings(LearnerGraph graph) {
    int nodes = graph.nodes().size();
    var matrix = new double[nodes][nodes];
    for (int middle = 0; middle < nodes; middle++) {
      var edges = graph.neighbours(middle);
      double degree = sum(edges);
      for (int i = 0; i < edges.degree(); i++) {
        var row = matrix[(int) edges.node(i)];
        row[middle] += edges.weight(i);
        for (int j = 0; j < edges.degree(); j++) {
          row[(int) edges.node(j)] += edges.weight(i) * edges.weight(j) / degree;
        }
      }
    }
    return matrix;
  }

  private static double sum(Neighbours edges) {
    double sum = 0;
    for (int i = 0; i < edges.degree(); i++) {
      sum += edges.weight(i);
    }
    return sum;
  }

  private static void takePositiveInformation(double[][] matrix) {
    var sums = Arrays.stream(matrix).mapToDouble(row -> Arrays.stream(row).sum()).toArray();
    double total = Arrays.stream(sums).sum();
    for (int i = 0; i < matrix.length; i++) {
      for (int j = 0; j < matrix.length; j++) {
        double together = matrix[i][j];
        matrix[i][j] =
            together == 0 ? 0 : Math.max(0, Math.log(together / sums[i] * (total / sums[j])));
      }
    }
  }
}
