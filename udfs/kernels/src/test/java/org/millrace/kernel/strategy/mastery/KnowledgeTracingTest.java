package org.millrace.kernel.strategy.mastery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class KnowledgeTracingTest {

  private static final KnowledgeTracing TRACING = new KnowledgeTracing(.5, .1, .2, .1);

  @Test
  void masteryFollowsByHand() {
    // Correct: .45 / (.45 + .1) = 9/11, then 9/11 + 2/11 * .1.
    assertThat(TRACING.mastery(true)).isCloseTo(9.2 / 11, within(1e-12));
    // Incorrect: .05 / (.05 + .4) = 1/9, then 1/9 + 8/9 * .1.
    assertThat(TRACING.mastery(false)).isCloseTo(1.8 / 9, within(1e-12));
    assertThat(TRACING.mastery()).isEqualTo(.5);
    assertThat(TRACING.before(true, false)).containsExactly(.5, TRACING.mastery(true));
    assertThat(TRACING.correct(.5)).isCloseTo(.55, within(1e-12));
  }

  @Test
  void theLikelihoodIsTheSumOverWhatMayHaveBeenKnown() {
    boolean[] attempts = {true, false, true};
    double likelihood = 0;
    for (int learned = 0; learned <= 3; learned++) {
      // Known from attempt number `learned` on; 3: never.
      double path = learned == 0 ? .5 : .5 * Math.pow(.9, learned - 1) * (learned == 3 ? 1 : .1);
      for (int t = 0; t < 3; t++) {
        double right = t >= learned ? .9 : .2;
        path *= attempts[t] ? right : 1 - right;
      }
      likelihood += path;
    }

    assertThat(KnowledgeTracingFit.logLikelihood(TRACING, List.of(attempts)))
        .isCloseTo(Math.log(likelihood), within(1e-12));
  }

  @Test
  void plantedParametersAreFoundAgain() {
    var planted = new KnowledgeTracing(.3, .15, .2, .1);

    var found = KnowledgeTracingFit.of(students(planted, 4000, 12, 1));

    assertThat(found.known()).isCloseTo(.3, within(.04));
    assertThat(found.learn()).isCloseTo(.15, within(.02));
    assertThat(found.guess()).isCloseTo(.2, within(.02));
    assertThat(found.slip()).isCloseTo(.1, within(.02));
  }

  @Property(tries = 60)
  void aRoundNeverLowersTheLikelihood(
      @ForAll @IntRange(max = 100_000) int seed, @ForAll @IntRange(min = 1, max = 9) int length) {
    var random = new Random(seed);
    var students =
        students(
            new KnowledgeTracing(
                random.nextDouble(),
                random.nextDouble(),
                random.nextDouble() / 2,
                random.nextDouble() / 2),
            20,
            length,
            seed);
    var fit = TRACING;
    double likelihood = KnowledgeTracingFit.logLikelihood(fit, students);

    for (int round = 0; round < 20; round++) {
      fit = KnowledgeTracingFit.step(fit, students);
      double next = KnowledgeTracingFit.logLikelihood(fit, students);
      assertThat(next).isGreaterThanOrEqualTo(likelihood - 1e-9 * Math.abs(likelihood));
      likelihood = next;
    }
    assertThat(KnowledgeTracingFit.logLikelihood(KnowledgeTracingFit.of(students), students))
        .isGreaterThanOrEqualTo(
            KnowledgeTracingFit.logLikelihood(KnowledgeTracing.DEFAULT, students));
  }

  @Test
  void theOrderOfStudentsDoesNotMatter() {
    var students = new ArrayList<>(students(TRACING, 200, 8, 3));
    var found = KnowledgeTracingFit.of(students);

    Collections.shuffle(students, new Random(1));
    var again = KnowledgeTracingFit.of(students);

    assertThat(again.known()).isCloseTo(found.known(), within(1e-9));
    assertThat(again.slip()).isCloseTo(found.slip(), within(1e-9));
  }

  @Test
  void extremesStayChances() {
    var always = KnowledgeTracingFit.of(List.of(new boolean[] {true, true, true}));
    var never = KnowledgeTracingFit.of(List.of(new boolean[] {false, false}, new boolean[0]));

    assertThat(always.mastery(true, true, true)).isBetween(.9, 1.0);
    assertThat(never.mastery(false, false)).isBetween(.0, .2);
    assertThat(KnowledgeTracingFit.of(List.of(new boolean[0]))).isEqualTo(KnowledgeTracing.DEFAULT);
    assertThatThrownBy(() -> new KnowledgeTracing(.1, 1.1, 0, 0))
        .hasMessage("a chance is 0 to 1, not 1.1");
  }

  private static List<boolean[]> students(
      KnowledgeTracing tracing, int count, int attempts, long seed) {
    var random = new Random(seed);
    var students = new ArrayList<boolean[]>();
    for (int s = 0; s < count; s++) {
      var correct = new boolean[attempts];
      boolean knows = random.nextDouble() < tracing.known();
      for (int t = 0; t < attempts; t++) {
        correct[t] = random.nextDouble() < (knows ? 1 - tracing.slip() : tracing.guess());
        knows |= random.nextDouble() < tracing.learn();
      }
      students.add(correct);
    }
    return students;
  }
}
