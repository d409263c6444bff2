package org.millrace.batch.corpus.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;

/** The pairs of one small bucket. */
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
  void oldDocumentsMakeNoPairsAmongThemselves() {
    assertThat(pairs(1, -2, 0, -5))
        .containsExactlyInAnyOrder(
            new Pair(-5, 0), new Pair(-2, 0), new Pair(-5, 1), new Pair(-2, 1), new Pair(0, 1));
    assertThat(pairs(-1, -2, -3)).isEmpty();
  }

  @Test
  void aDocumentTwiceInABucketIsNoPairOfItself() {
    assertThat(pairs(7, 7)).isEmpty();
    assertThat(pairs(7)).isEmpty();
    assertThat(pairs()).isEmpty();
  }
}
