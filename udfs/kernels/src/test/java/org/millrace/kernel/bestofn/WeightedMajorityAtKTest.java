package org.millrace.kernel.bestofn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class WeightedMajorityAtKTest {

  private static final Rule PLAIN = new Rule.WeightedMajority(Normalization.NONE);

  private static Ballot ballot(int[] answers, double[] scores) {
    var texts = IntStream.of(answers).mapToObj(a -> a < 0 ? null : "a" + a).toArray(String[]::new);
    var credits = IntStream.of(answers).mapToDouble(a -> a == 0 ? 1 : 0).toArray();
    return Ballot.of(texts, scores, new double[answers.length], credits);
  }

  @Property(tries = 100)
  void withEqualWeightsIsMajority(
      @ForAll @Size(min = 1, max = 9) List<@IntRange(min = -1, max = 3) Integer> answers) {
    var numbers = answers.stream().mapToInt(Integer::intValue).toArray();
    var weights = IntStream.of(numbers).mapToDouble(a -> 0.3).toArray();
    var ks = IntStream.rangeClosed(1, numbers.length).toArray();
    var ballot = ballot(numbers, weights);

    var estimate = WeightedMajorityAtK.curve(PLAIN, ballot, ks, "key");

    assertThat(estimate.values())
        .containsExactly(MajorityAtK.curve(ballot.answers(), ballot.credits(), ks), within(1e-12));
    assertThat(estimate.errors()).containsOnly(0);
  }

  @Test
  void drawsAgreeWithTheClosedFormWithinTheirError() {
    var answers = IntStream.range(0, 60).map(i -> i % 9 < 4 ? 0 : i % 9 < 8 ? 1 : 2).toArray();
    var weights = IntStream.of(answers).mapToDouble(a -> 1).toArray();
    var ballot = ballot(answers, weights);
    var ks = new int[] {8, 16, 32};

    var estimate = WeightedMajorityAtK.curve(PLAIN, ballot, ks, "key");
    var exact = MajorityAtK.curve(ballot.answers(), ballot.credits(), ks);

    for (int i = 0; i < ks.length; i++) {
      assertThat(estimate.errors()[i]).isPositive();
      assertThat(estimate.values()[i])
          .as("k=%d", ks[i])
          .isCloseTo(exact[i], within(5 * estimate.errors()[i]));
    }
  }

  @Test
  void theSameKeyGivesTheSameDraws() {
    var answers = IntStream.range(0, 50).map(i -> i % 3).toArray();
    var weights = IntStream.range(0, 50).mapToDouble(i -> i * 7 % 11).toArray();
    var ballot = ballot(answers, weights);

    var one = WeightedMajorityAtK.curve(PLAIN, ballot, new int[] {10}, "p1");
    var again = WeightedMajorityAtK.curve(PLAIN, ballot, new int[] {10}, "p1");
    var other = WeightedMajorityAtK.curve(PLAIN, ballot, new int[] {10}, "p2");

    assertThat(one.values()).isEqualTo(again.values());
    assertThat(one.values()).isNotEqualTo(other.values());
  }

  @Test
  void bordaRanksWithinTheSubset() {
    // Of any two of x > y > z, the higher rank wins: x in 2 of 3 pairs.
    var ballot =
        Ballot.of(
            new String[] {"x", "y", "z"},
            new double[] {3, 2, 1},
            new double[3],
            new double[] {1, 0, 0});

    assertThat(WeightedMajorityAtK.curve(new Rule.Borda(1), ballot, new int[] {2}, "key").values())
        .containsExactly(new double[] {2 / 3.0}, within(1e-15));
  }
}
