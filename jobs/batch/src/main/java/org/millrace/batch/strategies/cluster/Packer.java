package org.millrace.batch.strategies.cluster;

import java.io.Serializable;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;
import org.apache.spark.sql.catalyst.InternalRow;
import org.millrace.kernel.strategy.cluster.Points;

/**
 * Rows of {@code id, vector} to blocks of points.
 *
 * @param dimensions numbers of a vector, at least 1
 * @param floats whether they are of single precision
 * @param ranked whether a point's id is its row's rank rather than what the row has
 */
record Packer(int dimensions, boolean floats, boolean ranked) implements Serializable {

  /** Numbers of a block at most, unless one vector has more: 1 to 2 MB. */
  private static final int NUMBERS = 1 << 18;

  /**
   * Points that lay beside each other.
   *
   * @param rank of the first
   */
  record Block(long rank, Points points) {}

  /**
   * Packs rows as they come.
   *
   * @param rank of the first row
   * @param plan whose parts no block reaches over
   */
  Iterator<Block> pack(Iterator<InternalRow> rows, long rank, EpochPlan plan) {
    return new Packing(rows, rank, plan);
  }

  private final class Packing implements Iterator<Block> {
    private final Iterator<InternalRow> rows;
    private final EpochPlan plan;
    private long rank;

    private Packing(Iterator<InternalRow> rows, long rank, EpochPlan plan) {
      this.rows = rows;
      this.rank = rank;
      this.plan = plan;
    }

    @Override
    public boolean hasNext() {
      return rows.hasNext();
    }

    @Override
    public Block next() {
      if (!rows.hasNext()) {
        throw new NoSuchElementException();
      }
      long first = rank;
      int most = (int) Math.min(Math.max(1, NUMBERS / dimensions), plan.end(first) - first);
      var ids = new long[most];
      var singles = new float[floats ? most * dimensions : 0];
      var doubles = new double[floats ? 0 : most * dimensions];
      int size = 0;
      for (; size < most && rows.hasNext(); size++, rank++) {
        var row = rows.next();
        ids[size] = ranked ? rank : row.getLong(0);
        var numbers = row.getArray(1);
        if (floats) {
          System.arraycopy(numbers.toFloatArray(), 0, singles, size * dimensions, dimensions);
        } else {
          System.arraycopy(numbers.toDoubleArray(), 0, doubles, size * dimensions, dimensions);
        }
      }
      if (size < most) {
        ids = Arrays.copyOf(ids, size);
        singles = Arrays.copyOf(singles, floats ? size * dimensions : 0);
        doubles = Arrays.copyOf(doubles, floats ? 0 : size * dimensions);
      }
      return new Block(
          first,
          floats ? Points.of(ids, singles, dimensions) : Points.of(ids, doubles, dimensions));
    }
  }
}
