package org.millrace.streaming.anomaly.rola;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/**
 * {@value #ROWS} consecutive rows of a device, never changed once they are full, so that an engine
 * writes them once.
 */
public final class Chunk {

  /** Rows of a chunk. */
  public static final int ROWS = 16;

  /** Version of the written form. */
  public static final int VERSION = 1;

  private final long number;
  private final double[][] rows;

  /** Takes the rows as they are; a row may be shorter than the next, its last variables absent. */
  Chunk(long number, double[][] rows) {
    this.number = number;
    this.rows = rows;
  }

  /** Its place: row n of the device is in chunk n / {@value #ROWS}. */
  public long number() {
    return number;
  }

  /** The value of a variable in a row of this chunk; NaN where absent. */
  public double value(int row, int variable) {
    return variable < rows[row].length ? rows[row][variable] : Double.NaN;
  }

  /** Writes it after a version byte: about 8 bytes a value. */
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(number);
    for (var row : rows) {
      writeRow(out, row);
    }
  }

  /** Reads what {@link #write} wrote. */
  public static Chunk read(DataInput in) throws IOException {
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException(
          "A chunk of rows has version %d, this release reads 1 to %d: use the release that wrote it"
              .formatted(version, VERSION));
    }
    long number = in.readLong();
    var rows = new double[ROWS][];
    for (int j = 0; j < ROWS; j++) {
      rows[j] = readRow(in);
    }
    return new Chunk(number, rows);
  }

  static void writeRow(DataOutput out, double[] row) throws IOException {
    out.writeShort(row.length);
    for (var value : row) {
      out.writeDouble(value);
    }
  }

  static double[] readRow(DataInput in) throws IOException {
    var row = new double[in.readUnsignedShort()];
    for (int v = 0; v < row.length; v++) {
      row[v] = in.readDouble();
    }
    return row;
  }
}
