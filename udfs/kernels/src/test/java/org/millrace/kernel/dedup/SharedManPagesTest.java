package org.millrace.kernel.dedup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.kernel.dedup.Shingles.Unit;

/** 358 manual pages in simplified and traditional characters, without conversion. */
class SharedManPagesTest {

  private static final List<JsonNode> PAGES = new ArrayList<>();
  private static List<long[]> sets;
  private static Set<Pair> similar;

  @BeforeAll
  static void read() throws IOException {
    var json = new ObjectMapper();
    for (var line : SharedText.lines("manpages_zh_pairs_dev.jsonl.gz")) {
      PAGES.add(json.readTree(line));
    }
    var shingles = Shingles.of(Unit.CHARACTERS, Shingles.SIZE);
    sets =
        PAGES.stream()
            .map(page -> Jaccard.set(shingles.hashes(page.get("text").asText())))
            .toList();
    similar = Pair.similar(sets, .7);
  }

  @Test
  void similarityOfThePairs() {
    var similarities =
        PAGES.stream()
            .collect(Collectors.groupingBy(page -> page.get("pair").asText()))
            .values()
            .stream()
            .mapToDouble(
                pair ->
                    Jaccard.of(
                        sets.get(PAGES.indexOf(pair.get(0))), sets.get(PAGES.indexOf(pair.get(1)))))
            .sorted()
            .toArray();

    assertThat(similarities).hasSize(358);
    assertThat(similarities[0]).isCloseTo(.215, within(.0005));
    assertThat((similarities[178] + similarities[179]) / 2).isCloseTo(.425, within(.0005));
    assertThat(share(similarities, .5)).isCloseTo(.279, within(.0005));
    assertThat(share(similarities, .7)).isCloseTo(.075, within(.0005));
    assertThat(share(similarities, .9)).isCloseTo(.003, within(.0005));
  }

  private static double share(double[] values, double threshold) {
    return Arrays.stream(values).filter(x -> x >= threshold).count() / (double) values.length;
  }

  @Test
  void pairsAndComponentsAtSevenTenths() {
    assertThat(similar).hasSize(123);
    assertThat(similar.stream().filter(SharedManPagesTest::samePage)).hasSize(27);
    assertThat(Pair.components(PAGES.size(), similar).count()).isEqualTo(640);
  }

  private static boolean samePage(Pair pair) {
    return PAGES.get(pair.first()).get("pair").equals(PAGES.get(pair.second()).get("pair"));
  }

  /** What a profile finds of the similar pairs, within four standard errors of the formula. */
  @ParameterizedTest
  @CsvSource({
    "balanced, 1", "balanced, 2", "balanced, 42",
    "recall, 1", "recall, 2", "recall, 42",
    "fineweb, 1", "fineweb, 2", "fineweb, 42"
  })
  void recallFollowsTheCurve(String profile, long seed) {
    var bands = Bands.profile(profile);
    double expected = 0;
    double variance = 0;
    for (var pair : similar) {
      double chance =
          bands.probability(Jaccard.of(sets.get(pair.first()), sets.get(pair.second())));
      expected += chance;
      variance += chance * (1 - chance);
    }

    var candidates = Pair.candidates(sets, bands, seed);
    long found = similar.stream().filter(candidates::contains).count();

    assertThat((double) found).isCloseTo(expected, within(4 * Math.sqrt(variance) + .5));
  }
}
