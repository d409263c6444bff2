package org.millrace.batch.corpus.dedup;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Connected components: by {@link Stars} on the cluster; of few edges by union and find (Tarjan
 * 1975) on the driver, which spares a small corpus some dozens of tiny jobs. Both give the same.
 */
public final class Components {

  /** So many edges are few: some 30 MB. */
  public static final int FEW = 200_000;

  private static final StructType MEMBER =
      new StructType().add("node", DataTypes.LongType).add("root", DataTypes.LongType);

  private Components() {}

  /**
   * Components of a graph.
   *
   * @param edges {@code a, b}, without loops; read more than once
   * @return {@code node, root} of every node that has an edge: root is the component's smallest
   *     node, which has a row too
   */
  public static Dataset<Row> of(Dataset<Row> edges, Checkpoint checkpoint) {
    var few = edges.select("a", "b").limit(FEW + 1).collectAsList();
    return few.size() > FEW
        ? checkpoint.save("members", Stars.of(edges, checkpoint))
        : edges.sparkSession().createDataFrame(members(few), MEMBER);
  }

  static List<Row> members(List<Row> edges) {
    var parents = new HashMap<Long, Long>();
    for (var edge : edges) {
      long first = root(edge.getLong(0), parents);
      long second = root(edge.getLong(1), parents);
      parents.put(Math.max(first, second), Math.min(first, second));
    }
    var members = new ArrayList<Row>();
    for (long node : parents.keySet().stream().sorted().toList()) {
      members.add(RowFactory.create(node, root(node, parents)));
    }
    return members;
  }

  /** The root of a node; what is on the way there is linked to it. */
  private static long root(long node, Map<Long, Long> parents) {
    long root = node;
    while (parents.computeIfAbsent(root, n -> n) != root) {
      root = parents.get(root);
    }
    for (long at = node; at != root; ) {
      at = parents.put(at, root);
    }
    return root;
  }
}
