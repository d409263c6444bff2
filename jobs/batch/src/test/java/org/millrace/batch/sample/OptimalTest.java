package org.millrace.batch.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.bestofn.Answers;
import org.millrace.kernel.bestofn.Calibration;
import org.millrace.kernel.bestofn.StopRule;
import org.millrace.kernel.verify.Verifiers;

class OptimalTest {

  /** Easy prompts, whose answers are all right, and hard ones, of which six in ten are. */
  private static List<Calibration.Prompt> prompts() {
    var random = new Random(11);
    var prompts = new ArrayList<Calibration.Prompt>();
    for (int i = 0; i < 200; i++) {
      boolean easy = i % 2 == 0;
      var answers = new String[16];
      var credits = new double[16];
      for (int j = 0; j < 16; j++) {
        boolean right = easy || random.nextDouble() < .6;
        answers[j] = right ? "7" : String.valueOf(random.nextInt(2));
        credits[j] = right ? 1 : 0;
      }
      var level = easy ? "Level 1" : "Level 5";
      prompts.add(
          new Calibration.Prompt(i / 2 % 2, level, Answers.number(answers), credits, credits));
    }
    return prompts;
  }

  private static Optimal optimal(String... options) {
    var all = new HashMap<>(Map.of("calibration", "scores", "budget", "8"));
    for (int i = 0; i < options.length; i += 2) {
      all.put(options[i], options[i + 1]);
    }
    return Optimal.of(all, 16);
  }

  @Test
  void promptsWhoseFirstAnswersAgreeHaveFewer() {
    var plan = optimal().learn(prompts(), 16, Verifiers.of("number", Map.of()));

    var rule = plan.policy().rule("Level 1");
    assertThat(rule.more(new int[0], 16)).isEqualTo(4);
    assertThat(rule.more(new int[] {0, 0, 0, 0}, 16)).isZero();
    assertThat(rule.more(new int[] {0, 1, 0, 1}, 16)).isEqualTo(12);
    assertThat(plan.learned().cost()).isLessThanOrEqualTo(8);
    assertThat(plan.twoFold().value()).isGreaterThan(plan.alike().value());
    assertThat(plan.table().lines().toList())
        .anySatisfy(line -> assertThat(line).startsWith("4 of 4 agree").contains("4  majority"))
        .anySatisfy(line -> assertThat(line).startsWith("two-fold"))
        .anySatisfy(line -> assertThat(line).startsWith("if known: pass rate, quantiles"))
        // The scores are the verdicts: to choose by them would be to know the truth.
        .noneSatisfy(line -> assertThat(line).contains("best-score"));
    assertThat(plan.csv())
        .startsWith("difficulty,share,answers,strategy,value\n")
        .contains("\"4 of 4 agree\",");
  }

  @Test
  void promptsOfAHardLevelHaveMore() {
    var plan = optimal("difficulty", "level").learn(prompts(), 16, null);

    assertThat(plan.policy().rule("Level 1")).isEqualTo(new StopRule.UpTo(1));
    assertThat(((StopRule.UpTo) plan.policy().rule("Level 5")).answers()).isGreaterThan(8 - 1);
    // A level that was never seen is as all are.
    assertThat(((StopRule.UpTo) plan.policy().rule("Level 9")).answers()).isLessThanOrEqualTo(8);
    assertThat(plan.policy().vote("Why?", null, "It is 7.")).isNull();
  }

  @Test
  void optionsThatAreWrongAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Optimal.of(Map.of("budget", "8"), 16))
        .withMessageContaining("needs --policy-option calibration=PATH");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Optimal.of(Map.of("calibration", "x"), 16))
        .withMessageContaining("needs --policy-option budget=B");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> optimal("budget", "3"))
        .withMessage("budget=3.0 is less than the probe=4 answers that each prompt has");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> optimal("probe", "17", "budget", "20"))
        .withMessage("probe=17 answers are more than --n 16");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> optimal("difficulty", "mood"))
        .withMessage("difficulty is agreement or level, not 'mood'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> optimal("window", "3"))
        .withMessage("policy compute-optimal has no option 'window'");
  }

  @Test
  void numbersOfAnswersDouble() {
    assertThat(optimal().numbers(24)).containsExactly(4, 8, 16, 24);
    assertThat(optimal("difficulty", "level").numbers(8)).containsExactly(1, 2, 4, 8);
  }
}
