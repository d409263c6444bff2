package org.millrace.kernel.dedup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.kernel.clean.Simplified;
import org.millrace.kernel.dedup.Shingles.Unit;

/** The manual pages of {@link SharedManPagesTest} after conversion to simplified characters. */
class SharedSimplifiedPagesTest {

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
            .map(page -> Jaccard.set(shingles.hashes(Simplified.of(page.get("text").asText()))))
            .toList();
    similar = Pair.similar(sets, .7);
  }

  @Test
  void recallOfThePairs() {
    var pages = new HashMap<String, List<long[]>>();
    for (int i = 0; i < PAGES.size(); i++) {
      pages
          .computeIfAbsent(PAGES.get(i).get("pair").asText(), p -> new ArrayList<>())
          .add(sets.get(i));
    }
    var similarities =
        pages.values().stream()
            .mapToDouble(pair -> Jaccard.of(pair.get(0), pair.get(1)))
            .sorted()
            .toArray();

    assertThat(similarities).hasSize(358);
    assertThat(similarities[0]).isCloseTo(.704, within(.0005));
    assertThat((similarities[178] + similarities[179]) / 2).isCloseTo(.978, within(.0005));
    assertThat(Arrays.stream(similarities).filter(s -> s >= .7).count()).isEqualTo(358);
    assertThat(Arrays.stream(similarities).filter(s -> s >= .9).count() / 358.0)
        .isCloseTo(.964, within(.0005));
  }

  @Test
  void pairsAndComponentsAtSevenTenths() {
    var components = Pair.components(PAGES.size(), similar);

    assertThat(similar).hasSize(542);
    assertThat(similar.stream().filter(SharedSimplifiedPagesTest::samePage)).hasSize(358);
    assertThat(components.count()).isEqualTo(329);
    assertThat(components.largest()).isEqualTo(16);
  }

  private static boolean samePage(Pair pair) {
    return PAGES.get(pair.first()).get("pair").equals(PAGES.get(pair.second()).get("pair"));
  }

  /** What a profile finds of the pairs, within four standard errors of the formula. */
  @ParameterizedTest
  @ValueSource(strings = {"balanced", "recall", "fineweb"})
  void bandsFindWhatTheirCurveSays(String profile) {
    var bands = Bands.profile(profile);
    double expected = 0;
    double variance = 0;
    for (var pair : similar) {
      double chance =
          bands.probability(Jaccard.of(sets.get(pair.first()), sets.get(pair.second())));
      expected += chance;
      variance += chance * (1 - chance);
    }

    var candidates = Pair.candidates(sets, bands, 42);
    long found = similar.stream().filter(candidates::contains).count();

    assertThat((double) found).isCloseTo(expected, within(4 * Math.sqrt(variance) + .5));
  }
}
