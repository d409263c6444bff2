package org.millrace.streaming.anomaly.rola;

import static java.util.Objects.requireNonNull;

/**
 * Which anomalies of a variable nobody wants to hear of. A value that was not expected to be
 * anything in particular always passes. What does not pass is never reported, but still confirms a
 * partner: a filter says what matters, not what happened.
 *
 * @param direction the side of the expected value that matters
 * @param absoluteBand distance from the expected value below which nothing matters, in the
 *     variable's unit
 * @param relativeBand the same as a share of the expected value
 */
public record Filter(Direction direction, double absoluteBand, double relativeBand) {

  /** Everything passes. */
  public static final Filter NONE = new Filter(Direction.BOTH, 0, 0);

  public Filter {
    requireNonNull(direction, "direction is null");
    if (!(absoluteBand >= 0) || !(relativeBand >= 0)) {
      throw new IllegalArgumentException("A band is negative or NaN");
    }
  }

  /** Whether an anomalous value is worth a report. */
  public boolean passes(double value, double expected) {
    if (Double.isNaN(expected)) {
      return true;
    }
    double distance = Math.abs(value - expected);
    if (distance < absoluteBand || distance < relativeBand * Math.abs(expected)) {
      return false;
    }
    return direction == Direction.BOTH || direction == Direction.of(value, expected);
  }
}
