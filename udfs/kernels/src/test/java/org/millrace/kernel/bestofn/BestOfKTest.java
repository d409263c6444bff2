package org.millrace.kernel.bestofn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class BestOfKTest {

  @Property(tries = 300)
  void equalsTheMeanOverAllSubsetsWithTiesShared(
      @ForAll @Size(min = 1, max = 9) List<@IntRange(max = 20) Integer> samples) {
    // Each sample's score is its number / 4, its credit whether the number is odd.
    var scores = samples.stream().mapToDouble(s -> s / 4).toArray();
    var credits = samples.stream().mapToDouble(s -> s % 2).toArray();
    int n = scores.length;
    var ks = IntStream.rangeClosed(1, n).toArray();

    var curve = BestOfK.curve(scores, credits, ks);

    for (int k : ks) {
      double expected =
          Subsets.mean(
              n,
              k,
              subset -> {
                double best = Arrays.stream(subset).mapToDouble(i -> scores[i]).max().orElseThrow();
                return Arrays.stream(subset)
                    .filter(i -> scores[i] == best)
                    .mapToDouble(i -> credits[i])
                    .average()
                    .orElseThrow();
              });
      assertThat(curve[k - 1]).as("k=%d", k).isCloseTo(expected, within(1e-12));
    }
  }

  @Property(tries = 200)
  void doesNotDependOnTheOrderOfSamples(
      @ForAll @Size(min = 1, max = 60) List<@IntRange(max = 30) Integer> samples,
      @ForAll @IntRange(max = 1000) int seed) {
    var shuffled = new java.util.ArrayList<>(samples);
    Collections.shuffle(shuffled, new java.util.Random(seed));
    var ks = new int[] {1, 2, 7, 31};

    assertThat(curve(shuffled, ks)).containsExactly(curve(samples, ks), within(1e-12));
  }

  private static double[] curve(List<Integer> samples, int[] ks) {
    return BestOfK.curve(
        samples.stream().mapToDouble(s -> s / 3).toArray(),
        samples.stream().mapToDouble(s -> s % 2).toArray(),
        ks);
  }

  @Property(tries = 200)
  void withCreditsAsScoresIsPassAtK(
      @ForAll @Size(min = 1, max = 100) List<@IntRange(max = 1) Integer> verdicts) {
    var credits = verdicts.stream().mapToDouble(Integer::doubleValue).toArray();
    long right = verdicts.stream().filter(v -> v == 1).count();
    var ks = IntStream.rangeClosed(1, credits.length).toArray();

    var expected =
        Arrays.stream(ks).mapToDouble(k -> PassAtK.at(credits.length, right, k)).toArray();

    assertThat(BestOfK.curve(credits, credits, ks)).containsExactly(expected, within(1e-12));
  }

  @Property(tries = 200)
  void risesWithKWhereCreditsAreTheScores(
      @ForAll @Size(min = 2, max = 80) List<@IntRange(max = 10) Integer> grades) {
    var credits = grades.stream().mapToDouble(g -> g / 10.0).toArray();
    var ks = IntStream.rangeClosed(1, credits.length).toArray();

    var curve = BestOfK.curve(credits, credits, ks);

    for (int i = 1; i < curve.length; i++) {
      assertThat(curve[i]).isGreaterThanOrEqualTo(curve[i - 1] - 1e-12);
    }
  }

  @Test
  void samplesWithoutAScoreAreNoCandidates() {
    var scores = new double[] {Double.NaN, 2, 1};
    var credits = new double[] {1, 0, 1};

    assertThat(BestOfK.curve(scores, credits, new int[] {1, 2, 3}))
        .containsExactly(new double[] {0.5, 0, Double.NaN}, within(1e-15));
  }

  @Test
  void zeroAndMinusZeroTie() {
    assertThat(BestOfK.curve(new double[] {0.0, -0.0}, new double[] {1, 0}, new int[] {2}))
        .containsExactly(0.5);
  }

  @Test
  void ordersEqualScoresByPosition() {
    assertThat(BestOfK.descending(new double[] {1, 3, Double.NaN, 3, 2}))
        .containsExactly(1, 3, 4, 0);
  }

  @Test
  void staysExactForManySamples() {
    // One right sample with the best of 10,000 scores is in a k-subset with chance k/n.
    var scores = IntStream.range(0, 10_000).mapToDouble(i -> i).toArray();
    var credits = new double[10_000];
    credits[9_999] = 1;

    var ks = new int[] {1, 100, 10_000};

    assertThat(BestOfK.curve(scores, credits, ks))
        .as(Arrays.stream(ks).boxed().map(String::valueOf).collect(Collectors.joining(",")))
        .containsExactly(new double[] {0.0001, 0.01, 1}, within(1e-12));
  }
}
