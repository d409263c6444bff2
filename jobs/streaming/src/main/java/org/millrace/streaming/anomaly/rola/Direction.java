package org.millrace.streaming.anomaly.rola;

/** On which side of the expected value something is. */
public enum Direction {
  UP,
  DOWN,
  /** Either; of a value: nothing was expected, so there is no side. */
  BOTH;

  /** The side of a value. */
  public static Direction of(double value, double expected) {
    if (Double.isNaN(expected)) {
      return BOTH;
    }
    return value < expected ? DOWN : UP;
  }
}
