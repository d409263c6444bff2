package org.millrace.kernel.bestofn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class MajorityAtKTest {

  @Property(tries = 300)
  void equalsTheMeanOverAllSubsetsWithTiesShared(
      @ForAll @Size(min = 1, max = 9) List<@IntRange(min = -1, max = 4) Integer> answers) {
    var numbers = answers.stream().mapToInt(Integer::intValue).toArray();
    // Answers 0 and 3 are right.
    var credits = answers.stream().mapToDouble(a -> a == 0 || a == 3 ? 1 : 0).toArray();
    int n = numbers.length;
    var ks = IntStream.rangeClosed(1, n).toArray();

    var curve = MajorityAtK.curve(numbers, credits, ks);

    for (int k : ks) {
      assertThat(curve[k - 1])
          .as("k=%d", k)
          .isCloseTo(Subsets.mean(n, k, subset -> vote(subset, numbers)), within(1e-12));
    }
  }

  private static double vote(int[] subset, int[] answers) {
    var counts = new int[5];
    for (int i : subset) {
      if (answers[i] >= 0) {
        counts[answers[i]]++;
      }
    }
    int most = Arrays.stream(counts).max().orElseThrow();
    if (most == 0) {
      return 0;
    }
    long tied = Arrays.stream(counts).filter(count -> count == most).count();
    return ((counts[0] == most ? 1.0 : 0) + (counts[3] == most ? 1 : 0)) / tied;
  }

  @Test
  void ofOneSampleIsTheShareOfRightOnes() {
    var answers = new int[] {0, 1, 1, 2, Answers.NONE};
    var credits = new double[] {1, 0, 0, 0, 0};

    assertThat(MajorityAtK.curve(answers, credits, new int[] {1})[0]).isCloseTo(0.2, within(1e-15));
  }

  @Test
  void manySamplesGoOverToLogarithmsSmoothly() {
    // 60 % of the samples are right, 40 % agree on a wrong answer: the vote of all is right, that
    // of
    // one sample .6, and each doubling of the samples keeps the numbers (proportions) alike.
    int n = 400;
    var answers = new int[n];
    var credits = new double[n];
    for (int i = 0; i < n; i++) {
      answers[i] = i < 240 ? 0 : 1;
      credits[i] = i < 240 ? 1 : 0;
    }

    var curve = MajorityAtK.curve(answers, credits, new int[] {1, 3, 400, 401});

    // Three without replacement: C(240,3) + C(240,2) 160 of C(400,3).
    double three = (240.0 * 239 * 238 / 6 + 240.0 * 239 / 2 * 160) / (400.0 * 399 * 398 / 6);
    assertThat(curve).containsExactly(new double[] {0.6, three, 1, Double.NaN}, within(1e-10));
  }

  @Test
  void allDifferentAnswersShare() {
    var answers = IntStream.range(0, 100).toArray();
    var credits = new double[100];
    credits[7] = 1;

    assertThat(MajorityAtK.curve(answers, credits, new int[] {1, 10, 100}))
        .containsExactly(new double[] {0.01, 0.01, 0.01}, within(1e-12));
  }

  @ParameterizedTest
  @ValueSource(ints = {40, 170, 171, 300})
  void somebodyWinsWhereverSomebodyVotes(int n) {
    // All answers are right, and some samples have none: only a draw of those alone wins nothing.
    int silent = 20;
    var answers = new int[n];
    var credits = new double[n];
    for (int i = 0; i < n; i++) {
      answers[i] = i < silent ? Answers.NONE : i * i % 7;
      credits[i] = i < silent ? 0 : 1;
    }
    var ks = new int[] {1, 2, 7, 20, 32, n - 1, n};

    var expected = Arrays.stream(ks).mapToDouble(k -> PassAtK.at(n, n - silent, k)).toArray();

    assertThat(MajorityAtK.curve(answers, credits, ks)).containsExactly(expected, within(1e-10));
  }

  @Test
  void drawsOfNoneOrOfMoreThanThereAreHaveNoValue() {
    assertThat(MajorityAtK.curve(new int[] {0, 0}, new double[] {1, 1}, new int[] {0, 2, 3}))
        .containsExactly(Double.NaN, 1, Double.NaN);
  }
}
