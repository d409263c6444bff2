package org.millrace.batch.sample.engine.openai;

import java.time.Duration;
import java.util.function.LongSupplier;

/**
 * How long a call has to wait for a limit of so many units a minute: a bucket that fills evenly,
 * holds {@value #SECONDS} seconds of it, and may be overdrawn by what waits. Thread-safe.
 */
final class RateLimit {

  private static final double SECONDS = 6;
  private static final double NANOS = 1e9;

  private final double perSecond;
  private final LongSupplier clock;
  private double level;
  private long filled;

  /**
   * @param perMinute units a minute; 0 for no limit
   * @param clock nanoseconds, as of {@link System#nanoTime}
   */
  RateLimit(double perMinute, LongSupplier clock) {
    this.perSecond = perMinute / 60;
    this.clock = clock;
    this.level = capacity();
    this.filled = clock.getAsLong();
  }

  private double capacity() {
    return Math.max(1, perSecond * SECONDS);
  }

  /** Takes units, and says after how long a wait they are there. */
  synchronized Duration take(double units) {
    if (perSecond == 0) {
      return Duration.ZERO;
    }
    fill();
    level -= units;
    return level >= 0 ? Duration.ZERO : Duration.ofNanos((long) (-level / perSecond * NANOS));
  }

  /** Gives back units that were taken and not used; less than none for units used besides. */
  synchronized void giveBack(double units) {
    if (perSecond > 0) {
      fill();
      level = Math.min(capacity(), level + units);
    }
  }

  private void fill() {
    long now = clock.getAsLong();
    level = Math.min(capacity(), level + (now - filled) / NANOS * perSecond);
    filled = now;
  }
}
