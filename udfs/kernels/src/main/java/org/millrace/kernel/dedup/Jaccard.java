package org.millrace.kernel.dedup;

import java.util.Arrays;

/** Exact Jaccard similarity of sets of hashes, the judge of the pairs that MinHash proposes. */
public final class Jaccard {

  private Jaccard() {}

  /**
   * Hashes as a set.
   *
   * @param hashes in any order, any number of times each
   * @return a new array, ascending, each hash once
   */
  public static long[] set(long[] hashes) {
    var sorted = hashes.clone();
    Arrays.sort(sorted);
    int length = 0;
    for (int i = 0; i < sorted.length; i++) {
      if (i == 0 || sorted[i] != sorted[i - 1]) {
        sorted[length++] = sorted[i];
      }
    }
    return Arrays.copyOf(sorted, length);
  }

  /**
   * Elements that two sets share. Linear in their sizes.
   *
   * @param first ascending, each hash once
   * @param second the same
   */
  public static int shared(long[] first, long[] second) {
    int shared = 0;
    for (int i = 0, j = 0; i < first.length && j < second.length; ) {
      long x = first[i];
      long y = second[j];
      shared += x == y ? 1 : 0;
      i += x <= y ? 1 : 0;
      j += y <= x ? 1 : 0;
    }
    return shared;
  }

  /**
   * Jaccard similarity of two sets: shared elements over all. The quotient is correctly rounded, so
   * that 7 of 10 is not below a threshold of 0.7.
   *
   * @param first ascending, each hash once
   * @param second the same
   * @return 0 to 1; 0 where both are empty, as nothing speaks for their likeness
   */
  public static double of(long[] first, long[] second) {
    int shared = shared(first, second);
    long all = (long) first.length + second.length - shared;
    return all == 0 ? 0 : (double) shared / all;
  }

  /**
   * Jaccard similarity of two texts' sets of shingles.
   *
   * @param shingles how the texts are cut
   * @param first not null
   * @param second not null
   * @return 0 to 1; 0 where neither has a shingle
   */
  public static double of(Shingles shingles, String first, String second) {
    return of(set(shingles.hashes(first)), set(shingles.hashes(second)));
  }
}
