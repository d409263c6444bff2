package org.millrace.kernel.strategy;

import java.nio.charset.StandardCharsets;
import org.millrace.kernel.dedup.XxHash64;

/**
 * Random draws without a state: a draw is a function of a seed and of what it is for, so that it
 * depends on no partition, order or thread. The mix is the finaliser of SplitMix64 (Steele, Lea and
 * Flood, OOPSLA 2014), chained.
 */
public final class Draws {

  private static final long GOLDEN = 0x9E3779B97F4A7C15L;
  private static final double UNIT = 0x1p-53;

  private Draws() {}

  /**
   * Key of a seed and a number; chained for several.
   *
   * @param seed or a key
   * @param number any
   */
  public static long key(long seed, long number) {
    return mix(mix(seed + GOLDEN) ^ (number * GOLDEN + 1));
  }

  /**
   * Key of a seed and a text.
   *
   * @param seed or a key
   * @param text not null
   */
  public static long key(long seed, String text) {
    var bytes = text.getBytes(StandardCharsets.UTF_8);
    return mix(XxHash64.hash(bytes, 0, bytes.length, seed));
  }

  /**
   * The draw of a key, from 0 inclusive to 1 exclusive.
   *
   * @param key from {@link #key}
   */
  public static double uniform(long key) {
    return (mix(key + GOLDEN) >>> 11) * UNIT;
  }

  /**
   * A whole number from 0 to a bound, exclusive.
   *
   * @param key from {@link #key}
   * @param bound at least 1
   */
  public static int below(long key, int bound) {
    return (int) (uniform(key) * bound);
  }

  /**
   * Time of the first event of a Poisson process of rate 1. The least of {@code exponential / w}
   * over items of weight w falls on each with a chance proportional to its weight: a weighted draw
   * that is a plain minimum.
   *
   * @param key from {@link #key}
   * @return above 0
   */
  public static double exponential(long key) {
    return -Math.log1p(-(uniform(key) + UNIT / 2));
  }

  private static long mix(long value) {
    long z = (value ^ (value >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
