package org.millrace.kernel.strategy.graph;

import java.io.Serializable;
import java.util.Arrays;

/**
 * The edges of one node: neighbours in ascending order, each with its weight. Immutable,
 * thread-safe; a record of it is what a partition needs to step from the node.
 */
public final class Neighbours implements Serializable {

  private static final long serialVersionUID = 1;

  private final long[] nodes;
  private final double[] weights;
  private final AliasTable table;

  private Neighbours(long[] nodes, double[] weights) {
    this.nodes = nodes;
    this.weights = weights;
    table = AliasTable.of(weights);
  }

  /**
   * Edges of a node.
   *
   * @param nodes at least one, ascending, each once; copied
   * @param weights as many, each from 0, not all 0; copied
   */
  public static Neighbours of(long[] nodes, double[] weights) {
    if (nodes.length != weights.length || nodes.length == 0) {
      throw new IllegalArgumentException(
          "%d neighbours with %d weights".formatted(nodes.length, weights.length));
    }
    for (int i = 1; i < nodes.length; i++) {
      if (nodes[i - 1] >= nodes[i]) {
        throw new IllegalArgumentException("neighbours must ascend, each once");
      }
    }
    return new Neighbours(nodes.clone(), weights.clone());
  }

  /** How many there are. */
  public int degree() {
    return nodes.length;
  }

  /**
   * A neighbour.
   *
   * @param i its place in ascending order
   */
  public long node(int i) {
    return nodes[i];
  }

  /**
   * Weight of an edge.
   *
   * @param i place of the neighbour
   */
  public double weight(int i) {
    return weights[i];
  }

  /**
   * Whether a node is among them. Logarithmic time.
   *
   * @param node any
   */
  public boolean contains(long node) {
    return Arrays.binarySearch(nodes, node) >= 0;
  }

  /** The neighbour of a draw, by weight. */
  long drawn(double uniform) {
    return nodes[table.place(uniform)];
  }
}
