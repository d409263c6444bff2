package org.millrace.batch.corpus.dedup;

import static org.apache.spark.sql.functions.bit_xor;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.least;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.xxhash64;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;

/**
 * Connected components on the cluster by alternating large-star and small-star (Kiveris et al.,
 * "Connected Components in MapReduce and Beyond", 2014), each round saved. No table has more rows
 * than there are edges, none a row that grows with a component.
 */
public final class Stars {

  private Stars() {}

  /**
   * Components of a graph.
   *
   * @param edges {@code a, b}, without loops
   * @return {@code node, root} of every node that has an edge: root is the component's smallest
   *     node, which has a row too
   */
  public static Dataset<Row> of(Dataset<Row> edges, Checkpoint checkpoint) {
    var stars = checkpoint.save("stars-0", edges.select("a", "b"));
    Row before;
    var now = print(stars);
    int round = 0;
    do {
      before = now;
      round++;
      // Two tables by turns: a round reads the one before while it is written.
      stars = checkpoint.save("stars-" + (1 + round % 2), smallStar(largeStar(stars)));
      now = print(stars);
    } while (!now.equals(before));
    return stars
        .select(col("a").as("node"), col("b").as("root"))
        .union(stars.select(col("b").as("node"), col("b").as("root")).distinct());
  }

  /** Links the larger neighbours of each node to the smallest of its neighbours and itself. */
  private static Dataset<Row> largeStar(Dataset<Row> edges) {
    var both = edges.select("a", "b").union(edges.select(col("b").as("a"), col("a").as("b")));
    var smallest = both.groupBy("a").agg(least(col("a"), min("b")).as("m"));
    return both.join(smallest, "a")
        .where(col("b").gt(col("a")))
        .select(col("b").as("a"), col("m").as("b"))
        .distinct();
  }

  /** Links the smaller neighbours of each node, and itself, to the smallest of them. */
  private static Dataset<Row> smallStar(Dataset<Row> edges) {
    var down = edges.where(col("a").gt(col("b")));
    var smallest = down.groupBy("a").agg(min("b").as("m"));
    var neighbours =
        down.join(smallest, "a")
            .where(col("b").notEqual(col("m")))
            .select(col("b").as("a"), col("m").as("b"));
    return neighbours.union(smallest.select(col("a"), col("m").as("b"))).distinct();
  }

  /** Tells two sets of edges apart. */
  private static Row print(Dataset<Row> edges) {
    return edges.agg(count(lit(1)), bit_xor(xxhash64(col("a"), col("b")))).first();
  }
}
