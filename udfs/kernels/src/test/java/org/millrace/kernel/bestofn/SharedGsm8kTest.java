package org.millrace.kernel.bestofn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.function.ToDoubleFunction;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The reference numbers of the GSM8K votes beside the curves: ragged prompts, difficulty. */
class SharedGsm8kTest {

  private static final int[] EIGHT = {8};

  /** A question; scores are the shares of votes for right. */
  private record Question(int id, Ballot ballot) {

    double[] credits() {
      return ballot.credits();
    }

    double meanCredit() {
      return Arrays.stream(credits()).average().orElseThrow();
    }

    double meanScore() {
      return Arrays.stream(ballot.scores()).average().orElseThrow();
    }
  }

  private static List<Question> questions() throws IOException {
    var rows = new LinkedHashMap<Integer, List<String[]>>();
    SharedData.lines("gsm8k_genrm_dev.tsv.gz").stream()
        .skip(1)
        .map(line -> line.split("\t", -1))
        .forEach(f -> rows.computeIfAbsent(Integer.valueOf(f[0]), id -> new ArrayList<>()).add(f));
    var questions = new ArrayList<Question>();
    rows.forEach(
        (id, samples) ->
            questions.add(
                new Question(
                    id,
                    Ballot.of(
                        samples.stream().map(f -> f[2]).toArray(String[]::new),
                        samples.stream()
                            .mapToDouble(
                                f -> Votes.score(Votes.parse(f[7]), 4, MissingVotes.LEFT_OUT))
                            .toArray(),
                        samples.stream().mapToDouble(f -> Double.parseDouble(f[6])).toArray(),
                        samples.stream().mapToDouble(f -> Double.parseDouble(f[4])).toArray()))));
    return questions;
  }

  private static List<Question> withARightOneAmong32(List<Question> questions) {
    return questions.stream().filter(q -> q.ballot().size() >= 32 && q.meanCredit() > 0).toList();
  }

  private static double mean(List<Question> questions, ToDoubleFunction<Question> value) {
    return questions.stream().mapToDouble(value).average().orElseThrow();
  }

  private static double pass(double[] credits, int k) {
    return PassAtK.curve(credits, new int[] {k})[0];
  }

  private static void checkRagged(
      List<Question> questions, int k, int left, double drop, double clip, double pad) {
    var full = questions.stream().filter(q -> q.ballot().size() >= k).toList();

    assertThat(full).hasSize(left);
    assertThat(mean(full, q -> pass(q.credits(), k))).isCloseTo(drop, within(6e-7));
    assertThat(mean(questions, q -> pass(q.credits(), Math.min(k, q.ballot().size()))))
        .isCloseTo(clip, within(6e-7));
    assertThat(mean(questions, q -> pass(Arrays.copyOf(q.credits(), 64), k)))
        .isCloseTo(pad, within(6e-7));
  }

  @Test
  void raggedQuestions() throws IOException {
    var questions = questions();

    checkRagged(questions, 8, 3_514, .934162, .886097, .873452);
    checkRagged(questions, 32, 3_421, .961904, .897162, .893282);
  }

  @Test
  void sampledUntilItAgrees() throws IOException {
    var ballots = withARightOneAmong32(questions()).stream().map(Question::ballot).toList();

    assertThat(SharedData.stopped(ballots, new StopRule.AdaptiveConsistency(.95), 32))
        .containsExactly(new double[] {8.065026, .966576}, within(6e-7));
    assertThat(SharedData.stopped(ballots, new StopRule.EarlyStopping(4), 32))
        .containsExactly(new double[] {10.278943, .966576}, within(6e-7));
  }

  @Test
  void oneSample() throws IOException {
    var questions = withARightOneAmong32(questions());

    assertThat(questions).hasSize(3_291);
    assertThat(mean(questions, q -> pass(q.credits(), 1))).isCloseTo(.78002, within(6e-6));
    assertThat(mean(questions, q -> q.credits()[0])).isCloseTo(.79003, within(6e-6));
  }

  private static final List<ToDoubleFunction<Question>> STRATEGIES =
      List.of(
          q -> BestOfK.curve(q.ballot().scores(), q.credits(), EIGHT)[0],
          q -> MajorityAtK.curve(q.ballot().answers(), q.credits(), EIGHT)[0],
          q -> BestOfK.curve(SharedData.negated(q.ballot().sizes()), q.credits(), EIGHT)[0],
          q -> BestOfK.curve(q.ballot().sizes(), q.credits(), EIGHT)[0]);

  private static double[][] values(List<Question> questions) {
    return questions.stream()
        .map(q -> STRATEGIES.stream().mapToDouble(s -> s.applyAsDouble(q)).toArray())
        .toArray(double[][]::new);
  }

  /** Of each bin, the strategy that is best on the one fold is scored on the other. */
  private static double twoFold(List<Question> questions, double[][] values, int[] bins) {
    var folds = questions.stream().mapToInt(q -> q.id() / 2 % 2).toArray();
    var weights = new double[bins.length];
    Arrays.fill(weights, 1);
    // All take eight answers.
    var costs = new double[STRATEGIES.size()];
    Arrays.fill(costs, 8);
    var measured = new ComputeOptimal.Measured(bins, folds, weights, values, costs);
    var outcome = ComputeOptimal.twoFold(measured, 8);
    assertThat(outcome.cost()).isCloseTo(8, within(1e-9));
    return outcome.value();
  }

  @Test
  void strategiesByDifficulty() throws IOException {
    var questions = withARightOneAmong32(questions());
    var values = values(questions);

    var oracle =
        Difficulty.quantiles(questions.stream().mapToDouble(Question::meanCredit).toArray(), 5);
    var predicted =
        Difficulty.quantiles(questions.stream().mapToDouble(Question::meanScore).toArray(), 5);
    var absolute =
        questions.stream().mapToInt(q -> Difficulty.of(q.meanCredit()).ordinal()).toArray();

    assertThat(IntStream.range(0, 3).map(d -> count(absolute, d))).containsExactly(2_994, 263, 34);
    assertThat(twoFold(questions, values, oracle)).isCloseTo(.980523, within(6e-7));
    assertThat(twoFold(questions, values, predicted)).isCloseTo(.980642, within(6e-7));
    assertThat(twoFold(questions, values, absolute)).isCloseTo(.979016, within(6e-7));
  }

  /** The agreement of four answers, which any prompt can have, in the place of its difficulty. */
  @Test
  void answersByAgreementAreBetterThanAsManyForAll() throws IOException {
    var prompts =
        withARightOneAmong32(questions()).stream()
            .map(
                q ->
                    new Calibration.Prompt(
                        q.id() / 2 % 2,
                        null,
                        q.ballot().answers(),
                        q.credits(),
                        q.ballot().scores()))
            .toList();
    var measured =
        new Calibration(prompts, new int[] {4, 8, 16, 32}, List.of(Calibration.Strategy.MAJORITY))
            .byAgreement(4);

    var optimal = ComputeOptimal.twoFold(measured, 8);
    var alike = ComputeOptimal.twoFoldAlike(measured, 8);

    assertThat(alike.cost()).isEqualTo(8);
    // Over all subsets, majority@8 is .93411.
    assertThat(alike.value()).isCloseTo(.93411, within(.001));
    assertThat(optimal.cost()).isLessThan(8.2);
    assertThat(optimal.value()).isGreaterThan(alike.value() + .01);
  }

  private static int count(int[] bins, int bin) {
    return (int) Arrays.stream(bins).filter(b -> b == bin).count();
  }
}
