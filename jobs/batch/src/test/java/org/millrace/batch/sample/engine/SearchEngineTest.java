package org.millrace.batch.sample.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletionException;
import java.util.concurrent.ConcurrentHashMap;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SearchEngineTest {

  private static final Parameters PARAMETERS = new Parameters(0.8, 1, 2048, 7);

  @Test
  void answersWithStepsThatEndInTheLastLinesEquation() {
    Answer answer = sample(new SearchEngine(50), "p", "4 5 6 10", 0, 1).get(0);

    // 5 * (10 - 4) - 6 = 24 is one of several ways; fifty rollouts find one.
    String[] lines = answer.text().split("\n");
    assertThat(lines[lines.length - 1]).matches("Answer: [-+*/() 0-9]+ = 24");
    assertThat(lines[lines.length - 2]).endsWith("= 24 (left: 24)");
    assertThat(lines[lines.length - 5]).isEqualTo("Steps:");
    assertThat(answer.finishReason()).isEqualTo(FinishReason.STOP);
    assertThat(answer.promptTokens()).isEqualTo(4);
    assertThat(answer.completionTokens()).isEqualTo(answer.text().split("\\s+").length);
    assertThat(answer.latencyMs()).isZero();
  }

  @Test
  void isHonestWhereThereIsNoSolution() {
    var answers = sample(new SearchEngine(3), "p", "1 1 1 1", 0, 20);

    // The most that four ones can make is (1 + 1) * (1 + 1) = 4 = 1 + 1 + 1 + 1.
    assertThat(answers)
        .allSatisfy(
            answer ->
                assertThat(Equation.claimed(answer.text()).numerator().intValue()).isBetween(0, 4));
  }

  @Property(tries = 300)
  void printsTheExactValueOfAnExpressionOfAllNumbers(
      @ForAll @Size(min = 2, max = 8) List<@IntRange(min = 1, max = 999_999) Integer> numbers,
      @ForAll @IntRange(max = 1000) int index,
      @ForAll @DoubleRange(max = 3) double temperature) {
    String list = numbers.toString();
    String game24 = list.substring(1, list.length() - 1).replace(",", "");

    for (String prompt : List.of(game24, "Countdown: reach 36 from " + list)) {
      var parameters = new Parameters(temperature, 1, 2048, 7);
      String text = sample(new SearchEngine(4), "p", prompt, index, 1, parameters).get(0).text();

      String expression = Equation.expression(text);
      assertThat(Equation.value(expression)).isEqualTo(Equation.claimed(text));
      assertThat(Equation.numbers(expression))
          .containsExactly(numbers.stream().mapToInt(i -> i).sorted().toArray());
    }
  }

  @Property(tries = 100)
  void everyStepLineIsTrue(@ForAll @IntRange(max = 1361) int puzzle, @ForAll long seed) {
    String prompt = Puzzles.game24(Puzzles.GAME24_COUNT, 1).get(puzzle).prompt();

    String text =
        sample(new SearchEngine(3), "p", prompt, 0, 1, new Parameters(1, 1, 2048, seed))
            .get(0)
            .text();

    String steps = text.substring(text.indexOf("Steps:\n") + 7, text.indexOf("Answer:"));
    assertThat(steps.split("\n"))
        .hasSize(3)
        .allSatisfy(
            line -> {
              String[] sides = line.substring(0, line.indexOf(" (left:")).split(" = ");
              // Operands may be fractions, so they get brackets around them.
              String left = sides[0].replaceAll("(\\d+/\\d+)", "($1)");
              assertThat(Equation.value(left)).isEqualTo(Equation.Value.parse(sides[1]));
            });
  }

  @Test
  void givesASampleTheSameTextWhateverIsAskedTogetherInAnyOrderOnAnyThread() {
    var engine = new SearchEngine(3);
    List<String> whole = texts(sample(engine, "p", "3 5 7 11", 0, 64));

    var alone = new ConcurrentHashMap<Integer, String>();
    IntStream.rangeClosed(1, 64)
        .map(i -> 64 - i)
        .parallel()
        .forEach(i -> alone.put(i, sample(engine, "p", "3 5 7 11", i, 1).get(0).text()));

    assertThat(IntStream.range(0, 64).mapToObj(alone::get)).containsExactlyElementsOf(whole);
    assertThat(texts(sample(engine, "p", "3 5 7 11", 40, 24))).isEqualTo(whole.subList(40, 64));
  }

  @Test
  void dependsOnPromptIdSeedAndTemperature() {
    var engine = new SearchEngine(3);
    List<String> texts = texts(sample(engine, "p", "3 5 7 11", 0, 16));

    assertThat(texts(sample(engine, "q", "3 5 7 11", 0, 16))).isNotEqualTo(texts);
    assertThat(texts(sample(engine, "p", "3 5 7 11", 0, 16, new Parameters(0.8, 1, 2048, 8))))
        .isNotEqualTo(texts);
    assertThat(texts(sample(engine, "p", "3 5 7 11", 0, 16, new Parameters(0.9, 1, 2048, 7))))
        .isNotEqualTo(texts);
    assertThat(texts(sample(engine, "p", "3 5 7 11", 0, 16, new Parameters(0.8, .5, 9, 7))))
        .as("top-p and the token limit have no effect")
        .isEqualTo(texts);
  }

  @Test
  void isGreedyAtTemperatureZero() {
    var answers =
        sample(new SearchEngine(3), "p", "3 5 7 11", 0, 16, new Parameters(0, 1, 2048, 7));

    assertThat(texts(answers)).containsOnly(answers.get(0).text());
  }

  @Test
  void solvesSomeGamesOf24AndMoreWithMoreSamples() {
    double[] rates = rates(Puzzles.game24(200, 1), SearchEngine.DEFAULT_EFFORT);

    assertThat(mean(rates)).isBetween(0.15, 0.45);
    assertThat(passAt16(rates)).isGreaterThan(mean(rates) + 0.3).isLessThan(0.95);
    assertThat(Arrays.stream(rates).filter(rate -> rate < 0.05).count()).isGreaterThan(20);
    assertThat(Arrays.stream(rates).filter(rate -> rate > 0.4).count()).isGreaterThan(20);
  }

  @Test
  void solvesSomeCountdownProblemsAndMoreWithMoreSamples() {
    double[] rates = rates(Puzzles.countdown(200, 4, 100, 1), SearchEngine.DEFAULT_EFFORT);

    assertThat(mean(rates)).isBetween(0.15, 0.45);
    assertThat(passAt16(rates)).isGreaterThan(mean(rates) + 0.3);
    assertThat(Arrays.stream(rates).filter(rate -> rate < 0.2).count()).isGreaterThan(20);
    assertThat(Arrays.stream(rates).filter(rate -> rate > 0.5).count()).isGreaterThan(20);
  }

  @Test
  void solvesMoreWithMoreEffort() {
    var puzzles = Puzzles.game24(100, 1);

    assertThat(mean(rates(puzzles, 1))).isLessThan(mean(rates(puzzles, 3)));
    assertThat(mean(rates(puzzles, 3))).isLessThan(mean(rates(puzzles, 30)));
    assertThat(new SearchEngine(3).version()).isNotEqualTo(new SearchEngine(30).version());
    assertThatThrownBy(() -> new SearchEngine(0)).hasMessage("effort is below 1: 0");
  }

  @Test
  void rejectsAnyOtherPrompt() {
    var prompts =
        List.of(
            "",
            "24",
            "0 5 6 10",
            "1 2 3 4 5 6 7 8 9",
            "4,5,6,10",
            "9999999 1",
            "1".repeat(100_000) + " 2",
            "Countdown: reach 36 from []");

    for (String prompt : prompts) {
      assertThat(rejection(prompt).isRejection()).as(prompt).isTrue();
    }
    assertThat(rejection("Why is the\nsky blue?"))
        .hasMessageStartingWith("prompt p is no Game of 24")
        .hasMessageEndingWith("'Why is the sky blue?'");
  }

  private static EngineFailure rejection(String prompt) {
    var request = new Request("p", prompt, 5, 2, PARAMETERS);
    var stage = new SearchEngine(3).sample(request).toCompletableFuture();
    return (EngineFailure) catchThrowableOfType(CompletionException.class, stage::join).getCause();
  }

  private static List<Answer> sample(
      SearchEngine engine, String id, String prompt, int first, int n) {
    return sample(engine, id, prompt, first, n, PARAMETERS);
  }

  private static List<Answer> sample(
      SearchEngine engine, String id, String prompt, int first, int n, Parameters parameters) {
    return engine
        .sample(new Request(id, prompt, first, n, parameters))
        .toCompletableFuture()
        .join();
  }

  private static List<String> texts(List<Answer> answers) {
    return answers.stream().map(Answer::text).toList();
  }

  /** Share of right answers among 32, per puzzle. */
  private static double[] rates(List<Puzzle> puzzles, int effort) {
    return puzzles.stream()
        .mapToDouble(
            puzzle ->
                sample(new SearchEngine(effort), puzzle.id(), puzzle.prompt(), 0, 32).stream()
                        .filter(answer -> answer.text().endsWith(" = " + puzzle.target()))
                        .count()
                    / 32.0)
        .toArray();
  }

  private static double mean(double[] rates) {
    return Arrays.stream(rates).average().orElseThrow();
  }

  /** As if drawn with replacement, which is below the exact pass@16 of 32. */
  private static double passAt16(double[] rates) {
    return Arrays.stream(rates).map(rate -> 1 - Math.pow(1 - rate, 16)).average().orElseThrow();
  }
}
