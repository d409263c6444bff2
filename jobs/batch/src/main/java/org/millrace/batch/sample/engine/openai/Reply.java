package org.millrace.batch.sample.engine.openai;

import com.openai.core.JsonValue;
import com.openai.models.chat.completions.ChatCompletion;
import com.openai.models.completions.Completion;
import com.openai.models.completions.CompletionUsage;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.millrace.batch.sample.engine.Answer;
import org.millrace.batch.sample.engine.FinishReason;
import org.millrace.batch.sample.engine.Request;
import org.millrace.batch.sample.engine.Trace;

/** The choices of a response of either kind, and how they become answers. */
record Reply(List<Choice> choices, Optional<CompletionUsage> usage) {

  private static final String LENGTH = "length";

  /** One of them. */
  record Choice(String text, String finish, Trace trace) {}

  static Reply of(ChatCompletion response) {
    var choices = new ArrayList<Choice>();
    for (var choice : response.choices()) {
      var message = choice.message();
      var text = message.content().or(message::refusal).orElse("");
      var tokens = new TokenLog();
      choice.logprobs().flatMap(ChatCompletion.Choice.Logprobs::content).ifPresent(tokens::add);
      choices.add(
          new Choice(
              text,
              choice._finishReason().asKnown().map(reason -> reason.asString()).orElse(""),
              tokens.trace(reasoning(message._additionalProperties()))));
    }
    return new Reply(choices, response.usage());
  }

  static Reply of(Completion response) {
    var choices = new ArrayList<Choice>();
    for (var choice : response.choices()) {
      var tokens = new TokenLog();
      choice.logprobs().ifPresent(tokens::add);
      choices.add(
          new Choice(
              choice.text(),
              choice._finishReason().asKnown().map(reason -> reason.asString()).orElse(""),
              tokens.trace(null)));
    }
    return new Reply(choices, response.usage());
  }

  /** As vLLM and SGLang, and others, name it. */
  static String reasoning(Map<String, JsonValue> fields) {
    for (var name : new String[] {"reasoning_content", "reasoning"}) {
      var value = fields.get(name);
      if (value != null && value.asString().isPresent()) {
        return value.asString().get().toString();
      }
    }
    return null;
  }

  /** Tokens read and written; 0 where the server doesn't count. */
  long tokens() {
    return usage.map(u -> u.promptTokens() + u.completionTokens()).orElse(0L);
  }

  /**
   * The answers, as many as there are choices and were asked for. A server counts the tokens of a
   * call: those read are the first answer's, those written are shared by length.
   */
  List<Answer> answers(Request request, long latencyMs) {
    int n = Math.min(choices.size(), request.n());
    var shares = shares(n);
    var answers = new ArrayList<Answer>(n);
    for (int i = 0; i < n; i++) {
      var choice = choices.get(i);
      boolean cut = choice.finish().equals(LENGTH);
      answers.add(
          new Answer(
              request.firstIndex() + i,
              choice.text(),
              cut ? FinishReason.LENGTH : FinishReason.STOP,
              usage.isPresent() ? (i == 0 ? usage.get().promptTokens() : 0L) : null,
              usage.isPresent() ? shares[i] : null,
              latencyMs,
              null,
              choice.trace()));
    }
    return answers;
  }

  private long[] shares(int n) {
    var shares = new long[n];
    long left = usage.map(u -> Math.max(0, u.completionTokens())).orElse(0L);
    long lengths = 0;
    for (int i = 0; i < n; i++) {
      lengths += 1 + choices.get(i).text().length();
    }
    for (int i = 0; i < n; i++) {
      long length = 1 + choices.get(i).text().length();
      shares[i] = Math.round((double) left * length / lengths);
      left -= shares[i];
      lengths -= length;
    }
    return shares;
  }
}
