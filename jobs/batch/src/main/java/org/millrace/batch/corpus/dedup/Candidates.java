package org.millrace.batch.corpus.dedup;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lag;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.StructType;
import scala.collection.Seq;

/**
 * Pairs of documents that share the key of a band. Of a bucket of up to {@link #ALL_PAIRS} all
 * pairs; of a larger one each document with the smallest and with the next, so that a boilerplate
 * text on a million pages costs two million pairs and still becomes one component.
 *
 * <p>Negative nodes are of an older corpus: they make no pairs among themselves.
 */
public final class Candidates {

  /** The largest bucket of which all pairs are looked at. */
  public static final int ALL_PAIRS = 64;

  private static final StructType PAIR = new StructType().add("a", LongType).add("b", LongType);

  private Candidates() {}

  /**
   * Candidate pairs. No row grows with a bucket.
   *
   * @param nodes with {@code node} and {@code bands}
   * @return {@code a < b}, each pair once
   */
  public static Dataset<Row> of(Dataset<Row> nodes) {
    var bucket = Window.partitionBy("key");
    var placed =
        nodes
            .select(col("node"), explode(col("bands")).as("key"))
            .withColumn("size", count(lit(1)).over(bucket))
            .where(col("size").gt(1))
            .withColumn("least", min("node").over(bucket))
            .withColumn("before", lag("node", 1).over(bucket.orderBy("node")));
    return small(placed.where(col("size").leq(ALL_PAIRS)))
        .union(large(placed.where(col("size").gt(ALL_PAIRS))))
        .distinct();
  }

  private static Dataset<Row> small(Dataset<Row> placed) {
    var pairs =
        udf((UDF1<Seq<Long>, Row[]>) Candidates::pairs, createArrayType(PAIR))
            .withName("candidate_pairs");
    return placed
        .groupBy("key")
        .agg(collect_list("node").as("bucket"))
        .select(explode(pairs.apply(col("bucket"))).as("pair"))
        .select("pair.a", "pair.b");
  }

  /** Each document with the smallest and with the one before. */
  private static Dataset<Row> large(Dataset<Row> placed) {
    return placed
        .select(explode(array(col("least"), col("before"))).as("a"), col("node").as("b"))
        .where(col("a").lt(col("b")).and(col("b").geq(0)));
  }

  private static Row[] pairs(Seq<Long> bucket) {
    var nodes = new long[bucket.size()];
    var each = bucket.iterator();
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = (Long) each.next();
    }
    return pairs(nodes).stream()
        .map(pair -> RowFactory.create(pair[0], pair[1]))
        .toArray(Row[]::new);
  }

  /** Pairs (smaller, larger) of a small bucket. */
  static List<long[]> pairs(long[] bucket) {
    var nodes = bucket.clone();
    Arrays.sort(nodes);
    var pairs = new ArrayList<long[]>();
    for (int i = 1; i < nodes.length; i++) {
      for (int j = 0; j < i; j++) {
        // A document may have one key in two bands only if two bands hash alike.
        if (nodes[j] != nodes[i] && nodes[i] >= 0) {
          pairs.add(new long[] {nodes[j], nodes[i]});
        }
      }
    }
    return pairs;
  }
}
