package org.millrace.batch.corpus.dedup;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.types.DataTypes.LongType;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;

/**
 * Pairs of documents that share the key of a band. Of a bucket of up to {@link #ALL_PAIRS} all
 * pairs; of a larger one each document with the smallest and with the next, so that a boilerplate
 * text on a million pages costs two million pairs and still becomes one component.
 *
 * <p>Negative nodes are of an older corpus: they make no pairs among themselves.
 *
 * <p>Buckets pass sorted: memory is that of {@link #ALL_PAIRS} documents, however large they are.
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
    return nodes
        .select(explode(col("bands")).as("key"), col("node"))
        .repartition(col("key"))
        .sortWithinPartitions("key", "node")
        .mapPartitions((MapPartitionsFunction<Row, Row>) Pairs::new, Encoders.row(PAIR))
        .distinct();
  }

  /** Pairs (smaller, larger) of a bucket. */
  static List<long[]> pairs(long[] bucket) {
    var nodes = bucket.clone();
    Arrays.sort(nodes);
    var pairs = new ArrayList<long[]>();
    var open = new Bucket(pairs);
    for (long node : nodes) {
      open.add(node);
    }
    open.close();
    return pairs;
  }

  /** A bucket whose nodes come in ascending order. */
  private static final class Bucket {
    private final Collection<long[]> pairs;
    private final long[] first = new long[ALL_PAIRS];
    private long before;
    private int size;

    private Bucket(Collection<long[]> pairs) {
      this.pairs = pairs;
    }

    private void add(long node) {
      if (size < ALL_PAIRS) {
        first[size++] = node;
      } else {
        if (size == ALL_PAIRS) {
          for (int i = 1; i < size; i++) {
            link(first[i - 1], first[i]);
          }
          size++;
        }
        link(before, node);
      }
      before = node;
    }

    /** Makes the pairs of a node of a large bucket. */
    private void link(long previous, long node) {
      pair(previous, node);
      if (previous != first[0]) {
        pair(first[0], node);
      }
    }

    /** Ends the bucket; the next may begin. */
    private void close() {
      for (int i = 1; i < size && size <= ALL_PAIRS; i++) {
        for (int j = 0; j < i; j++) {
          pair(first[j], first[i]);
        }
      }
      size = 0;
    }

    // A document has one key in two bands only if two bands hash alike.
    private void pair(long a, long b) {
      if (a != b && b >= 0) {
        pairs.add(new long[] {a, b});
      }
    }
  }

  /** The pairs of buckets, as rows of {@code key, node} in order go by. */
  private static final class Pairs implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final ArrayDeque<long[]> pairs = new ArrayDeque<>();
    private final Bucket bucket = new Bucket(pairs);
    private long key;

    private Pairs(Iterator<Row> rows) {
      this.rows = rows;
    }

    @Override
    public boolean hasNext() {
      while (pairs.isEmpty() && rows.hasNext()) {
        var row = rows.next();
        if (row.getLong(0) != key) {
          bucket.close();
          key = row.getLong(0);
        }
        bucket.add(row.getLong(1));
        if (!rows.hasNext()) {
          bucket.close();
        }
      }
      return !pairs.isEmpty();
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      var pair = pairs.remove();
      return RowFactory.create(pair[0], pair[1]);
    }
  }
}
