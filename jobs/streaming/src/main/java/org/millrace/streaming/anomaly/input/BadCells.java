package org.millrace.streaming.anomaly.input;

import java.util.ArrayList;
import java.util.List;
import org.millrace.streaming.job.BadRecord;
import org.millrace.streaming.job.Decoder;

/** The cells of a row that can't be used, while the others may. */
final class BadCells {

  private record Cell(String column, String text, BadRecord why) {}

  private final List<Cell> cells = new ArrayList<>();

  void clear() {
    cells.clear();
  }

  void add(String column, String text, BadRecord why) {
    cells.add(new Cell(column, text, why));
  }

  int size() {
    return cells.size();
  }

  /**
   * Sets the cells apart.
   *
   * @param values of the row's other cells, as many as there are of them; NaN is absent
   * @throws BadRecord with the first cell's reason, if there is a bad cell and no value is left:
   *     then the row as a whole is bad
   */
  void leaveOut(double[] values, int count, Decoder.Out<?> out) throws BadRecord {
    if (cells.isEmpty()) {
      return;
    }
    boolean any = false;
    for (int i = 0; i < count; i++) {
      any |= !Double.isNaN(values[i]);
    }
    if (!any) {
      throw cells.get(0).why();
    }
    for (var cell : cells) {
      out.rejected(cell.column(), cell.text(), cell.why());
    }
  }
}
