package org.millrace.batch.sample.engine.openai;

import com.openai.models.chat.completions.ChatCompletionTokenLogprob;
import com.openai.models.completions.CompletionChoice;
import java.util.ArrayList;
import java.util.List;
import org.millrace.batch.sample.engine.Trace;

/** What a server tells of the tokens of one answer, as far as it has come in. */
final class TokenLog {

  private final List<String> tokens = new ArrayList<>();
  private final List<Double> logprobs = new ArrayList<>();
  private final List<Double> confidences = new ArrayList<>();

  void add(List<ChatCompletionTokenLogprob> more) {
    for (var token : more) {
      tokens.add(token.token());
      logprobs.add(token.logprob());
      confidences.add(
          -token.topLogprobs().stream().mapToDouble(top -> top.logprob()).average().orElse(0));
    }
  }

  void add(CompletionChoice.Logprobs more) {
    more.tokens().ifPresent(tokens::addAll);
    more.tokenLogprobs().ifPresent(logprobs::addAll);
    more.topLogprobs().ifPresent(tops -> tops.forEach(top -> confidences.add(confidence(top))));
  }

  private static double confidence(CompletionChoice.Logprobs.TopLogprob top) {
    return -top._additionalProperties().values().stream()
        .mapToDouble(value -> value.convert(Double.class))
        .average()
        .orElse(0);
  }

  /**
   * All of it.
   *
   * @param reasoning what the model wrote before the answer; may be null
   */
  Trace trace(String reasoning) {
    return new Trace(reasoning, logprobs, confidences, tokens);
  }
}
