package org.millrace.batch.bestofn.analysis;

import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * Counts and sums of several quantities, by slot. Values are added as 64-bit fixed-point numbers,
 * in two halves, so that the sum can't overflow: the result does not depend on the order of
 * addition, hence not on partitioning.
 */
public final class FixedSums {

  private static final int HALF = 26;

  private final double scale;
  private final long[] counts;
  private final long[][] halves;

  /**
   * All zero.
   *
   * @param slots how many
   * @param quantities sums a slot
   * @param places binary places that are kept, at most 62: a value is below 2^(63 - places)
   */
  public FixedSums(int slots, int quantities, int places) {
    scale = 1L << places;
    counts = new long[slots];
    halves = new long[2 * quantities][slots];
  }

  /** Counts one more in a slot. */
  public void count(int slot) {
    counts[slot]++;
  }

  /** Adds to a sum of a slot. */
  public void add(int slot, int quantity, double value) {
    long fixed = (long) Math.rint(value * scale);
    halves[2 * quantity][slot] += fixed >> HALF;
    halves[2 * quantity + 1][slot] += fixed & ((1L << HALF) - 1);
  }

  /** Columns of {@link #rows}: slot, count, and the halves of each sum. */
  public static StructType schema(int quantities) {
    var schema =
        new StructType().add("slot", DataTypes.IntegerType).add("count", DataTypes.LongType);
    for (int i = 0; i < 2 * quantities; i++) {
      schema = schema.add("half_" + i, DataTypes.LongType);
    }
    return schema;
  }

  /** A row of each slot in which something was counted. */
  public Iterator<Row> rows() {
    return IntStream.range(0, counts.length)
        .filter(slot -> counts[slot] > 0)
        .mapToObj(this::row)
        .iterator();
  }

  private Row row(int slot) {
    var row = new Object[2 + halves.length];
    row[0] = slot;
    row[1] = counts[slot];
    for (int half = 0; half < halves.length; half++) {
      row[2 + half] = halves[half][slot];
    }
    return RowFactory.create(row);
  }

  /**
   * One slot of all partitions together.
   *
   * @param sums of the quantities
   */
  public record Total(int slot, long count, double[] sums) {}

  /**
   * Adds up rows of all partitions.
   *
   * @param rows of {@link #rows}
   * @param places as they were given
   * @return by slot, ascending; none of a slot in which nothing was counted
   */
  public static List<Total> totals(Dataset<Row> rows, int places) {
    var names = rows.schema().fieldNames();
    var sums =
        IntStream.range(1, names.length)
            .mapToObj(i -> functions.sum(names[i]))
            .toArray(Column[]::new);
    return rows
        .groupBy("slot")
        .agg(sums[0], Arrays.copyOfRange(sums, 1, sums.length))
        .collectAsList()
        .stream()
        .map(row -> total(row, 1L << places))
        .sorted(Comparator.comparingInt(Total::slot))
        .toList();
  }

  private static Total total(Row row, double scale) {
    var sums = new double[(row.size() - 2) / 2];
    for (int i = 0; i < sums.length; i++) {
      sums[i] =
          row.getLong(2 + 2 * i) * (double) (1L << HALF) / scale + row.getLong(3 + 2 * i) / scale;
    }
    return new Total(row.getInt(0), row.getLong(1), sums);
  }
}
