package org.millrace.kernel.bestofn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.bestofn.Calibration.Prompt;
import org.millrace.kernel.bestofn.Calibration.Strategy;

class CalibrationTest {

  private static Prompt prompt(int fold, String level, String answers, double... scores) {
    var letters = answers.split("");
    var credits = new double[letters.length];
    for (int i = 0; i < credits.length; i++) {
      credits[i] = letters[i].equals("a") ? 1 : 0;
    }
    var given = scores.length > 0 ? scores : new double[credits.length];
    return new Prompt(fold, level, Answers.number(letters), credits, given);
  }

  @Test
  void aPromptIsObservedInEveryTurnOfItsAnswers() {
    var calibration =
        new Calibration(
            List.of(prompt(1, null, "aab")), new int[] {2, 3}, List.of(Strategy.MAJORITY));

    var measured = calibration.byAgreement(2);

    // aab, aba, baa, from any of them on
    assertThat(measured.bins()).containsExactlyInAnyOrder(2, 1, 1);
    assertThat(measured.folds()).containsExactly(1, 1, 1);
    assertThat(measured.weights()).containsOnly(1.0 / 3);
    for (int i = 0; i < 3; i++) {
      assertThat(measured.values()[i]).containsExactly(measured.bins()[i] == 2 ? 1 : .5, 1);
    }
    assertThat(measured.costs()).containsExactly(2, 3);
  }

  @Test
  void otherBinsAreMeasuredOverAllSubsets() {
    var calibration =
        new Calibration(
            List.of(prompt(0, "x", "aab", .1, .5, .9), prompt(1, "y", "bbb", .1, .2, .3)),
            new int[] {1, 2},
            List.of(Strategy.MAJORITY, Strategy.BEST_SCORE));

    var measured = calibration.by(prompt -> prompt.level().equals("x") ? 0 : 1);

    assertThat(measured.bins()).containsExactly(0, 1);
    // Majority of one 2/3, of two (1 + .5 + .5) / 3; the best of two is the second of aa only.
    double[] expected = {2.0 / 3, 2.0 / 3, 2.0 / 3, 1.0 / 3};
    assertThat(measured.values()[0]).containsExactly(expected, within(1e-12));
    assertThat(measured.costs()).containsExactly(1, 2, 1, 2);
    assertThat(calibration.strategy(2)).isEqualTo(Strategy.BEST_SCORE);
    assertThat(calibration.number(2)).isEqualTo(1);
  }

  /**
   * Prompts of two kinds: answers that always agree, and answers that are right six times of ten. A
   * plan by the agreement of four spends on the second kind, and is right more often than the same
   * number of answers for all.
   */
  @Test
  void agreementFindsThePromptsThatNeedMore() {
    var random = new Random(5);
    var prompts =
        random
            .ints(400, 0, 2)
            .mapToObj(
                kind -> {
                  var answers = new StringBuilder();
                  for (int i = 0; i < 32; i++) {
                    answers.append(kind == 0 || random.nextDouble() < .6 ? "a" : "b");
                  }
                  return prompt(random.nextInt(2), null, answers.toString());
                })
            .toList();
    var measured =
        new Calibration(prompts, new int[] {4, 8, 16, 32}, List.of(Strategy.MAJORITY))
            .byAgreement(4);

    var plan = ComputeOptimal.learn(measured, 12);
    var optimal = ComputeOptimal.twoFold(measured, 12);
    var alike = ComputeOptimal.twoFoldAlike(measured, 12);

    assertThat(plan[4]).as("all four agree").isLessThan(plan[2]);
    assertThat(optimal.cost()).isBetween(8.0, 12.5);
    assertThat(alike.cost()).isEqualTo(8);
    assertThat(optimal.value()).isGreaterThan(alike.value() + .01);
  }
}
