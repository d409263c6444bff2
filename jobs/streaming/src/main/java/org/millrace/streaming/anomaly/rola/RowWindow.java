package org.millrace.streaming.anomaly.rola;

import java.util.BitSet;

/**
 * Consecutive rows of a device, by variable.
 *
 * @param values [variable][row], NaN where absent
 * @param outliers [variable], the rows in which its value is an outlier
 */
public record RowWindow(double[][] values, BitSet[] outliers) {

  /**
   * How two variables move together. A row in which one is an outlier and the other is not says
   * nothing of it, and is left out: a single one would hide it for a whole window. A row in which
   * both are is a move that they made together, and counts.
   */
  public Correlation correlation(int one, int other) {
    var lone = (BitSet) outliers[one].clone();
    lone.xor(outliers[other]);
    if (lone.isEmpty()) {
      return Correlation.pearson(values[one], values[other]);
    }
    var kept = values[one].clone();
    lone.stream().forEach(row -> kept[row] = Double.NaN);
    return Correlation.pearson(kept, values[other]);
  }
}
