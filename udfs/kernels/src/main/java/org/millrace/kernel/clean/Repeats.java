package org.millrace.kernel.clean;

import java.util.Arrays;

/**
 * Tells which hashes may have been added twice: never wrong about those that were, seldom about the
 * others. A few branch-free steps a hash spare the table of exact counts the many that occur once.
 */
final class Repeats {

  private static final int BITS_PER_KEY = 32;
  private static final int FEWEST_BITS = 1 << 10;
  private static final int MOST_BITS = 1 << 24;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private long[] once = new long[FEWEST_BITS / Long.SIZE];
  private long[] twice = new long[FEWEST_BITS / Long.SIZE];
  private int shift;

  /** Forgets everything and makes room for so many hashes. */
  void clear(int keys) {
    long wanted = Long.highestOneBit(Math.max((long) keys * BITS_PER_KEY, FEWEST_BITS));
    int bits = (int) Math.min(wanted, MOST_BITS);
    int longs = bits / Long.SIZE;
    if (once.length < longs) {
      once = new long[longs];
      twice = new long[longs];
    } else {
      Arrays.fill(once, 0, longs, 0);
      Arrays.fill(twice, 0, longs, 0);
    }
    shift = Long.numberOfLeadingZeros(bits) + 1;
  }

  /** Adds the first hashes of an array; whether any may have been there before. */
  boolean addAll(long[] hashes, int count) {
    long any = 0;
    for (int i = 0; i < count; i++) {
      int place = (int) (hashes[i] * MIX >>> shift);
      long bit = 1L << place;
      int at = place >>> 6;
      long before = once[at];
      long again = before & bit;
      twice[at] |= again;
      once[at] = before | bit;
      any |= again;
    }
    return any != 0;
  }

  /** Whether a hash that was added may have been added twice. */
  boolean maybe(long hash) {
    int place = (int) (hash * MIX >>> shift);
    return (twice[place >>> 6] >>> place & 1) != 0;
  }
}
