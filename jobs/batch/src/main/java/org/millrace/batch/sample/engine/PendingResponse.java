package org.millrace.batch.sample.engine;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.function.IntFunction;

/** The answers to one request as far as they have come in. */
final class PendingResponse {

  private final Request request;
  private final Answer[] answers;
  private int missing;
  private int failures;
  private Request call;
  private boolean cancelled;

  PendingResponse(Request request) {
    this.request = request;
    this.answers = new Answer[request.n()];
    this.missing = request.n();
  }

  String promptId() {
    return request.promptId();
  }

  /** Begins a call for the first run of indices without an answer; there must be one. */
  Request call() {
    call = missing();
    return call;
  }

  /** The call has ended. */
  void ended() {
    call = null;
  }

  /** The call under way; null while none is. */
  Request underWay() {
    return call;
  }

  void cancel() {
    cancelled = true;
  }

  /** Whether what lacks is not to be asked for again. */
  boolean isCancelled() {
    return cancelled;
  }

  boolean isComplete() {
    return missing == 0;
  }

  Response response() {
    return new Response(request, Arrays.asList(answers));
  }

  private Request missing() {
    int from = 0;
    while (answers[from] != null) {
      from++;
    }
    int to = from;
    while (to < answers.length && answers[to] == null) {
      to++;
    }
    return request.indices(request.firstIndex() + from, request.firstIndex() + to);
  }

  /** Adds the answers of one call, which ends the row of failures. */
  void add(List<Answer> received) {
    for (Answer answer : received) {
      answers[answer.sampleIndex() - request.firstIndex()] = answer;
    }
    missing -= received.size();
    failures = 0;
  }

  /** Counts one more failed call in a row and returns their number. */
  int countFailure() {
    return ++failures;
  }

  /** Fills in every missing answer by its sample index and returns how many they were. */
  int fill(IntFunction<Answer> answer) {
    int failed = missing;
    for (int i = 0; i < answers.length; i++) {
      if (answers[i] == null) {
        answers[i] = answer.apply(request.firstIndex() + i);
      }
    }
    missing = 0;
    return failed;
  }

  /** What is wrong with the answers of one call; null if nothing. */
  static String breach(Request asked, List<Answer> received) {
    if (received == null || received.isEmpty()) {
      return "the call gave no answer";
    }
    var seen = new BitSet();
    for (Answer answer : received) {
      if (answer == null) {
        return "the call gave a null answer";
      }
      int index = answer.sampleIndex();
      if (index < asked.firstIndex() || index >= asked.endIndex()) {
        return "the call gave sample " + index + ", which was not asked for";
      }
      int offset = index - asked.firstIndex();
      if (seen.get(offset)) {
        return "the call gave sample " + index + " twice";
      }
      seen.set(offset);
    }
    return null;
  }
}
