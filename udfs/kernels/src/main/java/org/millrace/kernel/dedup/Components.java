package org.millrace.kernel.dedup;

import java.util.Arrays;

/**
 * Connected components of a graph that fits in memory, by union-find with path halving: each node's
 * component is known by its smallest node, whatever the order of the edges. For one thread.
 */
public final class Components {

  private final int[] parent;
  private int count;

  /**
   * Nodes without edges.
   *
   * @param nodes how many, from 0; they are numbered from 0
   */
  public Components(int nodes) {
    parent = new int[nodes];
    Arrays.setAll(parent, node -> node);
    count = nodes;
  }

  /**
   * Adds an edge.
   *
   * @param first node
   * @param second node
   */
  public void join(int first, int second) {
    int x = smallest(first);
    int y = smallest(second);
    if (x != y) {
      parent[Math.max(x, y)] = Math.min(x, y);
      count--;
    }
  }

  /**
   * Smallest node of a node's component. Amortised logarithmic time.
   *
   * @param node of the graph
   */
  public int smallest(int node) {
    int at = node;
    while (parent[at] != at) {
      parent[at] = parent[parent[at]];
      at = parent[at];
    }
    return at;
  }

  /** How many components there are, single nodes among them. */
  public int count() {
    return count;
  }

  /** Nodes of the largest component; 0 without nodes. */
  public int largest() {
    var sizes = new int[parent.length];
    int largest = 0;
    for (int node = 0; node < parent.length; node++) {
      largest = Math.max(largest, ++sizes[smallest(node)]);
    }
    return largest;
  }
}
