package org.millrace.kernel.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class TokenQuotaTest {

  @Property
  void takesTheQuotaWithinHalfADocument(
      @ForAll @Size(max = 60) List<@IntRange(max = 500) Integer> lengths,
      @ForAll @IntRange(max = 20_000) int wanted,
      @ForAll long seed) {
    long total = lengths.stream().mapToLong(Integer::longValue).sum();
    long quota = Math.min(wanted, total);
    var keys =
        IntStream.range(0, lengths.size())
            .mapToLong(i -> Mixture.sampleKey(seed, "d" + i))
            .toArray();

    // Two partitions, merged.
    var first = new TokenQuota();
    var second = new TokenQuota();
    for (int i = 0; i < keys.length; i++) {
      (i % 3 == 0 ? first : second).add(keys[i], lengths.get(i));
    }
    first.merge(second);
    long cutoff = cutoff(first, quota, keys, lengths);

    long taken =
        IntStream.range(0, keys.length)
            .filter(i -> Mixture.copies(keys[i], 0, cutoff) == 1)
            .mapToLong(lengths::get)
            .sum();
    int longest = lengths.stream().mapToInt(Integer::intValue).max().orElse(0);
    assertThat(first.total()).isEqualTo(total);
    assertThat(Math.abs(taken - quota) * 2).isLessThanOrEqualTo(longest + 1L);
  }

  @Test
  void nothingAndAllAreExact() {
    long[] keys = {0, Long.MAX_VALUE - 1};
    var quota = new TokenQuota();
    quota.add(keys[0], 5);
    quota.add(keys[1], 7);

    long none = cutoff(quota, 0, keys, List.of(5, 7));
    long all = cutoff(quota, 12, keys, List.of(5, 7));

    assertThat(Mixture.copies(keys[0], 1, none)).isEqualTo(1);
    assertThat(Mixture.copies(keys[0], 1, all)).isEqualTo(2);
    assertThat(Mixture.copies(keys[1], 1, all)).isEqualTo(2);
  }

  @Test
  void aKeyOfAnotherBucketIsRefused() {
    var quota = new TokenQuota();
    quota.add(0, 5);

    assertThatThrownBy(() -> quota.cutoff(3, new long[] {1L << 50}, new long[] {5}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("is of bucket 8 and not 0");
  }

  private static long cutoff(TokenQuota quota, long wanted, long[] keys, List<Integer> lengths) {
    int bucket = quota.bucket(wanted);
    var members =
        IntStream.range(0, keys.length)
            .filter(i -> TokenQuota.bucketOf(keys[i]) == bucket)
            .toArray();
    return quota.cutoff(
        wanted,
        IntStream.of(members).mapToLong(i -> keys[i]).toArray(),
        IntStream.of(members).mapToLong(lengths::get).toArray());
  }
}
