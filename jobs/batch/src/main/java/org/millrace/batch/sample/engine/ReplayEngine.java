package org.millrace.batch.sample.engine;

import static java.util.Objects.requireNonNull;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.function.Function;
import java.util.stream.IntStream;

/**
 * Gives answers that were recorded before, by prompt id and sample index; neither the prompt's text
 * nor the parameters matter. An index that was not recorded becomes an answer with {@link
 * FinishReason#ERROR}.
 */
public final class ReplayEngine implements SamplingEngine {

  /** The name that users choose it by. */
  public static final String NAME = "replay";

  private final Function<String, List<Answer>> recordings;

  /**
   * Replays whole answers, with their counts and failures.
   *
   * @param recordings from a prompt id to its recorded answers in any order; null or an empty list
   *     where nothing was recorded
   */
  public ReplayEngine(Function<String, List<Answer>> recordings) {
    this.recordings = requireNonNull(recordings, "recordings is null");
  }

  /**
   * Replays texts whose position is the sample index; a null text is a recorded failure.
   *
   * @param texts from a prompt id to its recorded texts; null or an empty list where nothing was
   *     recorded
   */
  public static ReplayEngine ofTexts(Function<String, List<String>> texts) {
    requireNonNull(texts, "texts is null");
    return new ReplayEngine(
        promptId -> {
          List<String> recorded = texts.apply(promptId);
          return recorded == null ? null : answers(recorded);
        });
  }

  private static List<Answer> answers(List<String> texts) {
    return IntStream.range(0, texts.size())
        .mapToObj(
            i ->
                texts.get(i) == null
                    ? Answer.failed(i, "recorded without a text")
                    : Answer.of(i, texts.get(i)))
        .toList();
  }

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public String version() {
    return "1";
  }

  @Override
  public CompletionStage<List<Answer>> sample(Request request) {
    var recorded = new HashMap<Integer, Answer>();
    List<Answer> found = recordings.apply(request.promptId());
    for (Answer answer : found == null ? List.<Answer>of() : found) {
      recorded.put(answer.sampleIndex(), answer);
    }

    var answers = new ArrayList<Answer>(request.n());
    for (int i = request.firstIndex(); i < request.endIndex(); i++) {
      Answer answer = recorded.get(i);
      answers.add(answer == null ? lacking(request.promptId(), recorded.size(), i) : answer);
    }
    return CompletableFuture.completedFuture(answers);
  }

  private static Answer lacking(String promptId, int recorded, int sampleIndex) {
    return Answer.failed(
        sampleIndex,
        "prompt %s has %d recorded answers, none at sample index %d; ask for fewer samples"
            .formatted(promptId, recorded, sampleIndex));
  }

  @Override
  public int maxConcurrency() {
    return 1;
  }

  @Override
  public void close() {}
}
