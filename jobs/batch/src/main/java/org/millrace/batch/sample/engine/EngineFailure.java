package org.millrace.batch.sample.engine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** A call to an engine failed. Says whether, and when, it is worth repeating. */
public final class EngineFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final boolean permanent;
  private final Duration retryAfter;

  private EngineFailure(String message, boolean permanent, Duration retryAfter) {
    super(requireNonNull(message, "message is null"));
    this.permanent = permanent;
    this.retryAfter = retryAfter;
  }

  /** A failure that may be gone at the next try: a broken connection, an overloaded server. */
  public static EngineFailure passing(String message) {
    return new EngineFailure(message, false, Duration.ZERO);
  }

  /** A refusal until a time from now, such as HTTP 429 with {@code Retry-After}. */
  public static EngineFailure busy(String message, Duration retryAfter) {
    return new EngineFailure(message, false, requireNonNull(retryAfter, "retryAfter is null"));
  }

  /** A failure that repeats itself: a refused prompt, a wrong key. Not tried again. */
  public static EngineFailure permanent(String message) {
    return new EngineFailure(message, true, Duration.ZERO);
  }

  boolean isPermanent() {
    return permanent;
  }

  Duration retryAfter() {
    return retryAfter;
  }
}
