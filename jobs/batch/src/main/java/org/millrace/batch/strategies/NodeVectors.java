package org.millrace.batch.strategies;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.SortedMap;
import org.millrace.kernel.strategy.graph.Node;

/**
 * A vector of length 1 (or 0) for each node of a graph, in the order of the nodes. Immutable by
 * agreement: nobody changes a vector.
 */
final class NodeVectors {

  private final List<Node> nodes;
  private final Map<Node, double[]> vectors;

  private NodeVectors(List<Node> nodes, Map<Node, double[]> vectors) {
    this.nodes = nodes;
    this.vectors = vectors;
  }

  /**
   * @param vectors of all nodes, of the same length each
   */
  static NodeVectors of(SortedMap<Node, double[]> vectors) {
    return new NodeVectors(List.copyOf(vectors.keySet()), new HashMap<>(vectors));
  }

  /** All nodes, or those of a kind, in their order. */
  List<Node> nodes(Node.Kind kind) {
    var chosen = new ArrayList<Node>();
    for (var node : nodes) {
      if (node.kind() == kind) {
        chosen.add(node);
      }
    }
    return chosen;
  }

  List<Node> nodes() {
    return nodes;
  }

  /** A node's vector; null of an unknown node. */
  double[] of(Node node) {
    return vectors.get(node);
  }

  /** Numbers of a vector. */
  int dimensions() {
    return vectors.get(nodes.get(0)).length;
  }
}
