package org.millrace.kernel.bestofn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;

class CritiqueVoteTest {

  private static final double NONE = Double.NaN;

  private static CritiqueVote of(MissingRating missing, double[]... ratings) {
    return new CritiqueVote(ratings, missing);
  }

  private static final CritiqueVote VOTE =
      of(
          MissingRating.MEAN,
          new double[] {7, 6},
          new double[] {5, 8},
          new double[] {8, 7},
          new double[] {3, 9});

  @Test
  void theLargestSumWins() {
    var sums = VOTE.sums(4);

    assertThat(sums).containsExactly(23, 30);
    assertThat(CritiqueVote.best(sums)).containsExactly(1);
    assertThat(VOTE.sums(1)).containsExactly(7, 6);
    assertThat(VOTE.sums(99)).containsExactly(23, 30);
  }

  @Test
  void aMetaModelChoosesTheCritiques() {
    var sums = VOTE.sums(new double[] {.9, .2, .8, .1}, 2);

    assertThat(sums).containsExactly(15, 13);
    assertThat(CritiqueVote.best(sums)).containsExactly(0);
  }

  @Test
  void ofEqualMetaScoresTheFirstCountAndAMissingOneComesLast() {
    assertThat(VOTE.sums(new double[] {.5, .5, .5, .5}, 2)).containsExactly(12, 14);
    assertThat(VOTE.sums(new double[] {NONE, .1, NONE, .2}, 3)).containsExactly(15, 23);
  }

  @Test
  void aMissingRatingDoesNotPunishItsResponse() {
    var ratings = new double[][] {{6, 5}, {NONE, 6}, {8, 7}};

    var mean = new CritiqueVote(ratings, MissingRating.MEAN).sums(3);
    var dropped = new CritiqueVote(ratings, MissingRating.DROP_CRITIQUE).sums(3);

    assertThat(mean).containsExactly(21, 18);
    assertThat(dropped).containsExactly(14, 12);
  }

  @Test
  void whatNobodyRatesHasNoSumAndCantWin() {
    var sums = of(MissingRating.MEAN, new double[] {NONE, 2}, new double[] {NONE, -3}).sums(2);

    assertThat(sums[0]).isNaN();
    assertThat(CritiqueVote.best(sums)).containsExactly(1);
    assertThat(CritiqueVote.best(new double[] {NONE, NONE})).isEmpty();
    assertThat(of(MissingRating.DROP_CRITIQUE, new double[] {NONE, 2}).sums(1)).containsOnly(NONE);
  }

  @Test
  void equalSumsTieWhateverTheOrder() {
    var sums =
        of(MissingRating.MEAN, new double[] {.1, .3}, new double[] {.2, .2}, new double[] {.3, .1})
            .sums(3);

    assertThat(CritiqueVote.best(sums)).containsExactly(0, 1);
  }

  @Test
  void critiquesMustRateTheSameResponses() {
    assertThatThrownBy(() -> of(MissingRating.MEAN, new double[] {1}, new double[] {1, 2}))
        .hasMessage("critiques must rate the same responses, not 1 and 2 of them");
    assertThatThrownBy(() -> VOTE.sums(new double[] {1}, 1))
        .hasMessage("a meta score each critique is wanted, 4 and not 1");
  }
}
