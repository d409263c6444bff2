package org.millrace.streaming.anomaly.detect;

/** Random numbers that are functions of a key, so that no generator is part of any state. */
final class Seeds {

  /** The increment of SplitMix64 (Steele, Lea and Flood 2014). */
  static final long STEP = 0x9E3779B97F4A7C15L;

  private Seeds() {}

  /** A seed of its own for each number. */
  static long mixed(long seed, long number) {
    return mix(seed ^ mix(number + STEP));
  }

  /** Uniform in [0, 1), 53 bits of the mixed state. */
  static double unit(long state) {
    return (mix(state) >>> 11) * 0x1p-53;
  }

  private static long mix(long state) {
    long z = state;
    z = (z ^ (z >>> 30)) * 0xBF58476D1CE4E5B9L;
    z = (z ^ (z >>> 27)) * 0x94D049BB133111EBL;
    return z ^ (z >>> 31);
  }
}
