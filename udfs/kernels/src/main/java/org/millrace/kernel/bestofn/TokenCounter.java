package org.millrace.kernel.bestofn;

/**
 * Adds up a usage counter that is a running total and may start anew, as when the process that
 * counts is restarted: an increase counts as such, after a drop the new value itself.
 */
public final class TokenCounter {

  private long last;
  private long total;

  /** Of all readings of a counter in the order in which they were taken; 0 if there are none. */
  public static long total(long[] readings) {
    var counter = new TokenCounter();
    for (long reading : readings) {
      counter.add(reading);
    }
    return counter.total();
  }

  /**
   * Takes the next reading.
   *
   * @param reading the running total, at least 0
   * @return tokens since the reading before
   * @throws IllegalArgumentException if the reading is negative
   */
  public long add(long reading) {
    if (reading < 0) {
      throw new IllegalArgumentException("a token count can't be " + reading);
    }
    long increase = reading >= last ? reading - last : reading;
    last = reading;
    total += increase;
    return increase;
  }

  /** Tokens so far. */
  public long total() {
    return total;
  }
}
