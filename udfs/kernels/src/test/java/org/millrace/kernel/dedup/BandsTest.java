package org.millrace.kernel.dedup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.HashSet;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BandsTest {

  @ParameterizedTest
  @CsvSource({
    "balanced, 20, 6, 0.0013, 0.270, 0.918, 0.998, 1.000",
    "recall, 32, 5, 0.010, 0.638, 0.997, 1, 1",
    "fineweb, 14, 8, 4e-5, 0.053, 0.565, 0.924, 0.9996",
    "text-dedup, 25, 10, 3e-6, 0.024, 0.512, 0.942, 1",
    "NeMo, 20, 13, 2e-8, 0.002, 0.177, 0.677, 0.997"
  })
  void profilesHaveTheirCurves(
      String name,
      int bands,
      int rows,
      double at2,
      double at5,
      double at7,
      double at8,
      double at9) {
    var profile = Bands.profile(name);

    assertThat(profile).isEqualTo(new Bands(bands, rows));
    assertThat(profile.probability(.2)).isCloseTo(at2, within(at2 / 3));
    assertThat(profile.probability(.5)).isCloseTo(at5, within(6e-4));
    assertThat(profile.probability(.7)).isCloseTo(at7, within(6e-4));
    assertThat(profile.probability(.8)).isCloseTo(at8, within(6e-4));
    assertThat(profile.probability(.9)).isCloseTo(at9, within(6e-4));
  }

  @Test
  void oneRowABandMakesNearlyEveryPairACandidate() {
    assertThat(new Bands(20, 1).probability(.2)).isCloseTo(.989, within(6e-4));
  }

  @Test
  void equalAndDisjointSetsAreCertain() {
    assertThat(Bands.BALANCED.probability(1)).isEqualTo(1);
    assertThat(Bands.BALANCED.probability(0)).isZero();
  }

  @Test
  void aKeyTellsTheBandAndItsValues() {
    var keys = new Bands(2, 2).keys(new int[] {1, 2, 1, 2, 9});

    assertThat(keys).hasSize(2).doesNotHaveDuplicates();
    assertThat(new Bands(2, 2).keys(new int[] {1, 2, 1, 3}))
        .startsWith(keys[0])
        .doesNotContain(keys[1]);
  }

  @Test
  void noSignatureNoKeys() {
    assertThat(Bands.BALANCED.keys(new int[0])).isEmpty();
  }

  @Test
  void mistakesAreNamed() {
    assertThatThrownBy(() -> Bands.BALANCED.keys(new int[119]))
        .hasMessage("20 bands of 6 rows need a signature of 120 values or more, not 119");
    assertThatThrownBy(() -> Bands.profile("best"))
        .hasMessage("no profile 'best'; there are balanced, recall, fineweb, text-dedup, nemo");
    assertThatThrownBy(() -> new Bands(0, 6))
        .hasMessage("bands and rows start at 1 and give 65536 values at most, not 0 x 6");
    assertThatThrownBy(() -> Bands.BALANCED.probability(1.1))
        .hasMessage("a similarity is 0 to 1, not 1.1");
  }

  /** 400 planted pairs a similarity: recall lies within four standard errors of the S-curve. */
  @ParameterizedTest
  @CsvSource({
    "balanced, 0.3", "balanced, 0.5", "balanced, 0.6", "balanced, 0.7", "balanced, 0.8",
    "recall, 0.5", "recall, 0.7", "fineweb, 0.6", "fineweb, 0.8", "nemo, 0.8"
  })
  void recallFollowsTheCurve(String profile, double similarity) {
    var bands = Bands.profile(profile);
    var minHash = MinHash.of(bands.permutations());
    var random = new SplittableRandom(23);
    int pairs = 400;

    long found =
        IntStream.range(0, pairs)
            .filter(
                pair -> {
                  var sets = Sets.ofSimilarity(similarity, 1000, random);
                  return meet(
                      bands.keys(minHash.signature(sets[0])),
                      bands.keys(minHash.signature(sets[1])));
                })
            .count();

    double chance = bands.probability(similarity);
    assertThat((double) found / pairs)
        .isCloseTo(chance, within(4 * Math.sqrt(chance * (1 - chance) / pairs)));
  }

  private static boolean meet(long[] first, long[] second) {
    var keys = new HashSet<Long>();
    Arrays.stream(first).forEach(keys::add);
    return Arrays.stream(second).anyMatch(keys::contains);
  }
}
