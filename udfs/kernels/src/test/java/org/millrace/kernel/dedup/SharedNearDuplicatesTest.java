package org.millrace.kernel.dedup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.kernel.dedup.Shingles.Unit;

/** A thousand English texts with ten known near-duplicates, at any threshold of a wide range. */
class SharedNearDuplicatesTest {

  @ParameterizedTest
  @CsvSource({"WORDS, 3, 0.978, 0.181", "WORDS, 5, 0.960, 0.175", "CHARACTERS, 24, 0.959, 0.162"})
  void thresholdsBetweenGivePrecisionAndRecallOne(Unit unit, int size, double like, double unlike)
      throws IOException {
    var documents = SharedText.lines("near_duplicates_1000.train.gz");
    var sets = sets(documents, Shingles.of(unit, size));
    var truth = truth(documents);

    // Whose normal form a figure was made with moves it by as much.
    var others = Pair.similar(sets, unlike - .005);
    others.removeAll(truth);

    assertThat(truth.stream().mapToDouble(pair -> similarity(sets, pair)).min().getAsDouble())
        .isCloseTo(like, within(.001));
    assertThat(others.stream().mapToDouble(pair -> similarity(sets, pair)).max().getAsDouble())
        .isCloseTo(unlike, within(.005));
  }

  @ParameterizedTest
  @CsvSource({"balanced", "recall", "fineweb", "text-dedup"})
  void everyProfileFindsThem(String profile) throws IOException {
    var documents = SharedText.lines("near_duplicates_1000.train.gz");
    var sets = sets(documents, Shingles.of(Unit.WORDS, 5));

    var verified = Pair.candidates(sets, Bands.profile(profile), MinHash.SEED);
    verified.removeIf(pair -> similarity(sets, pair) < .7);

    assertThat(verified).isEqualTo(truth(documents));
    assertThat(Pair.components(sets.size(), verified).count()).isEqualTo(990);
  }

  private static List<long[]> sets(List<String> documents, Shingles shingles) {
    return documents.stream()
        .map(line -> Jaccard.set(shingles.hashes(line.substring(line.indexOf(' ') + 1))))
        .toList();
  }

  private static double similarity(List<long[]> sets, Pair pair) {
    return Jaccard.of(sets.get(pair.first()), sets.get(pair.second()));
  }

  private static Set<Pair> truth(List<String> documents) throws IOException {
    var ids =
        IntStream.range(0, documents.size())
            .boxed()
            .collect(Collectors.toMap(i -> documents.get(i).split(" ", 2)[0], i -> i));
    return SharedText.lines("near_duplicates_1000.truth").stream()
        .map(line -> line.split(" "))
        .map(pair -> Pair.of(ids.get(pair[0]), ids.get(pair[1])))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
