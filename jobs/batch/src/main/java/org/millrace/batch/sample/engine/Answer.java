package org.millrace.batch.sample.engine;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * One sampled answer, or the reason why there is none.
 *
 * @param sampleIndex position among the prompt's samples, at least 0
 * @param text the answer, whole; null exactly when {@code finishReason} is none {@link
 *     FinishReason#isAnswer of an answer}
 * @param finishReason why sampling ended
 * @param promptTokens tokens read for this sample, at least 0, null where not counted. A call that
 *     reads its prompt once for several answers counts it on the first and 0 on the others, so that
 *     sums are what was paid for
 * @param completionTokens tokens written, at least 0, null where not counted
 * @param latencyMs wall-clock milliseconds of the call, at least 0, null where not measured
 * @param error why there is no text; null exactly when there is one
 * @param trace what there is beside the text
 */
public record Answer(
    int sampleIndex,
    String text,
    FinishReason finishReason,
    Long promptTokens,
    Long completionTokens,
    Long latencyMs,
    String error,
    Trace trace)
    implements Serializable {

  /**
   * Checks that a failure has an error and no text, and anything else a text and no error.
   *
   * @throws IllegalArgumentException where that, or a range, does not hold
   */
  public Answer {
    requireNonNull(finishReason, "finishReason is null");
    requireNonNull(trace, "trace is null");
    if (sampleIndex < 0) {
      throw new IllegalArgumentException("sample index below 0: " + sampleIndex);
    }
    boolean failed = !finishReason.isAnswer();
    if (failed != (text == null) || failed != (error != null)) {
      throw new IllegalArgumentException(
          "sample %d: an answer has a text, a failed call an error, never both (%s)"
              .formatted(sampleIndex, finishReason));
    }
    if (negative(promptTokens) || negative(completionTokens) || negative(latencyMs)) {
      throw new IllegalArgumentException("sample " + sampleIndex + ": a count below 0");
    }
  }

  /** An answer with nothing beside its text. */
  public Answer(
      int sampleIndex,
      String text,
      FinishReason finishReason,
      Long promptTokens,
      Long completionTokens,
      Long latencyMs,
      String error) {
    this(
        sampleIndex,
        text,
        finishReason,
        promptTokens,
        completionTokens,
        latencyMs,
        error,
        Trace.NONE);
  }

  /** A finished answer without counts. */
  public static Answer of(int sampleIndex, String text) {
    return new Answer(sampleIndex, text, FinishReason.STOP, null, null, null, null);
  }

  /** The answer of a call that failed. */
  public static Answer failed(int sampleIndex, String error) {
    return new Answer(sampleIndex, null, FinishReason.ERROR, null, null, null, error);
  }

  /** The answer to a prompt that the engine never answers. */
  public static Answer rejected(int sampleIndex, String error) {
    return new Answer(sampleIndex, null, FinishReason.REJECTED, null, null, null, error);
  }

  /** The answer that was not asked for. */
  public static Answer unasked(int sampleIndex, String error) {
    return new Answer(sampleIndex, null, FinishReason.UNASKED, null, null, null, error);
  }

  /**
   * The answer that was stopped.
   *
   * @param promptTokens as far as they are known
   * @param completionTokens as far as they are known, those until it was stopped
   */
  public static Answer cancelled(int sampleIndex, Long promptTokens, Long completionTokens) {
    return new Answer(
        sampleIndex,
        null,
        FinishReason.CANCELLED,
        promptTokens,
        completionTokens,
        null,
        "others of its prompt ended first");
  }

  private static boolean negative(Long count) {
    return count != null && count < 0;
  }
}
