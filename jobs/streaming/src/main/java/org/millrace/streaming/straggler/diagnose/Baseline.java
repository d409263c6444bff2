package org.millrace.streaming.straggler.diagnose;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.Arrays;

/** The last few values of a series, and their median. */
final class Baseline {

  private final double[] values;
  private int size;
  private int next;
  private double median = Double.NaN;

  Baseline(int window) {
    values = new double[window];
  }

  void add(double value) {
    values[next] = value;
    next = (next + 1) % values.length;
    size = Math.min(size + 1, values.length);
    median = Double.NaN;
  }

  int size() {
    return size;
  }

  /** NaN if there is none. */
  double median() {
    if (Double.isNaN(median) && size > 0) {
      median = median(Arrays.copyOf(values, size));
    }
    return median;
  }

  /** The median of numbers, which are sorted by it; NaN of none. */
  static double median(double[] numbers) {
    int count = numbers.length;
    if (count == 0) {
      return Double.NaN;
    }
    Arrays.sort(numbers);
    return count % 2 == 1 ? numbers[count / 2] : (numbers[count / 2 - 1] + numbers[count / 2]) / 2;
  }

  void write(DataOutput out) throws IOException {
    out.writeShort(size);
    out.writeShort(next);
    for (int i = 0; i < size; i++) {
      out.writeDouble(values[i]);
    }
  }

  static Baseline read(DataInput in, int window) throws IOException {
    var baseline = new Baseline(window);
    baseline.size = in.readUnsignedShort();
    baseline.next = in.readUnsignedShort();
    for (int i = 0; i < baseline.size; i++) {
      baseline.values[i] = in.readDouble();
    }
    return baseline;
  }
}
