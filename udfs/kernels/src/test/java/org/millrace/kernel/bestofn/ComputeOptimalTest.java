package org.millrace.kernel.bestofn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.bestofn.ComputeOptimal.Measured;
import org.millrace.kernel.bestofn.ComputeOptimal.Outcome;

class ComputeOptimalTest {

  private static final double[] COSTS = {1, 4, 16};

  /** Two prompts that one answer settles, two that gain with answers, in each fold one. */
  private static Measured twoBins() {
    double[] easy = {1, 1, 1};
    double[] hard = {.2, .5, .9};
    return new Measured(
        new int[] {0, 0, 1, 1},
        new int[] {0, 1, 0, 1},
        new double[] {1, 1, 1, 1},
        new double[][] {easy, easy, hard, hard},
        COSTS);
  }

  @Test
  void answersGoWhereTheyHelp() {
    // (1 + 4) / 2 answers, then (1 + 16) / 2.
    assertThat(ComputeOptimal.learn(twoBins(), 4)).containsExactly(0, 1);
    assertThat(ComputeOptimal.learn(twoBins(), 8.5)).containsExactly(0, 2);
    assertThat(ComputeOptimal.of(twoBins(), new int[] {0, 2})).isEqualTo(new Outcome(.95, 8.5));
    assertThat(ComputeOptimal.alike(twoBins(), 8.5)).isEqualTo(1);
    assertThat(ComputeOptimal.twoFold(twoBins(), 8.5)).isEqualTo(new Outcome(.95, 8.5));
    assertThat(ComputeOptimal.twoFoldAlike(twoBins(), 8.5)).isEqualTo(new Outcome(.75, 4));
  }

  @Test
  void whatOneFoldTeachesIsMeasuredOnTheOther() {
    // One fold says the second choice, the other one the first: each is wrong about the other.
    var measured =
        new Measured(
            new int[] {0, 0},
            new int[] {0, 1},
            new double[] {1, 3},
            new double[][] {{0, 1}, {.8, .4}},
            new double[] {1, 1});

    assertThat(ComputeOptimal.learn(measured, 1)).containsExactly(0);
    // 1 of 4 parts have the value 0, 3 of 4 the value .4.
    assertThat(ComputeOptimal.twoFold(measured, 1).value()).isCloseTo(.3, within(1e-12));
  }

  @Test
  void aBinThatOneFoldHasNotSeenHasWhatIsBestForAll() {
    var measured =
        new Measured(
            new int[] {0, 2, 0},
            new int[] {0, 1, 1},
            new double[] {1, 1, 1},
            new double[][] {{.1, .6}, {.3, .5}, {.2, .2}},
            new double[] {1, 1});

    // Bin 1 has no prompt, and is as all are.
    assertThat(ComputeOptimal.learn(measured, 1)).containsExactly(1, 1, 1);
    // Fold 0 teaches .6's choice for bins 0 and 2; fold 1 the second one too for bin 2, but for
    // bin 0 its two are alike and the first counts.
    assertThat(ComputeOptimal.twoFold(measured, 1).value())
        .isCloseTo((.1 + .5 + .2) / 3, within(1e-12));
  }

  @Test
  void nothingIsSpentOnAnErrorOfSummation() {
    var measured =
        new Measured(
            new int[] {0, 0},
            new int[] {0, 1},
            new double[] {1, 1},
            new double[][] {{.7, Math.nextUp(.7), .7}, {.7, Math.nextUp(.7), .7}},
            COSTS);

    assertThat(ComputeOptimal.learn(measured, 16)).containsExactly(0);
    assertThat(ComputeOptimal.alike(measured, 16)).isZero();
  }

  @Test
  void aBudgetThatNothingFitsIsRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> ComputeOptimal.learn(twoBins(), .5))
        .withMessage("no choice costs as little as 0.5");
  }

  /** No combination within the budget is better, but for what the resolution leaves. */
  @Property(tries = 200)
  void noOtherPlanIsBetter(
      @ForAll long seed, @ForAll @DoubleRange(min = 1, max = 16) double budget) {
    var random = new Random(seed);
    int n = 12;
    var weights = random.doubles(n, .1, 2).toArray();
    var values = new double[n][];
    Arrays.setAll(values, i -> random.doubles(COSTS.length).toArray());
    var measured =
        new Measured(
            random.ints(n, 0, 3).toArray(), random.ints(n, 0, 2).toArray(), weights, values, COSTS);

    var learned = ComputeOptimal.of(measured, ComputeOptimal.learn(measured, budget));

    double best = 0;
    for (int a = 0; a < 3; a++) {
      for (int b = 0; b < 3; b++) {
        for (int c = 0; c < 3; c++) {
          int bins = Arrays.stream(measured.bins()).max().orElseThrow() + 1;
          var choices = Arrays.copyOf(new int[] {a, b, c}, bins);
          var outcome = ComputeOptimal.of(measured, choices);
          best = outcome.cost() <= budget ? Math.max(best, outcome.value()) : best;
        }
      }
    }
    assertThat(learned.cost()).isLessThanOrEqualTo(budget * (1 + 1e-8));
    assertThat(learned.value()).isGreaterThanOrEqualTo(best - 1e-11);
  }
}
