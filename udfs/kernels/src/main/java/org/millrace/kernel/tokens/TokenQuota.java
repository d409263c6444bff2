package org.millrace.kernel.tokens;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * Finds where to cut the documents of a source, in the order of their sample keys, so that those
 * before have a given number of tokens, within half a document. In two passes, each mergeable over
 * partitions: first every document is added, which sums the tokens by the key's first 16 bits; then
 * {@link #cutoff} looks at the documents of one of these 65,536 buckets alone.
 *
 * <p>For one thread.
 */
public final class TokenQuota {

  /** Number of buckets. */
  public static final int BUCKETS = 1 << 16;

  private static final int SHIFT = 63 - 16;

  private final long[] tokens = new long[BUCKETS];

  /**
   * Bucket of a key.
   *
   * @param sampleKey {@link Mixture#sampleKey}
   * @return 0 to {@link #BUCKETS} - 1
   */
  public static int bucketOf(long sampleKey) {
    return (int) (sampleKey >>> SHIFT);
  }

  /**
   * Counts a document.
   *
   * @param sampleKey {@link Mixture#sampleKey} of it
   * @param count its tokens, at least 0
   */
  public void add(long sampleKey, long count) {
    tokens[bucketOf(sampleKey)] += count;
  }

  /** Counts what another one has counted. */
  public void merge(TokenQuota other) {
    for (int i = 0; i < BUCKETS; i++) {
      tokens[i] += other.tokens[i];
    }
  }

  /** Tokens of all documents. */
  public long total() {
    return before(BUCKETS);
  }

  /**
   * The bucket in which the sum of tokens comes to the quota.
   *
   * @param quota tokens to take; below 0 counts as 0 and above the total as that
   * @return 0 to {@link #BUCKETS} - 1
   */
  public int bucket(long quota) {
    long sum = 0;
    for (int i = 0; i < BUCKETS; i++) {
      sum += tokens[i];
      if (sum >= quota && sum > 0) {
        return i;
      }
    }
    return BUCKETS - 1;
  }

  /**
   * The key before which documents are taken.
   *
   * @param quota tokens to take
   * @param keys sample keys of all documents of {@link #bucket}, in any order
   * @param counts tokens of each of them
   * @return a bound for {@link Mixture#copies(long, int, long)}: documents of a smaller key are in
   */
  public long cutoff(long quota, long[] keys, long[] counts) {
    int bucket = bucket(quota);
    long sum = before(bucket);
    var order =
        IntStream.range(0, keys.length)
            .boxed()
            .sorted(Comparator.comparingLong(i -> keys[i]))
            .toList();
    for (int i : order) {
      if (bucketOf(keys[i]) != bucket) {
        throw new IllegalArgumentException(
            "key %d is of bucket %d and not %d".formatted(keys[i], bucketOf(keys[i]), bucket));
      }
      if (sum + (counts[i] + 1) / 2 > quota) {
        return keys[i];
      }
      sum += counts[i];
    }
    return bucket == BUCKETS - 1 ? Long.MAX_VALUE : (long) (bucket + 1) << SHIFT;
  }

  private long before(int bucket) {
    long sum = 0;
    for (int i = 0; i < bucket; i++) {
      sum += tokens[i];
    }
    return sum;
  }
}
