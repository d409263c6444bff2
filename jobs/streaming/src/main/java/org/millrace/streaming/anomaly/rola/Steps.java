package org.millrace.streaming.anomaly.rola;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** The last {@value #KEPT} steps in time of a variable, and what is a gap beside them. */
final class Steps {

  static final int KEPT = 15;

  /** Steps needed before one can be called a gap. */
  static final int MIN = 3;

  private static final long NEVER = Long.MIN_VALUE;

  private final long[] steps = new long[KEPT];
  private final long[] sorted = new long[KEPT];
  private long count;
  private long last = NEVER;

  /**
   * Takes the time of a point; true if it comes after a gap of more than {@code factor} medians.
   */
  boolean gapBefore(long ts, double factor) {
    if (last == NEVER) {
      last = ts;
      return false;
    }
    long step = ts - last;
    boolean gap = count >= MIN && step > factor * median();
    steps[(int) (count % KEPT)] = step;
    count++;
    last = ts;
    return gap;
  }

  private double median() {
    int n = (int) Math.min(count, KEPT);
    for (int j = 0; j < n; j++) {
      long step = steps[j];
      int at = j;
      while (at > 0 && sorted[at - 1] > step) {
        sorted[at] = sorted[at - 1];
        at--;
      }
      sorted[at] = step;
    }
    return (sorted[(n - 1) / 2] + sorted[n / 2]) / 2.0;
  }

  void write(DataOutput out) throws IOException {
    out.writeLong(last);
    out.writeLong(count);
    for (int j = 0; j < Math.min(count, KEPT); j++) {
      out.writeLong(steps[j]);
    }
  }

  static Steps read(DataInput in) throws IOException {
    var steps = new Steps();
    steps.last = in.readLong();
    steps.count = in.readLong();
    if (steps.count < 0) {
      throw new IOException("The state is damaged: %d steps".formatted(steps.count));
    }
    for (int j = 0; j < Math.min(steps.count, KEPT); j++) {
      steps.steps[j] = in.readLong();
    }
    return steps;
  }
}
