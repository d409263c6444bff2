package org.millrace.kernel.dedup;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * MinHash signatures (Broder 1997): of each of P pseudo-random permutations the smallest value over
 * a set of hashes. Two sets of Jaccard similarity s agree in a value with probability s, so the
 * share of equal values estimates s with standard error sqrt(s(1-s)/P).
 *
 * <p>Permutation i takes a hash x to the high 32 bits of {@code a[i]·x + b[i]} in wrap-around
 * 64-bit arithmetic (multiply-shift; Dietzfelbinger et al. 1997), a odd. Coefficients are the
 * SplitMix64 sequence (Steele et al. 2014) of the seed, a[0], b[0], a[1], b[1] and so on: the
 * signature of fewer permutations is the beginning of that of more.
 *
 * <p>Immutable and thread-safe; a {@link Sketch} is for one thread.
 */
public final class MinHash {

  /** Seed by default. */
  public static final long SEED = 42;

  /** Most permutations that a signature can have. */
  public static final int MOST = 1 << 16;

  private static final long HIGHEST = 0xFFFFFFFFL;
  private static final int[] NONE = {};

  private final long[] a;
  private final long[] b;

  private MinHash(int permutations, long seed) {
    if (permutations < 1 || permutations > MOST) {
      throw new IllegalArgumentException(
          "a signature has 1 to " + MOST + " permutations, not " + permutations);
    }
    a = new long[permutations];
    b = new long[permutations];
    long state = seed;
    for (int i = 0; i < permutations; i++) {
      state += 0x9E3779B97F4A7C15L;
      a[i] = mixed(state) | 1;
      state += 0x9E3779B97F4A7C15L;
      b[i] = mixed(state);
    }
  }

  /**
   * Signatures of some length, seeded by {@link #SEED}.
   *
   * @param permutations values of a signature, 1 to {@link #MOST}
   */
  public static MinHash of(int permutations) {
    return new MinHash(permutations, SEED);
  }

  /**
   * Signatures of some length.
   *
   * @param permutations values of a signature, 1 to {@link #MOST}
   * @param seed of the permutations
   */
  public static MinHash seeded(int permutations, long seed) {
    return new MinHash(permutations, seed);
  }

  /** Values of a signature. */
  public int permutations() {
    return a.length;
  }

  /** The odd factors, one a permutation; a copy. */
  public long[] factors() {
    return a.clone();
  }

  /** The summands, one a permutation; a copy. */
  public long[] summands() {
    return b.clone();
  }

  /**
   * Signature of a set of hashes.
   *
   * @param hashes in any order, any number of times each
   * @return a value for each permutation, unsigned; empty where there is no hash
   */
  public int[] signature(long[] hashes) {
    var sketch = sketch();
    sketch.add(hashes, 0, hashes.length);
    return sketch.signature();
  }

  /**
   * Signature of a text's shingles, in memory that doesn't grow with them.
   *
   * @param shingles how the text is cut
   * @param text not null
   * @return a value for each permutation, unsigned; empty where the text has no shingle
   */
  public int[] signature(Shingles shingles, String text) {
    var sketch = sketch();
    shingles.forEachBlock(text, (hashes, length) -> sketch.add(hashes, 0, length));
    return sketch.signature();
  }

  /**
   * Signature of the shingles of a text as it stands, by {@link Shingles#forEachBlockOfForm}.
   *
   * @param shingles how the text is cut
   * @param form not null; equal to {@link #signature(Shingles, String)} where it is a normal form
   * @return a value for each permutation, unsigned; empty where the text has no shingle
   */
  public int[] signatureOfForm(Shingles shingles, String form) {
    var sketch = sketch();
    var utf8 = form.getBytes(StandardCharsets.UTF_8);
    shingles.forEachBlockOfForm(utf8, (hashes, length) -> sketch.add(hashes, 0, length));
    return sketch.signature();
  }

  /** A signature to be made piece by piece. */
  public Sketch sketch() {
    return new Sketch(a, b);
  }

  /**
   * Estimate of the Jaccard similarity of two sets: the share of equal values.
   *
   * @param first signature by the same permutations as {@code second}
   * @param second signature
   * @return 0 to 1; 0 where both are empty
   */
  public static double similarity(int[] first, int[] second) {
    if (first.length != second.length) {
      throw new IllegalArgumentException(
          "signatures of %d and %d values".formatted(first.length, second.length));
    }
    int equal = 0;
    for (int i = 0; i < first.length; i++) {
      equal += first[i] == second[i] ? 1 : 0;
    }
    return first.length == 0 ? 0 : (double) equal / first.length;
  }

  private static long mixed(long state) {
    long z = (state ^ state >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  /** Signature of the hashes so far; the order and division of what is added don't matter. */
  public static final class Sketch {
    private final long[] a;
    private final long[] b;
    private final long[] minima;
    private boolean any;

    private Sketch(long[] a, long[] b) {
      this.a = a;
      this.b = b;
      minima = new long[a.length];
      Arrays.fill(minima, HIGHEST);
    }

    /**
     * Adds hashes. Time is their number times the permutations.
     *
     * @param hashes not null
     * @param from first to add
     * @param to end, exclusive
     */
    public void add(long[] hashes, int from, int to) {
      for (int i = from; i < to; i++) {
        add(hashes[i], a, b, minima);
      }
      any |= from < to;
    }

    // The JIT makes vector instructions of exactly this: all values as longs of 32 bits, and the
    // minimum by the sign of a difference, as Math.min of longs stays scalar on JDK 17.
    private static void add(long x, long[] a, long[] b, long[] minima) {
      for (int p = 0; p < minima.length; p++) {
        long less = (a[p] * x + b[p] >>> 32) - minima[p];
        minima[p] += less & less >> 63;
      }
    }

    /** The signature: a value for each permutation, unsigned; empty if nothing was added. */
    public int[] signature() {
      if (!any) {
        return NONE;
      }
      var values = new int[minima.length];
      for (int p = 0; p < values.length; p++) {
        values[p] = (int) minima[p];
      }
      return values;
    }
  }
}
