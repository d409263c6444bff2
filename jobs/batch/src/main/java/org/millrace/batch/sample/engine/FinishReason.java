package org.millrace.batch.sample.engine;

import java.util.Locale;

/** Why the sampling of one answer ended. */
public enum FinishReason {
  /** The engine finished the answer. */
  STOP,
  /** The answer was cut off at {@link Parameters#maxTokens()}. */
  LENGTH,
  /** The call failed: there is no answer, which is not the same as a wrong one. */
  ERROR;

  /** The spelling of the {@code Sample} contract: {@code stop}, {@code length} or {@code error}. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
