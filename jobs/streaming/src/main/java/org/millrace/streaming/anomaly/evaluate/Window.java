package org.millrace.streaming.anomaly.evaluate;

/**
 * A labelled stretch, both ends included. The unit is the caller's: row numbers for {@link
 * NabScorer}, any time for {@link EventScore}.
 *
 * @param first the first row or instant
 * @param last the last one, not before the first
 */
public record Window(long first, long last) {

  /** A window whose ends are in order. */
  public Window {
    if (last < first) {
      throw new IllegalArgumentException("window ends at " + last + ", before its start " + first);
    }
  }

  /** A label that is a single row or instant. */
  public static Window point(long at) {
    return new Window(at, at);
  }

  /** How many rows it covers; at least 1. */
  public long width() {
    return last - first + 1;
  }

  /** Whether {@code at} lies inside, or at most {@code tolerance} outside. */
  public boolean covers(long at, long tolerance) {
    return at >= first - tolerance && at <= last + tolerance;
  }
}
