package org.millrace.kernel.bestofn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.kernel.bestofn.StopRule.AdaptiveConsistency;
import org.millrace.kernel.bestofn.StopRule.EarlyStopping;

class StopRuleTest {

  private final StopRule adaptive = new AdaptiveConsistency(.95);

  @ParameterizedTest
  @CsvSource({
    "0, 0, .5",
    "1, 0, .75",
    "3, 0, .9375",
    "4, 0, .96875",
    "5, 1, .9375",
    "6, 1, .96484",
    "7, 2, .94531",
    "8, 2, .96729",
    "700, 700, .5",
    "3000, 0, 1"
  })
  void confidenceInTheLeader(int a, int b, double expected) {
    assertThat(AdaptiveConsistency.confidence(a, b)).isCloseTo(expected, within(6e-6));
  }

  @Test
  void adaptiveAsksForWhatAgreementTakes() {
    assertThat(adaptive.more(new int[0], 40)).isEqualTo(4);
    assertThat(adaptive.more(new int[] {0, 0, 0, 1}, 40)).isEqualTo(3);
    assertThat(adaptive.more(new int[] {0, 0, 0, 0}, 40)).isZero();
    assertThat(adaptive.more(new int[] {-1, -1}, 40)).isEqualTo(4);
    assertThat(adaptive.more(new int[] {0, 1, 0}, 4)).isEqualTo(1);
    assertThat(adaptive.more(new int[] {0, 1, 0, 1}, 4)).isZero();
  }

  @Test
  void aRaceAsksForAllAtOnceAndIsOverWithTheFirstM() {
    var race = new StopRule.FirstFinished(3);

    assertThat(race.more(new int[0], 8)).isEqualTo(8);
    assertThat(race.more(new int[] {-1, 0}, 8)).isEqualTo(6);
    assertThat(race.more(new int[] {-1, 0, 0}, 8)).isZero();
    assertThat(race.firstOf()).isEqualTo(3);
    assertThat(adaptive.firstOf()).isEqualTo(Integer.MAX_VALUE);
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new StopRule.FirstFinished(0))
        .withMessage("m is 1 or more, not 0");
  }

  @Test
  void agreementOfTheFirstSaysHowManyFollow() {
    var plan = new StopRule.ByAgreement(3, List.of(16, 16, 8, 3));

    assertThat(plan.more(new int[0], 32)).isEqualTo(3);
    assertThat(plan.more(new int[] {0, 0}, 32)).isEqualTo(1);
    assertThat(plan.more(new int[] {0, 0, 0}, 32)).isZero();
    assertThat(plan.more(new int[] {0, 1, 0}, 32)).isEqualTo(5);
    // What comes later is not looked at.
    assertThat(plan.more(new int[] {0, 1, 0, 0, 0, 0}, 32)).isEqualTo(2);
    assertThat(plan.more(new int[] {-1, -1, -1}, 12)).isEqualTo(9);
    assertThat(new StopRule.UpTo(4).more(new int[] {0}, 32)).isEqualTo(3);
    assertThat(new StopRule.UpTo(4).more(new int[] {0}, 3)).isEqualTo(2);
  }

  /** One at a time, stopping as soon as the rule holds, takes as many samples. */
  @Property
  void askingForSeveralTakesNoMore(
      @ForAll @Size(max = 60) List<@IntRange(min = -1, max = 3) Integer> v) {
    var votes =
        Answers.number(
            v.stream().map(i -> i < 0 ? null : String.valueOf(i)).toArray(String[]::new));
    int one = 0;
    while (one < votes.length && adaptive.more(Arrays.copyOf(votes, one), votes.length) > 0) {
      one++;
    }

    assertThat(taken(adaptive, votes, votes.length)).isEqualTo(one);
  }

  @Test
  void earlyStoppingAsksForWindows() {
    var rule = new EarlyStopping(3);

    assertThat(rule.more(new int[0], 8)).isEqualTo(3);
    assertThat(rule.more(new int[] {0, 0, 0}, 8)).isZero();
    assertThat(rule.more(new int[] {0, 0, -1}, 8)).isEqualTo(3);
    assertThat(rule.more(new int[] {-1, -1, -1}, 8)).isEqualTo(3);
    assertThat(rule.more(new int[] {0, 1, 1, 1}, 8)).isEqualTo(2);
    assertThat(rule.more(new int[] {0, 0, 1, 1, 1, 1}, 8)).isZero();
    assertThat(rule.more(new int[] {0, 0, 1, 1, 0, 1}, 8)).isEqualTo(2);
  }

  @Test
  void parametersOutOfRangeAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new AdaptiveConsistency(1))
        .withMessageContaining("threshold");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new EarlyStopping(1))
        .withMessageContaining("window");
  }

  /** How many samples a rule takes of those that there are. */
  static int taken(StopRule rule, int[] votes, int cap) {
    int taken = 0;
    int more = rule.more(new int[0], cap);
    while (more > 0) {
      taken += more;
      more = rule.more(Arrays.copyOf(votes, taken), cap);
    }
    return taken;
  }
}
