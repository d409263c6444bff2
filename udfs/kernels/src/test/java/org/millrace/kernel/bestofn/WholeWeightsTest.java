package org.millrace.kernel.bestofn;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import org.junit.jupiter.api.Test;

class WholeWeightsTest {

  private static Pick winner(double[] weights, String... answers) {
    var unknown = new double[answers.length];
    return Vote.winner(Ballot.of(answers, unknown, unknown, unknown), weights, Ties.FIRST);
  }

  @Test
  void oneUnitIsABillionth() {
    var whole = WholeWeights.of(new int[] {0, 1}, new double[] {2.5, -1});

    assertThat(whole.whole(2.5)).isEqualTo(2_500_000_000L);
    assertThat(whole.whole(-1)).isEqualTo(-1_000_000_000L);
  }

  @Test
  void hugeWeightsStillAddUpExactlyInAnyOrder() {
    var weights = new double[] {1e300, 2e300, 3e300};

    assertThat(winner(weights, "a", "a", "b").tied()).isEqualTo(2);
  }

  @Test
  void anInfiniteWeightOutweighsAllFiniteOnes() {
    var weights = new double[50];
    Arrays.fill(weights, 1e12);
    weights[49] = Double.POSITIVE_INFINITY;
    var answers = new String[50];
    Arrays.fill(answers, "a");
    answers[49] = "b";

    assertThat(winner(weights, answers).position()).isEqualTo(49);
  }

  @Test
  void paddingWithoutAnAnswerChangesNothing() {
    var weights = new double[] {.1, .2, .3, Double.NEGATIVE_INFINITY};
    var texts = new String[] {"a", "a", "b", null};
    var unknown = new double[4];
    var ballot = Ballot.of(texts, weights, unknown, unknown);

    assertThat(winner(weights, texts).tied()).isEqualTo(2);
    assertThat(
            new Rule.WeightedMajority(Normalization.MIN_MAX)
                .choose(ballot, 4, Ties.FIRST)
                .position())
        .isEqualTo(2);
  }
}
