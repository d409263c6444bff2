package org.millrace.kernel.strategy.mastery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.millrace.kernel.strategy.steps.Outcome.CORRECT;
import static org.millrace.kernel.strategy.steps.Outcome.INCORRECT;
import static org.millrace.kernel.strategy.steps.Outcome.UNKNOWN;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.strategy.steps.Instance;
import org.millrace.kernel.strategy.steps.Outcome;
import org.millrace.kernel.strategy.steps.Step;

class MasteryTest {

  private static Instance instance(String student, List<String> skills, List<Outcome> outcomes) {
    return new Instance(new Instance.Key(student, "h", "p", 1), skills, outcomes);
  }

  @Test
  void ratesAreDrawnTowardsTheSkillsMean() {
    var rates =
        new FirstAttemptRates()
            .add(instance("s", List.of("a", "a", "b"), List.of(CORRECT, CORRECT, INCORRECT)))
            .add(instance("t", List.of("a", "b", "b"), List.of(INCORRECT, UNKNOWN, CORRECT)));

    // All: 3 of 5; a: (2 + 5 * .6) / (3 + 5) = .625; s at a: (2 + 5 * .625) / (2 + 5).
    assertThat(rates.rate("s", "a")).isCloseTo(5.125 / 7, within(1e-12));
    assertThat(rates.rate("new", "a")).isCloseTo(.625, within(1e-12));
    assertThat(rates.rate("s", "new")).isCloseTo(.6, within(1e-12));
    assertThat(rates.rate("s")).isCloseTo((2 + 5 * .6) / 8, within(1e-12));
    assertThat(rates.weights(instance("s", List.of("new", "a"), List.of(CORRECT, CORRECT))))
        .containsExactly(rates.rate("s", "new"), rates.rate("s", "a"));
    assertThat(new FirstAttemptRates().rate("s", "a")).isEqualTo(.5);
  }

  @Test
  void groupedCountsGiveTheSameRates() {
    var one =
        new FirstAttemptRates().add(instance("s", List.of("a", "a"), List.of(CORRECT, INCORRECT)));
    var counted = new FirstAttemptRates();

    counted.add("s", "a", 2, 1);

    assertThat(counted.rate("s", "a")).isEqualTo(one.rate("s", "a"));
  }

  @Test
  void tracedMasteryFollowsEachStudentsOrderSkillBySkill() {
    var steps = new ArrayList<Step>();
    for (int s = 0; s < 30; s++) {
      for (int t = 0; t < 6; t++) {
        boolean late = t >= 2;
        steps.add(step(s * 10 + t, "up" + s, late ? CORRECT : INCORRECT, "a", "b"));
        steps.add(step(1000 + s * 10 + t, "down" + s, INCORRECT, "a"));
        steps.add(step(2000 + s * 10 + t, "mute" + s, UNKNOWN, "a"));
      }
    }

    var mastery = TracedMastery.of(steps);
    Collections.shuffle(steps, new Random(2));
    var shuffled = TracedMastery.of(steps);

    assertThat(mastery.skills()).containsExactly("a", "b");
    assertThat(mastery.mastery("up3", "a")).isGreaterThan(.9);
    assertThat(mastery.mastery("down3", "a")).isLessThan(.3);
    assertThat(mastery.mastery("mute3", "a")).isEqualTo(mastery.skill("a").known());
    assertThat(mastery.mastery("up3", "c")).isEqualTo(KnowledgeTracing.DEFAULT.known());
    assertThat(shuffled.skill("a")).isEqualTo(mastery.skill("a"));
    assertThat(mastery.weights(instance("up3", List.of("a", "c"), List.of(CORRECT, CORRECT))))
        .containsExactly(mastery.mastery("up3", "a"), mastery.mastery("up3", "c"));
  }

  private static Step step(long order, String student, Outcome outcome, String... skills) {
    return new Step(order, order, student, "h", "p", 1, "", List.of(skills), outcome);
  }
}
