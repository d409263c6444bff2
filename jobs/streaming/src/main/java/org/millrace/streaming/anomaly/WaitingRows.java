package org.millrace.streaming.anomaly;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.ArrayList;
import org.millrace.streaming.anomaly.input.Reading;

/** Rows of a device that may not be whole yet, in order of time. */
final class WaitingRows {

  private final ArrayList<PartialRow> rows = new ArrayList<>(4);

  boolean isEmpty() {
    return rows.isEmpty();
  }

  int size() {
    return rows.size();
  }

  PartialRow oldest() {
    return rows.get(0);
  }

  long newestTs() {
    return rows.get(rows.size() - 1).ts();
  }

  /** Adds a reading; how many values it replaced. */
  int add(Reading reading) {
    int at = rows.size();
    while (at > 0 && rows.get(at - 1).ts() > reading.ts()) {
      at--;
    }
    if (at > 0 && rows.get(at - 1).ts() == reading.ts()) {
      return rows.get(at - 1).add(reading);
    }
    rows.add(at, PartialRow.of(reading));
    return 0;
  }

  PartialRow removeOldest() {
    return rows.remove(0);
  }

  void write(DataOutput out) throws IOException {
    out.writeInt(rows.size());
    for (var row : rows) {
      out.writeLong(row.ts());
      out.writeLong(row.arrived());
      out.writeShort(row.size());
      for (int i = 0; i < row.size(); i++) {
        out.writeUTF(row.name(i));
        out.writeDouble(row.value(i));
      }
    }
  }

  static WaitingRows read(DataInput in) throws IOException {
    var waiting = new WaitingRows();
    for (int left = in.readInt(); left > 0; left--) {
      long ts = in.readLong();
      long arrived = in.readLong();
      int size = in.readUnsignedShort();
      var row = new PartialRow(ts, arrived, Math.max(8, size));
      for (int i = 0; i < size; i++) {
        row.add(in.readUTF(), in.readDouble());
      }
      waiting.rows.add(row);
    }
    return waiting;
  }
}
