package org.millrace.batch.sample.engine;

import static java.util.Objects.requireNonNull;

import java.time.Duration;

/** A call to an engine failed. Says whether, and when, it is worth repeating. */
public final class EngineFailure extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private enum Kind {
    PASSING,
    PERMANENT,
    REJECTION,
    CEILING
  }

  private final Kind kind;
  private final Duration retryAfter;

  private EngineFailure(String message, Kind kind, Duration retryAfter) {
    super(requireNonNull(message, "message is null"));
    this.kind = kind;
    this.retryAfter = retryAfter;
  }

  /** A failure that may be gone at the next try: a broken connection, an overloaded server. */
  public static EngineFailure passing(String message) {
    return new EngineFailure(message, Kind.PASSING, Duration.ZERO);
  }

  /** A refusal until a time from now, such as HTTP 429 with {@code Retry-After}. */
  public static EngineFailure busy(String message, Duration retryAfter) {
    return new EngineFailure(
        message, Kind.PASSING, requireNonNull(retryAfter, "retryAfter is null"));
  }

  /** A failure that repeats itself until the user mends it: a wrong key. A later run may try. */
  public static EngineFailure permanent(String message) {
    return new EngineFailure(message, Kind.PERMANENT, Duration.ZERO);
  }

  /** A prompt that the engine never answers, whoever asks and when. Its samples are rejected. */
  public static EngineFailure rejection(String message) {
    return new EngineFailure(message, Kind.REJECTION, Duration.ZERO);
  }

  /** A call that was not made: it might have cost more than there is to spend. */
  static EngineFailure ceiling(String message) {
    return new EngineFailure(message, Kind.CEILING, Duration.ZERO);
  }

  boolean isCeiling() {
    return kind == Kind.CEILING;
  }

  boolean isPermanent() {
    return kind == Kind.PERMANENT;
  }

  boolean isRejection() {
    return kind == Kind.REJECTION;
  }

  Duration retryAfter() {
    return retryAfter;
  }
}
