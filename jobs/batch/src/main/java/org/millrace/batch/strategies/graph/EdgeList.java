package org.millrace.batch.strategies.graph;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.millrace.kernel.strategy.Draws;
import org.millrace.kernel.strategy.graph.Neighbours;

/** All edges of one node, as they come, to the record that walks are made with. */
final class EdgeList {

  /**
   * One edge.
   *
   * @param node at its other end
   * @param weight above 0
   */
  record Edge(long node, double weight) implements java.io.Serializable {}

  private static final Comparator<Edge> ORDER =
      Comparator.comparingLong(Edge::node).thenComparingDouble(Edge::weight);

  private EdgeList() {}

  /**
   * Edges to the same node are one, their weights summed in a fixed order. Of more neighbours than
   * may be kept, those are that a weighted draw without replacement takes.
   *
   * @param node whose edges they are
   * @param edges at least one; sorted by this
   * @param most neighbours to keep, at least 1
   * @param seed of the draw
   */
  static Neighbours neighbours(long node, List<Edge> edges, int most, long seed) {
    edges.sort(ORDER);
    var nodes = new long[edges.size()];
    var weights = new double[edges.size()];
    int count = 0;
    for (var edge : edges) {
      if (count == 0 || nodes[count - 1] != edge.node()) {
        nodes[count++] = edge.node();
      }
      weights[count - 1] += edge.weight();
    }
    nodes = Arrays.copyOf(nodes, count);
    weights = Arrays.copyOf(weights, count);
    return count <= most
        ? Neighbours.of(nodes, weights)
        : drawn(nodes, weights, most, Draws.key(seed, node));
  }

  private record Timed(int place, double time) {}

  private static Neighbours drawn(long[] nodes, double[] weights, int most, long key) {
    var first = new Timed[nodes.length];
    for (int i = 0; i < first.length; i++) {
      first[i] = new Timed(i, Draws.exponential(Draws.key(key, nodes[i])) / weights[i]);
    }
    Arrays.sort(first, Comparator.comparingDouble(Timed::time).thenComparingInt(Timed::place));
    var kept = Arrays.stream(first).limit(most).mapToInt(Timed::place).sorted().toArray();
    return Neighbours.of(
        Arrays.stream(kept).mapToLong(i -> nodes[i]).toArray(),
        Arrays.stream(kept).mapToDouble(i -> weights[i]).toArray());
  }
}
