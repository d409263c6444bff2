package org.millrace.kernel.bestofn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

/** The reference numbers of the MATH, CRUXEval, Game of 24 and text judge sets. */
class SharedSetsTest {

  private static void check(
      List<Ballot> prompts, int[] ks, Function<Ballot, double[]> curve, double... expected) {
    // Printed to five or six decimals.
    assertThat(SharedData.mean(prompts, ks, curve)).containsExactly(expected, within(6e-6));
  }

  private static Function<Ballot, double[]> majority(Ties ties, int[] ks) {
    return ballot -> new Rule.Majority().firstK(ballot, ks, ties);
  }

  private static Function<Ballot, double[]> weighted(Normalization normalization, int[] ks) {
    return ballot -> new Rule.WeightedMajority(normalization).firstK(ballot, ks, Ties.FIRST);
  }

  private static double[] pass(Ballot ballot, int[] ks) {
    return PassAtK.curve(ballot.credits(), ks);
  }

  private static double[] exactMajority(Ballot ballot, int[] ks) {
    return MajorityAtK.curve(ballot.answers(), ballot.credits(), ks);
  }

  private static List<Ballot> math() throws IOException {
    return SharedData.records("math100_x8_orm.jsonl.gz").stream()
        .map(
            problem ->
                Ballot.of(
                    SharedData.texts(problem.get("pred")),
                    SharedData.numbers(problem.get("rm")),
                    SharedData.numbers(problem.get("resp_chars")),
                    SharedData.numbers(problem.get("score"))))
        .toList();
  }

  @Test
  void mathOverAllSubsets() throws IOException {
    var ks = new int[] {1, 2, 4, 8};
    var prompts = math();

    check(prompts, ks, b -> pass(b, ks), .91, .93286, .951, .96);
    check(prompts, ks, b -> BestOfK.curve(b.scores(), b.credits(), ks), .91, .92786, .93614, .94);
    check(
        prompts,
        ks,
        b -> BestOfK.curve(SharedData.negated(b.sizes()), b.credits(), ks),
        .91,
        .91821,
        .91914,
        .91);
    check(prompts, ks, b -> BestOfK.curve(b.sizes(), b.credits(), ks), .91, .90179, .89086, .88);
    check(prompts, ks, b -> exactMajority(b, ks), .91, .91, .92011, .925);
    check(
        prompts,
        ks,
        b ->
            WeightedMajorityAtK.curve(
                    new Rule.WeightedMajority(Normalization.NONE), b, ks, "not drawn")
                .values(),
        .91,
        .92786,
        .93157,
        .94);
  }

  @Test
  void mathInFileOrder() throws IOException {
    var ks = new int[] {1, 2, 4, 8};
    var prompts = math();

    check(prompts, ks, majority(Ties.FIRST, ks), .90, .90, .93, .93);
    check(prompts, ks, majority(Ties.SMALLEST, ks), .90, .92, .91, .91);
    check(prompts, ks, majority(Ties.SHARED, ks), .90, .91, .925, .925);
    check(prompts, ks, majority(Ties.SHORTEST, ks), .90, .92, .93, .93);
    check(prompts, ks, majority(Ties.STRICT, ks), .90, .88, .91, .91);
    check(prompts, ks, b -> new Rule.Best().firstK(b, ks, Ties.FIRST), .90, .93, .93, .94);
    check(prompts, ks, weighted(Normalization.NONE, ks), .90, .93, .93, .94);
    check(prompts, ks, weighted(Normalization.SIGMOID, ks), .90, .93, .94, .94);
  }

  @Test
  void mathSampledUntilItAgrees() throws IOException {
    assertThat(SharedData.stopped(math(), new StopRule.AdaptiveConsistency(.95), 8))
        .containsExactly(new double[] {4.47, .93}, within(1e-9));
    assertThat(SharedData.stopped(math(), new StopRule.EarlyStopping(4), 8))
        .containsExactly(new double[] {4.48, .93}, within(1e-9));
  }

  @Test
  void mathByTheShortestOfEight() throws IOException {
    var ms = new int[] {1, 2, 3, 5};
    var all = new int[] {8};

    check(
        math(),
        ms,
        ballot ->
            Arrays.stream(ms)
                .mapToDouble(m -> new Rule.ShortM(m).firstK(ballot, all, Ties.SHORTEST)[0])
                .toArray(),
        .91,
        .91,
        .93,
        .94);
  }

  @Test
  void cruxeval() throws IOException {
    var ks = new int[] {1, 2, 4, 5, 8, 10};
    var prompts =
        SharedData.records("cruxeval_output_800x10.jsonl").stream()
            .map(
                problem ->
                    Ballot.of(
                        SharedData.texts(problem.get("gens")),
                        new double[10],
                        SharedData.lengths(problem.get("gens")),
                        SharedData.numbers(problem.get("correct"))))
            .toList();

    check(
        prompts, ks, b -> pass(b, ks), .342125, .37113889, .39623810, .40286706, .41419444, .41875);
    check(
        prompts,
        ks,
        b -> exactMajority(b, ks),
        .342125,
        .342125,
        .344150,
        .343892,
        .343410,
        .342917);
    check(prompts, ks, majority(Ties.FIRST, ks), .3525, .3525, .35125, .3475, .34875, .34625);
    var ten = new int[] {10};
    check(prompts, ten, majority(Ties.SMALLEST, ten), .34375);
    check(prompts, ten, majority(Ties.SHARED, ten), .342917);
    check(prompts, ten, majority(Ties.SHORTEST, ten), .34375);
    check(prompts, ten, majority(Ties.STRICT, ten), .3325);
  }

  private static List<Ballot> game24(List<JsonNode> puzzles) {
    return puzzles.stream()
        .map(
            puzzle -> {
              var credits = SharedData.numbers(puzzle.get("r"));
              int n = credits.length;
              return Ballot.of(new String[n], new double[n], new double[n], credits);
            })
        .toList();
  }

  private static long tokens(List<JsonNode> puzzles, String kind) {
    return TokenCounter.total(
        puzzles.stream().mapToLong(p -> p.get("usage_so_far").get(kind).asLong()).toArray());
  }

  @Test
  void gameOf24ByChainOfThought() throws IOException {
    var puzzles = SharedData.records("game24_cot_100x100.jsonl");
    var ks = new int[] {1, 2, 4, 8, 16, 32, 64, 100};

    check(
        game24(puzzles),
        ks,
        b -> pass(b, ks),
        .0403,
        .0728,
        .122909,
        .190316,
        .268919,
        .352481,
        .436638,
        .49);
    assertThat(tokens(puzzles, "completion_tokens")).isEqualTo(674_862);
    assertThat(tokens(puzzles, "prompt_tokens")).isEqualTo(218_500);
  }

  @Test
  void gameOf24ByTreeOfThought() throws IOException {
    var puzzles = SharedData.records("game24_tot_100x5.jsonl");
    var ks = new int[] {1, 2, 4, 5};

    check(game24(puzzles), ks, b -> pass(b, ks), .238, .401, .616, .69);
    check(game24(puzzles), new int[] {1}, b -> new double[] {b.credits()[0]}, .62);
    assertThat(tokens(puzzles, "completion_tokens")).isEqualTo(547_859);
    assertThat(tokens(puzzles, "prompt_tokens")).isEqualTo(1_387_936);
  }

  /** Which texts have the highest sum of the first ratings. */
  private static boolean[] top(JsonNode prompt, int votes) {
    var ratings = prompt.get("ratings");
    var sums =
        IntStream.range(0, ratings.size())
            .mapToDouble(i -> Arrays.stream(SharedData.numbers(ratings.get(i))).limit(votes).sum())
            .toArray();
    double most = Arrays.stream(sums).max().orElseThrow();
    var top = new boolean[sums.length];
    for (int i = 0; i < top.length; i++) {
      top[i] = sums[i] == most;
    }
    return top;
  }

  private static int count(boolean[] set) {
    return (int) IntStream.range(0, set.length).filter(i -> set[i]).count();
  }

  @Test
  void judgedTexts() throws IOException {
    var prompts = SharedData.records("text_judge_100x10x5.jsonl");

    var ties = new TreeMap<Integer, Integer>();
    for (var prompt : prompts) {
      ties.merge(count(top(prompt, 5)), 1, Integer::sum);
    }
    var winners =
        prompts.stream()
            .limit(10)
            .map(
                prompt -> {
                  var scores = new double[10];
                  Arrays.setAll(scores, i -> top(prompt, 5)[i] ? 1 : 0);
                  return new Rule.Best()
                      .choose(
                          Ballot.of(new String[10], scores, new double[10], new double[10]),
                          10,
                          Ties.FIRST)
                      .position();
                })
            .toList();
    var inside =
        IntStream.rangeClosed(1, 4)
            .mapToDouble(
                votes ->
                    prompts.stream()
                        .mapToDouble(
                            prompt -> {
                              var few = top(prompt, votes);
                              var all = top(prompt, 5);
                              return IntStream.range(0, 10).filter(i -> few[i] && all[i]).count()
                                  / (double) count(few);
                            })
                        .average()
                        .orElseThrow())
            .toArray();

    assertThat(ties)
        .containsOnly(entry(1, 78), entry(2, 17), entry(3, 3), entry(4, 1), entry(6, 1));
    assertThat(winners).containsExactly(7, 2, 2, 0, 2, 9, 8, 4, 0, 1);
    assertThat(inside)
        .containsExactly(new double[] {.524738, .681500, .814833, .862500}, within(6e-7));
  }
}
