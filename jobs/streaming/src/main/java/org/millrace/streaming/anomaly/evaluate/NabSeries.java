package org.millrace.streaming.anomaly.evaluate;

import java.util.List;

/**
 * The labels of one benchmark file.
 *
 * @param rows the number of rows, all of them in file order
 * @param windows the labelled windows in row numbers from 0: ascending, disjoint, inside the file
 */
public record NabSeries(int rows, List<Window> windows) {

  private static final double PROBATION_SHARE = 0.15;
  private static final int MAX_PROBATION = 750;

  /** The steepness of the scoring function. */
  private static final double STEEPNESS = 5;

  /** Beyond this many window widths a false alarm costs all it can. */
  private static final double FAR = 3;

  /** Labels that are ascending, disjoint and inside the file. */
  public NabSeries {
    windows = List.copyOf(windows);
    long free = 0;
    for (var window : windows) {
      if (window.first() < free || window.last() >= rows) {
        throw new IllegalArgumentException(
            window + " is not after the window before it and inside the " + rows + " rows");
      }
      free = window.last() + 1;
    }
  }

  /** How many first rows are not scored: 15 % of the file, at most 750. */
  public int probation() {
    return (int) Math.min(Math.floor(PROBATION_SHARE * rows), MAX_PROBATION);
  }

  /** The window that holds a row, or -1. */
  int windowAt(int row) {
    for (int w = 0; w < windows.size(); w++) {
      if (windows.get(w).covers(row, 0)) {
        return w;
      }
    }
    return -1;
  }

  /** What a flag at the row is worth: in (0, hit] inside a window, in [-falseAlarm, 0) outside. */
  double worth(int row, NabProfile profile) {
    Window before = null;
    for (var window : windows) {
      if (window.covers(row, 0)) {
        double position = -(window.last() - row + 1.0) / window.width();
        return profile.hit() * sigmoid(position) / sigmoid(-1);
      }
      if (window.last() < row) {
        before = window;
      }
    }
    if (before == null) {
      return -profile.falseAlarm();
    }
    double distance = (row - before.last()) / (before.width() - 1.0);
    return profile.falseAlarm() * sigmoid(distance);
  }

  /** NAB's scaled sigmoid: 1 well before 0, 0 at 0, -1 well after it. */
  static double sigmoid(double y) {
    return y > FAR ? -1 : 2 / (1 + Math.exp(STEEPNESS * y)) - 1;
  }
}
