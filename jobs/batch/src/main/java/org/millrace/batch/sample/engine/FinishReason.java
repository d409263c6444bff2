package org.millrace.batch.sample.engine;

import java.util.Locale;

/** Why the sampling of one answer ended. */
public enum FinishReason {
  /** The engine finished the answer. */
  STOP,
  /** The answer was cut off at {@link Parameters#maxTokens()}. */
  LENGTH,
  /** The call failed: there is no answer, which is not the same as a wrong one. */
  ERROR,
  /** The engine can't answer this prompt and never will: there is no answer either. */
  REJECTED,
  /** The answer was not asked for, as it might have cost more than there is to spend. */
  UNASKED,
  /** The call was stopped as others of its prompt had ended first. */
  CANCELLED;

  /** Whether there is an answer. */
  public boolean isAnswer() {
    return this == STOP || this == LENGTH;
  }

  /**
   * The spelling of the {@code Sample} contract: {@code stop} or {@code length}; {@code error},
   * {@code rejected}, {@code unasked} and {@code cancelled} are of samples that are not written.
   */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
