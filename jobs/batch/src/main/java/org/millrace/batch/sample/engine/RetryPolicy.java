package org.millrace.batch.sample.engine;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.time.Duration;

/**
 * How often a failed call is repeated and how long to wait before: the first delay, doubled after
 * each further failure up to the longest delay, then shortened by up to a half so that partitions
 * that failed together do not return together. The shortening is drawn from the prompt id, not from
 * a clock.
 *
 * @param attempts most calls in a row without a new answer, at least 1
 * @param firstDelay wait after the first failure, not negative
 * @param longestDelay most that a wait grows to, at least {@code firstDelay}; at most a day
 */
public record RetryPolicy(int attempts, Duration firstDelay, Duration longestDelay)
    implements Serializable {

  /** Five attempts, half a second doubling up to 30 seconds. */
  public static final RetryPolicy DEFAULT =
      new RetryPolicy(5, Duration.ofMillis(500), Duration.ofSeconds(30));

  /** One attempt. */
  public static final RetryPolicy NEVER = new RetryPolicy(1, Duration.ZERO, Duration.ZERO);

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException for no attempt or delays out of range
   */
  public RetryPolicy {
    requireNonNull(firstDelay, "firstDelay is null");
    requireNonNull(longestDelay, "longestDelay is null");
    if (attempts < 1) {
      throw new IllegalArgumentException("attempts is below 1: " + attempts);
    }
    if (firstDelay.isNegative()
        || longestDelay.compareTo(firstDelay) < 0
        || longestDelay.compareTo(Duration.ofDays(1)) > 0) {
      throw new IllegalArgumentException(
          "delays out of range: first %s, longest %s".formatted(firstDelay, longestDelay));
    }
  }

  /**
   * The wait before the next call.
   *
   * @param failures calls that failed in a row so far, at least 1
   * @param key what failed, such as the prompt id; the same key gives the same wait
   * @return between half of and the whole doubled delay
   */
  Duration delay(int failures, String key) {
    long longest = longestDelay.toNanos();
    long nanos = firstDelay.toNanos();
    for (int i = 1; i < failures && nanos < longest; i++) {
      nanos *= 2;
    }
    var draws = new Draws(Draws.hash(key) ^ failures);
    return Duration.ofNanos((long) (Math.min(nanos, longest) * (0.5 + 0.5 * draws.unit())));
  }
}
