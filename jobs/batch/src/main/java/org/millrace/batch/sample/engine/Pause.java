package org.millrace.batch.sample.engine;

import java.time.Duration;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;

/** Waits without holding a thread; a test's pause ends at once. */
@FunctionalInterface
public interface Pause {

  /** A stage that completes when the time is over. */
  CompletionStage<Void> of(Duration time);

  /** Waits by the wall clock, on a daemon thread of the JDK. */
  static Pause wallClock() {
    return time ->
        CompletableFuture.runAsync(
            () -> {}, CompletableFuture.delayedExecutor(time.toNanos(), TimeUnit.NANOSECONDS));
  }
}
