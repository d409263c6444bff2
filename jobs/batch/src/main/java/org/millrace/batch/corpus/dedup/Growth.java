package org.millrace.batch.corpus.dedup;

import static org.apache.spark.sql.functions.col;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Capped growth: of a component, in order of preference, the first document stays, those similar to
 * it go, and so on with the rest. A chain of pairs thus never merges texts that are unlike, however
 * long it is.
 *
 * <p>Memory: the shingles of the documents that stay of one component, up to {@link #MOST_SHINGLES}
 * in all; what comes after that stays unjudged, and its component is reported.
 */
public final class Growth {

  /** Of one component so many shingles at most are held to compare with: 256 MB. */
  public static final long MOST_SHINGLES = 1L << 25;

  private static final StructType DROP =
      new StructType()
          .add("node", DataTypes.LongType, false)
          .add("kept", DataTypes.LongType, false)
          .add("similarity", DataTypes.DoubleType, false);

  private Growth() {}

  /**
   * The documents that go.
   *
   * @param members {@code node, root}; nodes in order of preference
   * @param sets {@code node, shingles}
   * @return {@code node, kept, similarity}: the one that goes, the one that it is a copy of
   */
  public static Dataset<Row> drops(Dataset<Row> members, Dataset<Row> sets, double threshold) {
    return members
        .join(sets.select("node", "shingles"), "node")
        .select("root", "node", "shingles")
        .repartition(col("root"))
        .sortWithinPartitions("root", "node")
        .mapPartitions(
            (MapPartitionsFunction<Row, Row>) rows -> new Drops(rows, threshold),
            Encoders.row(DROP));
  }

  /** A document that stays. */
  private record Kept(long node, byte[] shingles) {}

  /** Goes through members, component by component, and gives those that go. */
  private static final class Drops implements Iterator<Row> {
    private final Iterator<Row> rows;
    private final double threshold;
    private final List<Kept> kept = new ArrayList<>();
    private long shingles;
    private long root = Long.MIN_VALUE;
    private Row next;

    private Drops(Iterator<Row> rows, double threshold) {
      this.rows = rows;
      this.threshold = threshold;
    }

    @Override
    public boolean hasNext() {
      while (next == null && rows.hasNext()) {
        var row = rows.next();
        next = judge(row.getLong(0), row.getLong(1), row.getAs(2));
      }
      return next != null;
    }

    @Override
    public Row next() {
      if (!hasNext()) {
        throw new java.util.NoSuchElementException();
      }
      var drop = next;
      next = null;
      return drop;
    }

    private Row judge(long component, long node, byte[] set) {
      if (component != root) {
        root = component;
        kept.clear();
        shingles = 0;
      }
      for (var other : kept) {
        double similarity = Edges.similarity(other.shingles(), set, threshold);
        if (similarity >= threshold) {
          return RowFactory.create(node, other.node(), similarity);
        }
      }
      if (shingles + set.length / Long.BYTES <= MOST_SHINGLES) {
        kept.add(new Kept(node, set));
        shingles += set.length / Long.BYTES;
      }
      return null;
    }
  }
}
