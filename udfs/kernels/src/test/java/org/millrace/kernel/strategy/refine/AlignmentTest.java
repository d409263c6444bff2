package org.millrace.kernel.strategy.refine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class AlignmentTest {

  private static final double[][] ROWS = {
    {10, 0, 0, 0, 0}, {0, 10, 0, 0, 0}, {0, 0, 10, 0, 0}, {0, 0, 0, 10, 0}, {0, 0, 0, 0, 10}
  };

  @Test
  void orthogonalRowsGiveTheThreeKnownValues() {
    double[][] reversed = {ROWS[4], ROWS[3], ROWS[2], ROWS[1], ROWS[0]};

    assertThat(Alignment.oneWay(ROWS, ROWS)).isCloseTo(.8, within(1e-9));
    assertThat(Alignment.oneWay(ROWS, reversed)).isCloseTo(-.48, within(1e-9));
    assertThat(Alignment.oneWay(ROWS, Arrays.copyOf(ROWS, 3)))
        .as("rows 4 and 5 match nothing: all columns are equal, the first is the largest")
        .isCloseTo(.4, within(1e-9));
  }

  @Test
  void similarityIsTheMeanOfBothDirections() {
    var three = Arrays.copyOf(ROWS, 3);

    assertThat(Alignment.similarity(ROWS, three))
        .isEqualTo(Alignment.similarity(three, ROWS))
        .isCloseTo((.4 + .8) / 2, within(1e-9));
  }

  @Test
  void positionsAreSinusoids() {
    var placed = Alignment.withPositions(new double[][] {{1, 1, 1}, {1, 1, 1}});

    assertThat(placed[0]).containsExactly(1, 2, 1);
    assertThat(placed[1])
        .containsExactly(
            1 + Math.sin(1), 1 + Math.cos(1), 1 + Math.sin(1 / Math.pow(10_000, 2 / 3.0)));
  }

  @Test
  void cosinesTakeMissingWeightsAsZero() {
    assertThat(Alignment.paddedCosine(new double[] {3, 4}, new double[] {3, 4, 0}))
        .isCloseTo(1, within(1e-12));
    assertThat(Alignment.paddedCosine(new double[] {3, 4}, new double[] {1})).isEqualTo(.6);
    assertThat(Alignment.paddedCosine(new double[] {0}, new double[] {1})).isZero();
    assertThatThrownBy(() -> Alignment.oneWay(ROWS, new double[0][]))
        .hasMessage("a sequence of no steps");
  }

  @Test
  void aKeyScoresTheMeanOfItsPairsAndOneInstanceSaysNothing() {
    var scores = List.of(1.0, 2.0, 4.0);

    assertThat(ScoredPairs.mean(scores, 1, (a, b) -> a * b)).isEqualTo((2 + 4 + 8) / 3.0);
    assertThat(ScoredPairs.mean(scores.subList(0, 1), 1, (a, b) -> 1.0)).isNaN();
    assertThat(ScoredPairs.total(List.of(.5, Double.NaN, .25))).isEqualTo(.375);
    assertThat(ScoredPairs.total(List.of(Double.NaN))).isNaN();
    var scored = new ScoredPairs.Scored(ROWS, new double[] {1, 2, 3, 4, 5});
    assertThat(ScoredPairs.score(scored, scored)).isCloseTo((.8 + 1) / 2, within(1e-9));
  }

  @Property(tries = 50)
  void aSampleOfPairsHasDifferentOnesAndDependsOnItsSeedOnly(@ForAll long key) {
    var pairs = ScoredPairs.pairs(1000, key);

    assertThat(pairs).hasSize(ScoredPairs.PAIRS).allMatch(pair -> pair[0] < pair[1]);
    assertThat(pairs.stream().map(Arrays::toString).distinct()).hasSize(ScoredPairs.PAIRS);
    assertThat(pairs.stream().map(Arrays::toString).toList())
        .isEqualTo(ScoredPairs.pairs(1000, key).stream().map(Arrays::toString).toList());
  }
}
