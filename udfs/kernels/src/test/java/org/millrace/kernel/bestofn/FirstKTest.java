package org.millrace.kernel.bestofn;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class FirstKTest {

  private static final int[] KS = {1, 2, 4, 5};

  private static Ballot scored(double[] scores, double... credits) {
    int n = credits.length;
    return Ballot.of(new String[n], scores, new double[n], credits);
  }

  @Test
  void passIfAnyOfTheFirstIsRight() {
    var ballot = scored(new double[4], 0, 0, 1, 0);

    assertThat(new Rule.Pass().firstK(ballot, KS, Ties.FIRST)).containsExactly(0, 0, 1, Double.NaN);
  }

  @Test
  void theFirstOfTheBestScores() {
    var ballot = scored(new double[] {.1, .9, .9, .2}, 0, 1, 0, 0);

    assertThat(new Rule.Best().firstK(ballot, KS, Ties.FIRST)).containsExactly(0, 1, 1, Double.NaN);
  }
}
