package org.millrace.kernel.strategy.embed;

/** Vectors on the unit sphere, where squared distances lie in 0 to 4. */
public final class UnitRows {

  private UnitRows() {}

  /**
   * Scales vectors to length 1; those of zeros stay.
   *
   * @param rows vectors; not changed
   */
  public static double[][] normalized(double[][] rows) {
    var units = new double[rows.length][];
    for (int i = 0; i < rows.length; i++) {
      units[i] = normalized(rows[i]);
    }
    return units;
  }

  /**
   * Scales a vector to length 1; one of zeros stays.
   *
   * @param row not changed
   */
  public static double[] normalized(double[] row) {
    double squares = 0;
    for (double x : row) {
      squares += x * x;
    }
    double length = Math.sqrt(squares);
    var unit = row.clone();
    for (int d = 0; length > 0 && d < unit.length; d++) {
      unit[d] /= length;
    }
    return unit;
  }
}
