package org.millrace.batch.corpus.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.TreeSet;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.dedup.Components;

/** The pairs of one bucket. */
class CandidatesTest {

  private record Pair(long a, long b) {}

  private static List<Pair> pairs(long... bucket) {
    return Candidates.pairs(bucket).stream().map(pair -> new Pair(pair[0], pair[1])).toList();
  }

  private static long[] shuffled(long from, long to) {
    return LongStream.range(0, to - from).map(i -> from + (i * 37 + 11) % (to - from)).toArray();
  }

  @Test
  void allPairsOfABucketOf64() {
    var pairs = pairs(shuffled(100, 164));

    assertThat(pairs).hasSize(64 * 63 / 2).doesNotHaveDuplicates();
    assertThat(pairs).allMatch(pair -> 100 <= pair.a() && pair.a() < pair.b() && pair.b() < 164);
  }

  @Test
  void aLargerBucketIsAStarAndAChain() {
    var pairs = pairs(shuffled(100, 165));

    var expected = new TreeSet<String>();
    for (long node = 101; node < 165; node++) {
      expected.add("100 " + node);
      expected.add(node - 1 + " " + node);
    }
    assertThat(pairs)
        .doesNotHaveDuplicates()
        .extracting(pair -> pair.a() + " " + pair.b())
        .containsExactlyInAnyOrderElementsOf(expected);
    var components = new Components(65);
    pairs.forEach(pair -> components.join((int) pair.a() - 100, (int) pair.b() - 100));
    assertThat(components.count()).isEqualTo(1);
  }

  @Test
  void oldDocumentsMakeNoPairsAmongThemselves() {
    assertThat(pairs(1, -2, 0, -5))
        .containsExactlyInAnyOrder(
            new Pair(-5, 0), new Pair(-2, 0), new Pair(-5, 1), new Pair(-2, 1), new Pair(0, 1));
    assertThat(pairs(-1, -2, -3)).isEmpty();
  }

  @Test
  void ofALargeBucketEachNewDocumentMeetsTheFirstOldOneAndTheOneBeforeIt() {
    var bucket = LongStream.range(-70, 3).toArray();

    assertThat(pairs(bucket))
        .containsExactlyInAnyOrder(
            new Pair(-70, 0),
            new Pair(-1, 0),
            new Pair(-70, 1),
            new Pair(0, 1),
            new Pair(-70, 2),
            new Pair(1, 2));
  }

  @Test
  void aDocumentTwiceInABucketIsNoPairOfItself() {
    assertThat(pairs(7, 7)).isEmpty();
    assertThat(pairs(7)).isEmpty();
    assertThat(pairs()).isEmpty();
  }
}
