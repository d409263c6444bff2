package org.millrace.kernel.strategy.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Test;

class InstanceTest {

  private static Step step(long line, long order, String student, int view, String... skills) {
    return new Step(
        line,
        order,
        student,
        "unit",
        "problem",
        view,
        "step",
        List.of(skills),
        line % 2 == 0 ? Outcome.CORRECT : Outcome.INCORRECT);
  }

  @Test
  void joinsSkillsInOrderEachWithItsStepsOutcome() {
    var steps = List.of(step(4, 9, "s", 1, "c"), step(5, 1, "s", 1, "a", "b"), step(6, 3, "s", 1));

    var instances = Instance.all(steps);

    assertThat(instances)
        .containsExactly(
            new Instance(
                new Instance.Key("s", "unit", "problem", 1),
                List.of("a", "b", "c"),
                List.of(Outcome.INCORRECT, Outcome.INCORRECT, Outcome.CORRECT)));
  }

  @Test
  void studentsAndViewsAreApartButPublishedViewsAreNot() {
    var steps = List.of(step(1, 1, "s", 1, "a"), step(2, 2, "s", 2, "b"), step(3, 3, "t", 1, "c"));

    assertThat(Instance.all(steps))
        .extracting(Instance::skills)
        .containsExactly(List.of("a"), List.of("b"), List.of("c"));
    assertThat(Instance.Key.published(steps.get(0)))
        .isEqualTo(Instance.Key.published(steps.get(1)))
        .isNotEqualTo(Instance.Key.published(steps.get(2)));
  }

  @Test
  void theOrderOfTheFileMattersOnlyAmongEqualRows() {
    var steps = new ArrayList<Step>();
    for (int i = 0; i < 20; i++) {
      steps.add(step(i + 2, i / 2, "s" + i % 3, 1, "k" + i));
    }
    var expected = Instance.all(steps);

    Collections.shuffle(steps, new java.util.Random(1));

    assertThat(Instance.all(steps)).isEqualTo(expected);
  }

  @Test
  void tooLongAndEmptyStrategiesAreLeftOut() {
    var skills = Collections.nCopies(Instance.LONGEST, "k").toArray(String[]::new);

    assertThat(Instance.all(List.of(step(1, 1, "s", 1, skills)))).hasSize(1);
    assertThat(Instance.all(List.of(step(1, 1, "s", 1, skills), step(2, 2, "s", 1, "k"))))
        .isEmpty();
    assertThat(Instance.all(List.of(step(1, 1, "s", 1)))).isEmpty();
  }

  @Test
  void tokensFollowTheNamesAndComeBack() {
    var tokens = SkillTokens.of(List.of("b", "a", "b", "c"));

    assertThat(tokens.size()).isEqualTo(8);
    assertThat(tokens.sequence(List.of("c", "a"))).containsExactly(3, 7, 5, 4);
    assertThat(tokens.skills(new int[] {3, 7, 2, 5, 4, 6})).containsExactly("c", "a");
    assertThatThrownBy(() -> tokens.token("d")).hasMessage("no number for the skill 'd'");
  }
}
