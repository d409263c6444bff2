package org.millrace.kernel.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MixtureTest {

  private static final long SEED = 42;

  @Test
  void epochsAreWeightTimesBudgetByTokens() {
    var weights = new LinkedHashMap<String, Double>();
    weights.put("web", 60.0);
    weights.put("books", 30.0);
    weights.put("news", 10.0);

    var mixture =
        Mixture.ofWeights(weights, 1000, Map.of("web", 1200L, "books", 120L, "news", 40L));

    assertThat(mixture.sources())
        .containsExactly(
            new Mixture.Source("web", .6, 1200, .5),
            new Mixture.Source("books", .3, 120, 2.5),
            new Mixture.Source("news", .1, 40, 2.5));
    assertThat(mixture.source("books").fullCopies()).isEqualTo(2);
    assertThat(mixture.source("books").planned()).isEqualTo(300);
    assertThat(mixture.source("books").sampled()).isEqualTo(60);
  }

  @Test
  void weightsFollowFromEpochs() {
    var mixture =
        Mixture.ofEpochs(Map.of("web", .5, "books", 3.0), Map.of("web", 1200L, "books", 100L));

    assertThat(mixture.source("web").weight()).isCloseTo(600. / 900, within(1e-12));
    assertThat(mixture.source("books").weight()).isCloseTo(300. / 900, within(1e-12));
    assertThat(mixture.source("books").epochs()).isEqualTo(3);
  }

  @Test
  void realisedWeightsAreSharesOfTokens() {
    assertThat(Mixture.realised(Map.of("a", 30L, "b", 10L))).isEqualTo(Map.of("a", .75, "b", .25));
    assertThat(Mixture.realised(Map.of("a", 0L))).isEqualTo(Map.of("a", 0.));
  }

  @ParameterizedTest
  @CsvSource({"0, 0", "1, 1", "3, 3"})
  void wholeEpochsAreCopiesOfAll(double epochs, int copies) {
    assertThat(IntStream.range(0, 1000).map(i -> Mixture.copies(SEED, "doc" + i, epochs)))
        .containsOnly(copies);
  }

  @Property(tries = 50)
  void aFractionIsTheChanceOfOneMore(
      @ForAll @IntRange(max = 300) int hundredths, @ForAll long seed) {
    double epochs = hundredths / 100.;
    int documents = 4000;

    var copies = IntStream.range(0, documents).map(i -> Mixture.copies(seed, "d" + i, epochs));
    var statistics = copies.summaryStatistics();

    // Five standard deviations of a binomial share at most.
    assertThat(statistics.getAverage())
        .isCloseTo(epochs, within(5 * .5 / Math.sqrt(documents) + 1e-12));
    assertThat(statistics.getMin()).isGreaterThanOrEqualTo((int) Math.floor(epochs));
    assertThat(statistics.getMax()).isLessThanOrEqualTo((int) Math.ceil(epochs));
  }

  @Property(tries = 200)
  void aSampleIsWithinALargerOne(@ForAll long seed, @ForAll @IntRange(max = 99) int hundredths) {
    for (int i = 0; i < 50; i++) {
      assertThat(Mixture.copies(seed, "d" + i, hundredths / 100.))
          .isLessThanOrEqualTo(Mixture.copies(seed, "d" + i, (hundredths + 1) / 100.));
    }
  }

  /** PanGu's 200B table on sources of 500 to 3,000 documents of very different lengths. */
  @Test
  void realisedWeightsAreWithinHalfAPerCentOrADocument() {
    var documents = new LinkedHashMap<String, int[]>();
    var random = new Random(1);
    List.of("public", "ebooks", "common-crawl", "news", "encyclopedia")
        .forEach(
            source ->
                documents.put(
                    source,
                    random
                        .ints(500 + random.nextInt(2500))
                        .map(i -> 20 + (int) Math.exp(random.nextDouble() * 7))
                        .toArray()));
    var available = new LinkedHashMap<String, Long>();
    documents.forEach(
        (source, lengths) -> available.put(source, IntStream.of(lengths).asLongStream().sum()));

    var mixture = MixtureTable.pangu("200b").byWeights(2_000_000, available);
    var taken = new LinkedHashMap<String, Long>();
    mixture.sources().forEach(s -> taken.put(s.name(), taken(s, documents.get(s.name()))));

    var realised = Mixture.realised(taken);
    for (var source : mixture.sources()) {
      int longest = IntStream.of(documents.get(source.name())).max().getAsInt();
      assertThat(taken.get(source.name())).isCloseTo(source.planned(), within((long) longest));
      assertThat(realised.get(source.name())).isCloseTo(source.weight(), within(.005));
    }
    assertThat(mixture.sources().stream().mapToInt(Mixture.Source::fullCopies).max().getAsInt())
        .isPositive();
  }

  @Test
  void theSampleSaysNothingAboutTheOrder() {
    var keys = IntStream.range(0, 10_000).mapToObj(i -> "doc" + i).toList();

    long bothLow =
        keys.stream()
            .filter(id -> Mixture.copies(SEED, id, .5) == 1 && GlobalShuffle.key(SEED, 0, id) < 0)
            .count();

    assertThat(bothLow).isBetween(2300L, 2700L);
  }

  @Test
  void refusesWhatCantBeMixed() {
    assertThatThrownBy(() -> Mixture.ofWeights(Map.of("a", 1.), 10, Map.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("source \"a\" has 0 tokens");
    assertThatThrownBy(() -> Mixture.ofWeights(Map.of("a", -1.), 10, Map.of("a", 1L)))
        .hasMessageContaining("weight of source \"a\" is -1.0");
    assertThatThrownBy(() -> Mixture.ofWeights(Map.of("a", 0.), 10, Map.of("a", 1L)))
        .hasMessageContaining("no source of the mixture has a weight above 0");
    assertThatThrownBy(() -> Mixture.ofWeights(Map.of("a", 1.), 0, Map.of("a", 1L)))
        .hasMessageContaining("above 0, not 0");
    assertThatThrownBy(() -> Mixture.ofEpochs(Map.of("a", Double.NaN), Map.of("a", 1L)))
        .hasMessageContaining("epochs of source \"a\" is NaN");
    assertThatThrownBy(() -> Mixture.ofEpochs(Map.of("a", 1.), Map.of("a", 1L)).source("b"))
        .hasMessage("no source \"b\" in the mixture of [a]");
  }

  private static long taken(Mixture.Source source, int[] lengths) {
    var keys =
        IntStream.range(0, lengths.length)
            .mapToLong(i -> Mixture.sampleKey(SEED, source.name() + i))
            .toArray();
    var quota = new TokenQuota();
    IntStream.range(0, lengths.length).forEach(i -> quota.add(keys[i], lengths[i]));
    int bucket = quota.bucket(source.sampled());
    var members =
        IntStream.range(0, lengths.length)
            .filter(i -> TokenQuota.bucketOf(keys[i]) == bucket)
            .toArray();
    long cutoff =
        quota.cutoff(
            source.sampled(),
            IntStream.of(members).mapToLong(i -> keys[i]).toArray(),
            IntStream.of(members).mapToLong(i -> lengths[i]).toArray());
    return IntStream.range(0, lengths.length)
        .mapToLong(i -> (long) Mixture.copies(keys[i], source.fullCopies(), cutoff) * lengths[i])
        .sum();
  }
}
