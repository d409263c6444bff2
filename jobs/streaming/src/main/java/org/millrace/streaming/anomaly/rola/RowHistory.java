package org.millrace.streaming.anomaly.rola;

import static java.util.Objects.requireNonNull;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;
import java.util.BitSet;

/**
 * The last rows of a device, for correlations. Rows gather in an open chunk, which is all that
 * {@link #write} writes; each full one goes to the {@link ChunkStore} once, and is dropped when no
 * row of it can be asked for again.
 */
public final class RowHistory {

  private final int kept;
  private final ChunkStore store;
  private final Row[] open = new Row[Chunk.ROWS];
  private long rows;

  /**
   * An empty history.
   *
   * @param kept how many of the last rows can be asked for
   */
  public RowHistory(int kept, ChunkStore store) {
    this.kept = kept;
    this.store = requireNonNull(store, "store is null");
  }

  /** How many rows were ever appended. */
  public long rows() {
    return rows;
  }

  /**
   * Appends a row; it is copied. Variables may come to the end of a row, and never leave.
   *
   * @param values NaN where absent
   * @param outliers the variables whose value is an outlier
   */
  public void append(double[] values, BitSet outliers) {
    open[at(rows)] = Row.of(values, outliers);
    rows++;
    if (at(rows) == 0) {
      long number = rows / Chunk.ROWS - 1;
      store.put(new Chunk(number, open.clone()));
      Arrays.fill(open, null);
      long obsolete = Math.floorDiv(rows - kept, Chunk.ROWS) - 1;
      if (obsolete >= 0) {
        store.drop(obsolete);
      }
    }
  }

  private static int at(long row) {
    return (int) (row % Chunk.ROWS);
  }

  /**
   * The last rows, oldest first.
   *
   * @param variables how many columns
   * @param length how many rows at most
   * @param skipped how many of the newest rows to leave out
   */
  public RowWindow window(int variables, int length, int skipped) {
    long end = Math.max(0, rows - skipped);
    long begin = Math.max(0, Math.max(end - length, rows - kept));
    var columns = new double[variables][(int) Math.max(0, end - begin)];
    var outliers = new BitSet[variables];
    Arrays.setAll(outliers, v -> new BitSet());
    long openFrom = rows - at(rows);
    Chunk chunk = null;
    for (long row = begin; row < end; row++) {
      if (row < openFrom && (chunk == null || at(row) == 0)) {
        chunk = sealed(row / Chunk.ROWS);
      } else if (row == openFrom || chunk == null) {
        chunk = new Chunk(row / Chunk.ROWS, open);
      }
      int place = (int) (row - begin);
      var one = chunk.row(at(row));
      for (int v = 0; v < variables; v++) {
        columns[v][place] = one.value(v);
        outliers[v].set(place, one.outliers().get(v));
      }
    }
    return new RowWindow(columns, outliers);
  }

  private Chunk sealed(long number) {
    var chunk = store.get(number);
    if (chunk == null) {
      throw new IllegalStateException(
          "Chunk %d of the rows is not in its store: restore the chunks with the state"
              .formatted(number));
    }
    return chunk;
  }

  /** Writes the open chunk. */
  public void write(DataOutput out) throws IOException {
    out.writeLong(rows);
    for (int j = 0; j < at(rows); j++) {
      open[j].write(out);
    }
  }

  /**
   * Reads what {@link #write} wrote; the store has, or will have, the full chunks.
   *
   * @param version of the monitor that wrote it
   */
  static RowHistory read(DataInput in, int version, int kept, ChunkStore store) throws IOException {
    var history = new RowHistory(kept, store);
    history.rows = in.readLong();
    if (history.rows < 0) {
      throw new IOException("The state is damaged: %d rows".formatted(history.rows));
    }
    for (int j = 0; j < at(history.rows); j++) {
      history.open[j] = version == 1 ? Row.readVersion1(in) : Row.read(in);
    }
    return history;
  }
}
