package org.millrace.kernel.strategy.cluster;

/**
 * Sums of doubles with what rounding lost kept beside them (Knuth's two-sum), some 106 bits: the
 * rounded result is the same in whatever order and grouping the numbers come, unless the exact sum
 * is within a part in 2^100 or so of the middle between two doubles. So partitions don't show in
 * centres.
 */
final class LongSum {

  private LongSum() {}

  /** Adds a number to the sum {@code high[at] + low[at]}. */
  static void add(double[] high, double[] low, int at, double number) {
    double before = high[at];
    double sum = before + number;
    double part = sum - before;
    low[at] += (before - (sum - part)) + (number - part);
    high[at] = sum;
  }

  /** Adds vectors of sums. */
  static void addAll(double[] high, double[] low, double[] otherHigh, double[] otherLow) {
    for (int i = 0; i < high.length; i++) {
      add(high, low, i, otherHigh[i]);
      low[i] += otherLow[i];
    }
  }
}
