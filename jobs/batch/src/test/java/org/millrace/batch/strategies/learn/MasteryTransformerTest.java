package org.millrace.batch.strategies.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.strategy.steps.Instance;
import org.millrace.kernel.strategy.steps.Outcome;

class MasteryTransformerTest {

  private static final MasterySettings SETTINGS =
      new MasterySettings(32, 64, 2, 4, .1, .15, 100, 10, 15, .1, 1, 42);

  @BeforeAll
  static void torch() {
    assumeTrue(Torch.isThere(), "no PyTorch on the class path");
  }

  private static Instance instance(List<String> skills, List<Outcome> outcomes) {
    return new Instance(new Instance.Key("s", "h", "p", 1), skills, outcomes);
  }

  private static Instance unknown(String... skills) {
    return instance(List.of(skills), Collections.nCopies(skills.length, Outcome.UNKNOWN));
  }

  /** Of 2 to 4 skills; even ones are always right, odd ones always wrong. */
  private static List<Instance> evenAndOdd(int count) {
    var random = new SplittableRandom(3);
    var instances = new ArrayList<Instance>();
    for (int n = 0; n < count; n++) {
      var drawn = random.ints(2 + random.nextInt(3), 0, 8).boxed().toList();
      instances.add(
          instance(
              drawn.stream().map(i -> "skill" + i).toList(),
              drawn.stream().map(i -> i % 2 == 0 ? Outcome.CORRECT : Outcome.INCORRECT).toList()));
    }
    return instances;
  }

  @Test
  void learnsWhatDecidesAboutOutcomes() {
    try (var transformer = MasteryTransformer.train(evenAndOdd(300), SETTINGS)) {
      var last = transformer.epochs().get(SETTINGS.epochs() - 1);

      assertThat(transformer.epochs()).hasSize(15);
      assertThat(last.heldOutAccuracy()).isGreaterThan(.9);
      assertThat(last.heldOutLoss()).isLessThan(.3);
      assertThat(transformer.epochs().get(0).trainingLoss()).isGreaterThan(2 * last.trainingLoss());
    }
  }

  @Test
  void attentionIsAShareOfEachSkill() {
    var instances = evenAndOdd(100);
    var heldBack = List.of(unknown("skill1", "skill1", "skill4"), unknown("skill2"));
    try (var transformer = MasteryTransformer.train(instances, SETTINGS.epochs(1))) {
      for (var one : List.of(instances, heldBack)) {
        var weights = transformer.weights(one);

        assertThat(weights).hasSameSizeAs(one);
        for (int i = 0; i < one.size(); i++) {
          assertThat(weights.get(i)).hasSameSizeAs(one.get(i).skills());
          assertThat(Arrays.stream(weights.get(i))).allMatch(w -> w >= 0);
          // Of the mean over the skills instead, each target's would be even.
          assertThat(Arrays.stream(weights.get(i)).distinct().count())
              .isEqualTo(one.get(i).skills().size());
          assertThat(Arrays.stream(weights.get(i)).sum()).isCloseTo(1, Offset.offset(1e-5));
        }
      }
    }
  }

  @Test
  void fillingUpChangesNothing() {
    var instances = evenAndOdd(60);
    try (var transformer = MasteryTransformer.train(instances, SETTINGS.epochs(1))) {
      var together = transformer.weights(instances);

      for (int i = 0; i < instances.size(); i++) {
        assertThat(transformer.weights(instances.get(i)))
            .containsExactly(together.get(i), Offset.offset(1e-5));
      }
    }
  }

  @Test
  void equalSkillsWithUnlikeOutcomesHaveTheirOwnAttention() {
    var skills = List.of("skill0", "skill1", "skill2");
    var right = instance(skills, Collections.nCopies(3, Outcome.CORRECT));
    var wrong = instance(skills, Collections.nCopies(3, Outcome.INCORRECT));
    try (var transformer = MasteryTransformer.train(evenAndOdd(100), SETTINGS.epochs(1))) {
      var weights = transformer.weights(List.of(right, wrong, right));

      assertThat(weights.get(0)).isEqualTo(weights.get(2)).isNotEqualTo(weights.get(1));
    }
  }

  @Test
  void aSkillThatWasNeverSeenHasAWeightByItsPlace() {
    try (var transformer = MasteryTransformer.train(evenAndOdd(100), SETTINGS.epochs(1))) {
      var weights =
          transformer.weights(List.of(unknown("skill0", "new"), unknown("skill0", "newer")));

      assertThat(weights.get(0)).isEqualTo(weights.get(1)).hasSize(2);
      assertThat(Arrays.stream(weights.get(0))).allMatch(w -> w > 0);
    }
  }

  @Test
  void theSameSeedIsTheSameTransformer() {
    var instances = evenAndOdd(60);
    try (var one = MasteryTransformer.train(instances, SETTINGS.epochs(2));
        var again = MasteryTransformer.train(instances, SETTINGS.epochs(2));
        var other = MasteryTransformer.train(instances, SETTINGS.epochs(2).seed(43))) {
      var weights = one.weights(instances.get(0));

      assertThat(again.epochs()).isEqualTo(one.epochs());
      assertThat(again.weights(instances.get(0))).isEqualTo(weights);
      assertThat(other.weights(instances.get(0))).isNotEqualTo(weights);
    }
  }

  @Test
  void nothingIsLeftWhenItIsClosed() {
    var instances = evenAndOdd(20);
    int before = Memory.managers();

    for (int i = 0; i < 2; i++) {
      try (var transformer = MasteryTransformer.train(instances, SETTINGS.epochs(1))) {
        transformer.weights(instances);
      }
    }

    assertThat(Memory.managers()).isEqualTo(before);
  }

  @Test
  void withoutOutcomesThereIsNothingToLearn() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> MasteryTransformer.train(List.of(unknown("a"), unknown("b", "a")), SETTINGS))
        .withMessageContaining("none of 2 instances has an outcome");
  }

  @Test
  void theRateRisesThenFalls() {
    var rates = IntStream.rangeClosed(1, 400).mapToDouble(MasterySettings.SMALL::rate).toArray();

    assertThat(rates).isSorted();
    assertThat(MasterySettings.SMALL.rate(400)).isCloseTo(.5 / 8 / 20, Offset.offset(1e-12));
    assertThat(MasterySettings.SMALL.rate(1600)).isCloseTo(.5 / 8 / 40, Offset.offset(1e-12));
    assertThat(MasterySettings.SMALL.rate(100)).isCloseTo(.5 / 8 / 80, Offset.offset(1e-12));
  }

  @Test
  void sizesThatDoNotFitAreRefused() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MasterySettings(30, 64, 2, 4, .1, .5, 100, 10, 6, .1, 1, 42))
        .withMessageContaining(
            "a multiple of the heads, not model 30, inner 64, layers 2, heads 4");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new MasterySettings(32, 64, 2, 4, 1, .5, 100, 10, 6, .1, 1, 42))
        .withMessageContaining("dropout and heldOut in [0, 1)");
  }
}
