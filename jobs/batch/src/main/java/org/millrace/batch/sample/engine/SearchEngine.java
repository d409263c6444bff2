package org.millrace.batch.sample.engine;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;

/**
 * A small solver of Game of 24 and Countdown puzzles that needs no model: each answer is a bounded
 * random search over ways to combine the numbers, so it is sometimes right, and an easy puzzle is
 * solved more often than a hard one. It is honest: the last line {@code Answer: (6 - 4) * 5 + 10 =
 * 20} always uses each number once and shows the true value, whether or not that is the target.
 *
 * <p>It reads the prompts of {@link Puzzles} and rejects any other.
 *
 * <p>An answer depends only on the prompt's id and text, the sample index, the seed, the
 * temperature and the effort; at temperature 0 neither on the index nor on the seed. {@code topP}
 * and {@code maxTokens} have no effect. Tokens are words parted by white space; the latency is
 * always 0, since a clock would make runs differ.
 */
public final class SearchEngine implements SamplingEngine {

  /** The name that users choose it by. */
  public static final String NAME = "search";

  /**
   * Rollouts of one answer where the user names none: at temperature 0.8 about one answer in five
   * is right on a Game of 24 and two in five on a Countdown of four numbers up to 100.
   */
  public static final int DEFAULT_EFFORT = 3;

  private static final int EXCERPT = 60;

  private final int effort;

  /**
   * A solver.
   *
   * @param effort most rollouts of one answer, at least 1; more of them are right more often
   * @throws IllegalArgumentException for an effort below 1
   */
  public SearchEngine(int effort) {
    if (effort < 1) {
      throw new IllegalArgumentException("effort is below 1: " + effort);
    }
    this.effort = effort;
  }

  @Override
  public String name() {
    return NAME;
  }

  /** Names the effort too, since the answers depend on it. */
  @Override
  public String version() {
    return "1-effort" + effort;
  }

  @Override
  public CompletionStage<List<Answer>> sample(Request request) {
    Optional<NumberProblem> problem = NumberProblem.parse(request.prompt());
    if (problem.isEmpty()) {
      return CompletableFuture.failedFuture(EngineFailure.rejection(unreadable(request)));
    }
    var answers = new ArrayList<Answer>(request.n());
    var search = new RandomSearch(problem.get(), request.parameters().temperature());
    long promptTokens = words(request.prompt());
    for (int i = request.firstIndex(); i < request.endIndex(); i++) {
      String text = search.solve(effort, new Draws(key(request, i)));
      answers.add(new Answer(i, text, FinishReason.STOP, promptTokens, words(text), 0L, null));
    }
    return CompletableFuture.completedFuture(answers);
  }

  @Override
  public int maxConcurrency() {
    return 1;
  }

  @Override
  public void close() {}

  private static long key(Request request, int sampleIndex) {
    double temperature = request.parameters().temperature();
    long key = Draws.fold(Draws.hash(request.promptId()), Draws.hash(request.prompt()));
    if (temperature == 0) {
      return key;
    }
    key = Draws.fold(key, Double.doubleToLongBits(temperature));
    return Draws.fold(Draws.fold(key, request.parameters().seed()), sampleIndex);
  }

  private static String unreadable(Request request) {
    String prompt = request.prompt().replaceAll("\\s+", " ");
    String excerpt = prompt.length() <= EXCERPT ? prompt : prompt.substring(0, EXCERPT) + "...";
    return ("prompt %s is no Game of 24 ('4 5 6 10') and no Countdown ('Countdown: reach 36 from"
            + " [3, 5, 7, 25]'): '%s'")
        .formatted(request.promptId(), excerpt);
  }

  private static long words(String text) {
    long words = 0;
    boolean inside = false;
    for (int i = 0; i < text.length(); i++) {
      boolean word = !Character.isWhitespace(text.charAt(i));
      words += word && !inside ? 1 : 0;
      inside = word;
    }
    return words;
  }
}
