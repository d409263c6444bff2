package org.millrace.batch.sample.engine;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Asks for {@code n} answers to one prompt, those of the sample indices {@code firstIndex} to
 * {@code firstIndex + n - 1}; a resumed run asks only for the indices that it lacks.
 *
 * @param promptId key of the prompt, not empty
 * @param prompt what the engine reads
 * @param firstIndex first sample index, at least 0
 * @param n how many answers, at least 1
 * @param parameters how to sample
 */
public record Request(String promptId, String prompt, int firstIndex, int n, Parameters parameters)
    implements Serializable {

  /**
   * Checks the ranges.
   *
   * @throws IllegalArgumentException for an empty id, a negative index, no answers or an index past
   *     the range of int
   */
  public Request {
    requireNonNull(promptId, "promptId is null");
    requireNonNull(prompt, "prompt is null");
    requireNonNull(parameters, "parameters is null");
    if (promptId.isEmpty()) {
      throw new IllegalArgumentException("promptId is empty");
    }
    if (firstIndex < 0 || n < 1 || firstIndex > Integer.MAX_VALUE - n) {
      throw new IllegalArgumentException(
          "prompt %s: no sample indices from %d, %d of them".formatted(promptId, firstIndex, n));
    }
  }

  /** The sample index behind the last one asked for. */
  public int endIndex() {
    return firstIndex + n;
  }

  /**
   * The answers of a call that was stopped.
   *
   * @param promptTokens read, of the first one; null where they are not known
   * @param completionTokens written, of the first one; null where they are not known
   */
  public List<Answer> cancelled(Long promptTokens, Long completionTokens) {
    return IntStream.range(firstIndex, endIndex())
        .mapToObj(
            i ->
                i == firstIndex
                    ? Answer.cancelled(i, promptTokens, completionTokens)
                    : Answer.cancelled(i, 0L, 0L))
        .toList();
  }

  /** The same request for other sample indices of the prompt. */
  public Request indices(int from, int to) {
    return new Request(promptId, prompt, from, to - from, parameters);
  }
}
