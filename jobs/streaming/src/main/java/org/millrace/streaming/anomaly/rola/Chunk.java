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
  public static final int VERSION = 2;

  private final long number;
  private final Row[] rows;

  /** Takes the rows as they are. */
  Chunk(long number, Row[] rows) {
    this.number = number;
    this.rows = rows;
  }

  /** Its place: row n of the device is in chunk n / {@value #ROWS}. */
  public long number() {
    return number;
  }

  /** A row of this chunk, from 0 to below {@value #ROWS}. */
  Row row(int row) {
    return rows[row];
  }

  /** Writes it after a version byte: about 8 bytes a value. */
  public void write(DataOutput out) throws IOException {
    out.writeByte(VERSION);
    out.writeLong(number);
    for (var row : rows) {
      row.write(out);
    }
  }

  /** Reads what {@link #write} wrote, in this version or version 1. */
  public static Chunk read(DataInput in) throws IOException {
    int version = in.readUnsignedByte();
    if (version < 1 || version > VERSION) {
      throw new IOException(
          "A chunk of rows has version %d, this release reads 1 to %d: use the release that wrote it"
              .formatted(version, VERSION));
    }
    long number = in.readLong();
    var rows = new Row[ROWS];
    for (int j = 0; j < ROWS; j++) {
      rows[j] = version == 1 ? Row.readVersion1(in) : Row.read(in);
    }
    return new Chunk(number, rows);
  }
}
