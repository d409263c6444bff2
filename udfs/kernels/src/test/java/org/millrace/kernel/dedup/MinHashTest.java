package org.millrace.kernel.dedup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.SplittableRandom;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.kernel.dedup.Shingles.Unit;

class MinHashTest {

  private static final MinHash MIN_HASH = MinHash.of(120);

  @Property
  void valuesAreMinimaOfTheFormula(
      @ForAll @Size(min = 1, max = 40) long[] hashes,
      @ForAll @IntRange(min = 1, max = 130) int permutations,
      @ForAll long seed) {
    var minHash = MinHash.seeded(permutations, seed);
    var a = minHash.factors();
    var b = minHash.summands();

    var expected =
        IntStream.range(0, permutations)
            .map(
                p ->
                    (int) Arrays.stream(hashes).map(x -> a[p] * x + b[p] >>> 32).min().getAsLong());

    assertThat(minHash.signature(hashes)).isEqualTo(expected.toArray());
    assertThat(Arrays.stream(a)).allMatch(factor -> factor % 2 != 0);
  }

  @Property
  void divisionOrderAndRepetitionDontMatter(
      @ForAll @Size(min = 1, max = 60) long[] hashes, @ForAll @IntRange(max = 60) int cut) {
    int at = Math.min(cut, hashes.length);
    var sketch = MIN_HASH.sketch();

    sketch.add(hashes, at, hashes.length);
    sketch.add(hashes, 0, at);
    sketch.add(hashes, 0, at);

    assertThat(sketch.signature()).isEqualTo(MIN_HASH.signature(hashes));
  }

  @Test
  void aLongTextHasTheSignatureOfItsHashes() {
    var text = text(new SplittableRandom(5), 50_000);
    var shingles = Shingles.of(Unit.CHARACTERS, 5);

    assertThat(MIN_HASH.signature(shingles, text))
        .isEqualTo(MIN_HASH.signature(Jaccard.set(shingles.hashes(text))));
  }

  @Test
  void signaturesStayTheSameFromReleaseToRelease() {
    var signature = MinHash.of(4).signature(Shingles.of(Unit.CHARACTERS, 5), "盘古开天辟地");

    assertThat(signature).containsExactly(220723770, 783362682, 1715892886, 2006784769);
  }

  @Test
  void fewerPermutationsAreTheBeginningOfMore() {
    long[] hashes = {1, 2, 3};

    assertThat(MIN_HASH.signature(hashes)).startsWith(MinHash.of(30).signature(hashes));
  }

  @Test
  void aTextWithoutShinglesHasNoSignature() {
    assertThat(MIN_HASH.signature(Shingles.of(Unit.CHARACTERS, 5), "一")).isEmpty();
    assertThat(MIN_HASH.signature(new long[0])).isEmpty();
    assertThat(MinHash.similarity(new int[0], new int[0])).isZero();
  }

  @Test
  void numberOfPermutationsHasBounds() {
    assertThatThrownBy(() -> MinHash.of(0))
        .hasMessage("a signature has 1 to 65536 permutations, not 0");
    assertThatThrownBy(() -> MinHash.similarity(new int[1], new int[2]))
        .hasMessage("signatures of 1 and 2 values");
  }

  /** 300 pairs: the mean of the estimates lies within four standard errors of the truth. */
  @ParameterizedTest
  @ValueSource(doubles = {0, 0.1, 0.3, 0.5, 0.7, 0.9, 1})
  void estimateOfJaccardIsUnbiased(double similarity) {
    var random = new SplittableRandom(17);
    int pairs = 300;
    double sum = 0;
    double squares = 0;
    for (int pair = 0; pair < pairs; pair++) {
      var sets = Sets.ofSimilarity(similarity, 1000, random);
      double error =
          MinHash.similarity(MIN_HASH.signature(sets[0]), MIN_HASH.signature(sets[1])) - similarity;
      sum += error;
      squares += error * error;
    }

    double deviation = Math.sqrt(similarity * (1 - similarity) / 120);
    assertThat(sum / pairs).isCloseTo(0, within(4 * deviation / Math.sqrt(pairs) + 1e-12));
    assertThat(Math.sqrt(squares / pairs)).isCloseTo(deviation, within(0.15 * deviation + 1e-12));
  }

  static String text(SplittableRandom random, int length) {
    return random
        .ints(length, 0x4E00, 0x4E00 + 3000)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }
}
