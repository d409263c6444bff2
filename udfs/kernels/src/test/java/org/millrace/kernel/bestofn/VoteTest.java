package org.millrace.kernel.bestofn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** The vectors of the field: PRM aggregation, Borda, tie policies. */
class VoteTest {

  private static final double[] A = {
    .99609375, .796875, .70703125, .81640625, .0952148438, .1069335938, .119140625
  };
  private static final double[] B = {.99609375, 1, .2021484375, .5, .9140625};
  private static final double[] C = {.99609375, 1, 1, .95703125, .99609375, 1};
  private static final double[] D = {
    .9921875,
    1,
    1,
    .75390625,
    .8515625,
    .87890625,
    .65234375,
    .796875,
    .8515625,
    .8359375,
    .70703125,
    .1826171875,
    .70703125
  };

  private static Ballot ballot(double[] scores, String... answers) {
    var nan = new double[answers.length];
    Arrays.fill(nan, Double.NaN);
    return Ballot.of(answers, scores, nan, new double[answers.length]);
  }

  private static String winner(String rule, int k, Ties ties, Ballot ballot) {
    return ballot.texts()[Rule.parse(rule).choose(ballot, k, ties).position()];
  }

  @Test
  void stepScoresAggregate() {
    assertThat(StepScores.PROD.aggregate(A)).isCloseTo(.000555794, within(1e-9));
    assertThat(StepScores.PROD.aggregate(B)).isCloseTo(.092027262, within(1e-9));
    assertThat(StepScores.PROD.aggregate(C)).isCloseTo(.949569046, within(1e-9));
    assertThat(StepScores.PROD.aggregate(D)).isCloseTo(.018912376, within(1e-9));
    assertThat(StepScores.MEAN.aggregate(A)).isCloseTo(.519670759, within(1e-9));
    assertThat(StepScores.MEAN.aggregate(D)).isCloseTo(.785381611, within(1e-9));
    assertThat(StepScores.LAST.aggregate(B)).isEqualTo(.9140625);
    assertThat(StepScores.MIN.aggregate(B)).isEqualTo(.2021484375);
    assertThat(StepScores.MIN.aggregate(new double[0])).isEqualTo(-1);
  }

  @Test
  void weightedMajorityByLastStep() {
    var last = new double[] {A[A.length - 1], B[B.length - 1], C[C.length - 1], D[D.length - 1]};
    var ballot = ballot(last, "(0,3)", "(3,pi)", "(3,pi/2)", "(3,pi/4)");

    assertThat(winner("weighted-majority", 1, Ties.FIRST, ballot)).isEqualTo("(0,3)");
    assertThat(winner("weighted-majority", 2, Ties.FIRST, ballot)).isEqualTo("(3,pi)");
    assertThat(winner("weighted-majority", 4, Ties.FIRST, ballot)).isEqualTo("(3,pi/2)");
    assertThat(winner("majority", 4, Ties.FIRST, ballot)).isEqualTo("(0,3)");
  }

  @Test
  void tiedWeightsGoToTheFirst() {
    var ballot = ballot(new double[] {.5625, .5625, .87890625, .75390625}, "77", "127", "7", "9");

    assertThat(winner("weighted-majority", 2, Ties.FIRST, ballot)).isEqualTo("77");
    assertThat(winner("weighted-majority", 4, Ties.FIRST, ballot)).isEqualTo("7");
    assertThat(winner("majority", 4, Ties.FIRST, ballot)).isEqualTo("77");
  }

  @Test
  void bordaWeighsByRank() {
    var ballot = ballot(new double[] {4, 3, 2, 1}, "x", "y", "y", "z");

    // p=.5: x 2, y sqrt 3 + sqrt 2 = 3.146; p=2: x 16, y 9 + 4.
    assertThat(winner("borda:0.5", 4, Ties.FIRST, ballot)).isEqualTo("y");
    assertThat(winner("borda:2", 4, Ties.FIRST, ballot)).isEqualTo("x");
  }

  @Test
  void tiePoliciesDiffer() {
    var texts = new String[] {"b", "a", "b", "a", "c"};
    var lengths = new double[] {9, 8, 9, 3, 1};
    var credits = new double[] {1, 0, 1, 0, 0};
    var scores = new double[5];
    var ballot = Ballot.of(texts, scores, lengths, credits);
    var majority = new Rule.Majority();

    assertThat(majority.choose(ballot, 5, Ties.SHARED)).isEqualTo(new Pick(0, 2, 0.5));
    assertThat(majority.choose(ballot, 5, Ties.FIRST)).isEqualTo(new Pick(0, 2, 1));
    assertThat(majority.choose(ballot, 5, Ties.SMALLEST)).isEqualTo(new Pick(1, 2, 0));
    assertThat(majority.choose(ballot, 5, Ties.SHORTEST)).isEqualTo(new Pick(1, 2, 0));
    assertThat(majority.choose(ballot, 5, Ties.STRICT)).isEqualTo(new Pick(0, 2, 0));
    assertThat(majority.choose(ballot, 5, Ties.MEAN)).isEqualTo(new Pick(1, 2, 0.5));
  }

  @Test
  void sumsThatShouldTieDo() {
    // In doubles .1 + .2 is more than .3.
    var ballot = ballot(new double[] {.1, .2, .3}, "a", "a", "b");

    assertThat(new Rule.WeightedMajority(Normalization.NONE).choose(ballot, 3, Ties.FIRST).tied())
        .isEqualTo(2);
  }

  @Test
  void noValidVoteChoosesNothing() {
    var ballot = ballot(new double[] {1, 1}, null, "");

    assertThat(new Rule.Majority().choose(ballot, 2, Ties.SHARED)).isEqualTo(Pick.NONE);
  }

  @Test
  void shortMVotesAmongTheShortest() {
    var ballot =
        Ballot.of(
            new String[] {"a", "b", "b", "a"},
            new double[4],
            new double[] {40, 10, 20, 30},
            new double[] {1, 0, 0, 1});

    assertThat(new Rule.ShortM(2).choose(ballot, 4, Ties.SHORTEST)).isEqualTo(new Pick(1, 1, 0));
    assertThat(new Rule.ShortM(4).choose(ballot, 4, Ties.SHORTEST).tied()).isEqualTo(2);
  }

  @Test
  void votesWithMissingOnes() {
    var votes = Votes.parse("YN-y");

    assertThat(votes).containsExactly(1, 0, Double.NaN, 1);
    assertThat(Votes.score(votes, 4, MissingVotes.LEFT_OUT)).isEqualTo(2 / 3.0);
    assertThat(Votes.score(votes, 4, MissingVotes.NO)).isEqualTo(.5);
    assertThat(Votes.score(votes, 4, MissingVotes.HALF)).isEqualTo(.625);
    assertThat(Votes.score(votes, 1, MissingVotes.NO)).isEqualTo(1);
    assertThat(Votes.score(Votes.parse("--"), 2, MissingVotes.LEFT_OUT)).isZero();
    assertThatThrownBy(() -> Votes.parse("YX")).hasMessage("votes are Y, N or -, not 'X'");
  }

  @Test
  void normalizations() {
    assertThat(Normalization.SIGMOID.apply(new double[] {0})).containsExactly(.5);
    assertThat(Normalization.MIN_MAX.apply(new double[] {-1, 0.999, Double.NaN}))
        .containsExactly(new double[] {0, 1.999 / 2, Double.NaN}, within(1e-15));
  }

  @Test
  void aFilteredMajorityHearsTheSurestOnly() {
    // The quantile at 1 - .4 of five scores lies between the third and the fourth.
    var ballot = ballot(new double[] {5, 1, 4, 3, 2}, "x", "y", "z", "y", "y");

    assertThat(winner("weighted-majority", 5, Ties.FIRST, ballot)).isEqualTo("y");
    assertThat(winner("filtered-majority:0.4", 5, Ties.FIRST, ballot)).isEqualTo("x");
    assertThat(winner("filtered-majority:1", 5, Ties.FIRST, ballot)).isEqualTo("y");
    assertThat(winner("filtered-majority", 5, Ties.FIRST, ballot)).isEqualTo("x");
  }

  @Test
  void samplesWithoutAFiniteScoreAreNotHeard() {
    double none = Double.NaN;
    double filler = Double.NEGATIVE_INFINITY;
    var ballot = ballot(new double[] {none, 2, filler, 1}, "x", "y", null, "z");

    assertThat(winner("filtered-majority:1", 4, Ties.FIRST, ballot)).isEqualTo("y");
    assertThat(
            Rule.parse("filtered-majority:1")
                .choose(ballot(new double[] {none}, "x"), 1, Ties.FIRST)
                .position())
        .isEqualTo(Pick.NOTHING);
    assertThatThrownBy(() -> Rule.parse("filtered-majority:0"))
        .hasMessage("the share that votes is above 0 to 1, not 0.0");
  }
}
