package org.millrace.kernel.strategy.equity;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;

class PredictiveEqualityTest {

  /** 200 students of two groups, 20 instances each, right with these chances. */
  private static PredictiveEquality students(long seed, double... chances) {
    var random = new Random(seed);
    var groups = new int[200];
    Arrays.setAll(groups, i -> i % chances.length);
    var counts = new long[200];
    Arrays.fill(counts, 20);
    var sums = new double[200];
    for (int i = 0; i < 200; i++) {
      for (int n = 0; n < 20; n++) {
        sums[i] += random.nextDouble() < chances[groups[i]] ? 1 : 0;
      }
    }
    return PredictiveEquality.of(groups, sums, counts);
  }

  @Test
  void accuraciesGapAndRatioFollowByHand() {
    var equality =
        PredictiveEquality.of(new int[] {0, 1, 0}, new double[] {1, 3, 2}, new long[] {2, 4, 4});

    assertThat(equality.accuracies()).containsExactly(.5, .75);
    assertThat(equality.students()).containsExactly(2, 1);
    assertThat(equality.gap()).isEqualTo(.25);
    assertThat(equality.ratio()).isEqualTo(.5 / .75);
  }

  @Test
  void aPlantedGapIsFoundAndItsIntervalHoldsIt() {
    var equality = students(1, .9, .8);

    var difference = equality.difference(0, 1, 2000, 7);

    assertThat(difference.low()).isPositive().isLessThan(.1);
    assertThat(difference.high()).isGreaterThan(.1);
    assertThat(difference.value()).isBetween(difference.low(), difference.high());
    // Standard error of the difference: sqrt(.9 * .1 / 2000 + .8 * .2 / 2000) = .011.
    assertThat(difference.high() - difference.low()).isCloseTo(4 * .011, within(.012));
    assertThat(equality.equalityTest(2000, 7)).isLessThan(.01);
  }

  @Test
  void intervalsHoldTheTruthAndTheTestRejectsEqualGroupsAsSeldomAsTheySay() {
    int held = 0;
    int rejected = 0;

    for (int seed = 0; seed < 200; seed++) {
      var equality = students(seed, .7, .7);
      var difference = equality.difference(0, 1, 400, seed);
      held += difference.low() <= 0 && difference.high() >= 0 ? 1 : 0;
      rejected += equality.equalityTest(400, seed) < .05 ? 1 : 0;
    }

    assertThat(held).as("95 %% of 200").isBetween(178, 198);
    assertThat(rejected).as("5 %% of 200").isBetween(1, 22);
  }

  @Test
  void theSameSeedGivesTheSameInterval() {
    assertThat(students(1, .9, .8, .7).gap(200, 3)).isEqualTo(students(1, .9, .8, .7).gap(200, 3));
    assertThat(students(1, .9, .8).accuracy(0, 200, 3).value())
        .isEqualTo(students(1, .9, .8).accuracies()[0]);
  }

  @Test
  void skillGroupsAreEquallyLargeAndInOrder() {
    assertThat(SkillGroups.of(new double[] {.9, .1, .5, .5, .2, .8, .3}, 3))
        .containsExactly(2, 0, 1, 1, 0, 2, 0);
    assertThat(SkillGroups.of(new double[0], 4)).isEmpty();
  }

  @Test
  void matchesOfStrategies() {
    var ab = List.of("a", "b");

    assertThat(StrategyMatch.jaccard(List.of("b", "a", "a"), ab)).isEqualTo(1);
    assertThat(StrategyMatch.jaccard(List.of("b", "c"), ab)).isEqualTo(1 / 3.0);
    assertThat(StrategyMatch.jaccard(List.of(), List.of())).isEqualTo(1);
    assertThat(StrategyMatch.exact(List.of("b", "a"), ab)).isFalse();
    assertThat(StrategyMatch.exact(List.of("a", "b"), ab)).isTrue();
    assertThat(StrategyMatch.editDistance(List.of("k", "i", "t"), List.of("s", "i", "t", "s")))
        .isEqualTo(2 / 4.0);
    assertThat(StrategyMatch.editDistance(List.of(), List.of())).isZero();
    assertThat(StrategyMatch.editDistance(ab, List.of())).isEqualTo(1);
  }

  @Test
  void mistakesSayWhatIsWrong() {
    assertThatThrownBy(
            () -> PredictiveEquality.of(new int[] {2, 0}, new double[2], new long[] {1, 1}))
        .hasMessage("no student in group 1");
    assertThatThrownBy(() -> PredictiveEquality.of(new int[1], new double[1], new long[1]))
        .hasMessage("a student without instances at place 0");
  }
}
