package org.millrace.batch.corpus.dedup;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.size;
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
   * Candidate pairs.
   *
   * @param nodes with {@code node} and {@code bands}
   * @return {@code a < b}, each pair once
   */
  public static Dataset<Row> of(Dataset<Row> nodes) {
    var pairs =
        udf((UDF1<Seq<Long>, Row[]>) Candidates::pairs, createArrayType(PAIR))
            .withName("candidate_pairs");
    return nodes
        .select(col("node"), explode(col("bands")).as("key"))
        .groupBy("key")
        .agg(collect_list("node").as("bucket"))
        .where(size(col("bucket")).gt(1))
        .select(explode(pairs.apply(col("bucket"))).as("pair"))
        .select("pair.a", "pair.b")
        .distinct();
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

  /** Pairs (smaller, larger) of a bucket. */
  static List<long[]> pairs(long[] bucket) {
    var nodes = bucket.clone();
    Arrays.sort(nodes);
    var pairs = new ArrayList<long[]>();
    for (int i = 1; i < nodes.length; i++) {
      // A document may have one key in two bands only if two bands hash alike.
      int from = nodes.length <= ALL_PAIRS ? 0 : i - 1;
      for (int j = from; j < i; j++) {
        add(nodes[j], nodes[i], pairs);
      }
      if (from > 0) {
        add(nodes[0], nodes[i], pairs);
      }
    }
    return pairs;
  }

  private static void add(long a, long b, List<long[]> pairs) {
    if (a != b && b >= 0) {
      pairs.add(new long[] {a, b});
    }
  }
}
