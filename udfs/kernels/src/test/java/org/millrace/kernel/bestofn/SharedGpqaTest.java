package org.millrace.kernel.bestofn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.bestofn.ComputeMatched.Point;

/** The reference numbers of 64 GPQA problems, and the grid that their authors published. */
class SharedGpqaTest {

  private static final Pattern LETTER = Pattern.compile("([A-D])(\\.\\*\\*|\\)|\\.)?");
  private static final int[] KS = {1, 2, 4, 8, 16, 32, 64, 128};
  private static final int[] SOLUTIONS = {1, 2, 4, 8, 16, 32, 64};
  private static final int[] VERIFICATIONS = {1, 2, 4, 8, 16, 32};

  private record Problem(Ballot ballot, String[] answers, double[][] votes) {

    static Problem of(JsonNode problem) {
      var answers = SharedData.texts(problem.get("answers"));
      var letters = Arrays.stream(answers).map(Problem::letter).toArray(String[]::new);
      var gold = problem.get("gold").asText();
      var credits = Arrays.stream(letters).mapToDouble(l -> gold.equals(l) ? 1 : 0).toArray();
      var votes = new ArrayList<double[]>();
      problem.get("verifications").forEach(v -> votes.add(SharedData.numbers(v)));
      int n = answers.length;
      return new Problem(
          Ballot.of(letters, new double[n], new double[n], credits),
          answers,
          votes.toArray(double[][]::new));
    }

    private static String letter(String answer) {
      var matcher = LETTER.matcher(answer);
      return matcher.matches() ? matcher.group(1) : null;
    }

    /** Best of the verified samples by the mean of their first votes; a refusal scores 0. */
    double[] bestByVotes(int first) {
      var scores =
          IntStream.range(0, votes.length)
              .mapToDouble(
                  i ->
                      answers[i].isEmpty() || answers[i].equals("[invalidanswer]")
                          ? 0
                          : Votes.score(votes[i], first, MissingVotes.LEFT_OUT))
              .toArray();
      return BestOfK.curve(scores, Arrays.copyOf(ballot.credits(), scores.length), SOLUTIONS);
    }
  }

  private static List<Problem> problems() throws IOException {
    return SharedData.records("gpqa64_x128_genrm64x32.jsonl").stream().map(Problem::of).toList();
  }

  private static double[] firstK(List<Problem> problems, Ties ties) {
    return SharedData.mean(problems, KS, p -> new Rule.Majority().firstK(p.ballot(), KS, ties));
  }

  @Test
  void sampledUntilItAgrees() throws IOException {
    var ballots = problems().stream().map(Problem::ballot).toList();

    assertThat(SharedData.stopped(ballots, new StopRule.AdaptiveConsistency(.95), 40))
        .containsExactly(new double[] {12.296875, .46875}, within(6e-7));
    assertThat(SharedData.stopped(ballots, new StopRule.EarlyStopping(5), 40))
        .containsExactly(new double[] {19.140625, .453125}, within(6e-7));
  }

  @Test
  void votingAndCoverage() throws IOException {
    var problems = problems();
    var printed = within(6e-7);

    assertThat(SharedData.mean(problems, KS, p -> PassAtK.curve(p.ballot().credits(), KS)))
        .containsExactly(
            new double[] {.436768, .554374, .646943, .716164, .764141, .791863, .820310, .875},
            printed);
    assertThat(
            SharedData.mean(
                problems,
                KS,
                p -> MajorityAtK.curve(p.ballot().answers(), p.ballot().credits(), KS)))
        .containsExactly(
            new double[] {.436768, .465539, .483109, .488729, .488709, .487343, .486359, .484375},
            printed);
    assertThat(firstK(problems, Ties.FIRST))
        .containsExactly(
            new double[] {.421875, .4375, .5, .453125, .484375, .46875, .5, .484375}, printed);
    assertThat(firstK(problems, Ties.SMALLEST))
        .containsExactly(
            new double[] {.421875, .484375, .515625, .484375, .484375, .46875, .5, .484375},
            printed);
    assertThat(firstK(problems, Ties.SHARED))
        .containsExactly(
            new double[] {.421875, .46875, .5, .460938, .476562, .46875, .5, .484375}, printed);
    assertThat(firstK(problems, Ties.STRICT))
        .containsExactly(
            new double[] {.421875, .375, .46875, .4375, .4375, .46875, .5, .484375}, printed);
  }

  @Test
  void bestByVotes() throws IOException {
    var problems = problems();

    assertThat(SharedData.mean(problems, SOLUTIONS, p -> p.bestByVotes(1)))
        .containsExactly(
            new double[] {.459229, .469506, .473366, .473153, .471653, .471528, .471581},
            within(6e-7));
    assertThat(SharedData.mean(problems, SOLUTIONS, p -> p.bestByVotes(32)))
        .containsExactly(
            new double[] {.459229, .475745, .484510, .491114, .495933, .500441, .508739},
            within(6e-7));
  }

  @Test
  void isNearThePublishedGrid() throws IOException {
    var grid = SharedData.document("gpqa64_published_grid.json").get("best_of_k");
    var problems = problems();

    double largest = 0;
    for (int v : VERIFICATIONS) {
      var curve = SharedData.mean(problems, SOLUTIONS, p -> p.bestByVotes(v));
      for (int i = 0; i < SOLUTIONS.length; i++) {
        double published = grid.get("S" + SOLUTIONS[i] + "_V" + v).asDouble();
        largest = Math.max(largest, Math.abs(curve[i] - published));
      }
    }

    assertThat(largest).isCloseTo(.006232, within(6e-7));
  }

  @Test
  void verificationAtEqualCompute() throws IOException {
    var problems = problems();
    var majority =
        SharedData.mean(
            problems, KS, p -> MajorityAtK.curve(p.ballot().answers(), p.ballot().credits(), KS));
    var voting = new ArrayList<Point>();
    for (int i = 0; i < KS.length; i++) {
      voting.add(Point.of(KS[i], 0, 1, majority[i]));
    }
    var verified = new ArrayList<Point>();
    for (int v : VERIFICATIONS) {
      var curve = SharedData.mean(problems, SOLUTIONS, p -> p.bestByVotes(v));
      for (int i = 0; i < SOLUTIONS.length; i++) {
        verified.add(Point.of(SOLUTIONS[i], v, 1, curve[i]));
      }
    }

    var bestVoting = ComputeMatched.best(voting).orElseThrow();
    var reaching = ComputeMatched.cheapestReaching(verified, bestVoting.value()).orElseThrow();
    var bestVerified = ComputeMatched.best(verified).orElseThrow();
    var within =
        IntStream.of(8, 32, 128, 264, 528, 1_056)
            .mapToDouble(c -> ComputeMatched.bestWithin(verified, c).orElseThrow().value())
            .toArray();

    assertThat(bestVoting.solutions()).isEqualTo(8);
    assertThat(bestVoting.value()).isCloseTo(.488729, within(6e-7));
    assertThat(reaching.solutions()).isEqualTo(8);
    assertThat(reaching.verifications()).isEqualTo(32);
    assertThat(reaching.cost()).isEqualTo(264);
    assertThat(bestVerified.cost()).isEqualTo(2_112);
    assertThat(bestVerified.value()).isCloseTo(.508739, within(6e-7));
    assertThat(within)
        .containsExactly(
            new double[] {.473366, .477507, .480058, .491114, .495933, .500441}, within(6e-7));
  }
}
