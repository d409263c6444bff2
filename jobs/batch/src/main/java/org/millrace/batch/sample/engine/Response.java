package org.millrace.batch.sample.engine;

import java.util.List;

/**
 * All answers to one request.
 *
 * @param request what was asked
 * @param answers exactly {@link Request#n()} answers by ascending sample index; immutable
 */
public record Response(Request request, List<Answer> answers) {

  /** Keeps an immutable copy of the answers. */
  public Response {
    answers = List.copyOf(answers);
  }
}
