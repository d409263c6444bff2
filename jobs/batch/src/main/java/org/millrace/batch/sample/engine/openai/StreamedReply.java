package org.millrace.batch.sample.engine.openai;

import com.openai.models.chat.completions.ChatCompletionChunk;
import com.openai.models.completions.CompletionUsage;
import java.util.ArrayList;
import java.util.Optional;
import java.util.TreeMap;
import org.millrace.batch.sample.engine.Trace;

/**
 * A response put together of the pieces of a stream, in whatever order its choices come. (The
 * client library's own takes the end of one choice for the end of all that have begun.) For one
 * thread at a time.
 */
final class StreamedReply {

  private final TreeMap<Long, Choice> choices = new TreeMap<>();
  private Optional<CompletionUsage> usage = Optional.empty();
  private long pieces;

  /** A choice so far. */
  private static final class Choice {
    private final StringBuilder text = new StringBuilder();
    private final StringBuilder reasoning = new StringBuilder();
    private final TokenLog tokens = new TokenLog();
    private String finish;

    private Trace trace() {
      return tokens.trace(reasoning.isEmpty() ? null : reasoning.toString());
    }
  }

  /** Adds a piece. */
  synchronized void add(ChatCompletionChunk piece) {
    piece.usage().ifPresent(given -> usage = Optional.of(given));
    for (var part : piece.choices()) {
      pieces++;
      var choice = choices.computeIfAbsent(part.index(), index -> new Choice());
      part.delta().content().or(part.delta()::refusal).ifPresent(choice.text::append);
      var reasoning = Reply.reasoning(part.delta()._additionalProperties());
      choice.reasoning.append(reasoning == null ? "" : reasoning);
      part.finishReason().ifPresent(reason -> choice.finish = reason.asString());
      part.logprobs()
          .flatMap(ChatCompletionChunk.Choice.Logprobs::content)
          .ifPresent(choice.tokens::add);
    }
  }

  /** Tokens written so far, as far as they are known: a piece has one at least. */
  synchronized long written() {
    return usage.map(CompletionUsage::completionTokens).orElse(pieces);
  }

  /**
   * The whole.
   *
   * @throws IllegalStateException if a choice has no end
   */
  synchronized Reply whole() {
    var whole = new ArrayList<Reply.Choice>();
    for (var choice : choices.values()) {
      if (choice.finish == null) {
        throw new IllegalStateException("the stream ends before its answers do");
      }
      whole.add(new Reply.Choice(choice.text.toString(), choice.finish, choice.trace()));
    }
    return new Reply(whole, usage);
  }
}
