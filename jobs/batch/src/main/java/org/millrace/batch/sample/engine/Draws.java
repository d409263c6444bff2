package org.millrace.batch.sample.engine;

/**
 * Random draws that are the same on every JVM: SplitMix64 (Steele, Lea and Flood, "Fast splittable
 * pseudorandom number generators", OOPSLA 2014).
 */
public final class Draws {

  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private long state;

  Draws(long seed) {
    state = seed;
  }

  long next() {
    state += GOLDEN;
    return mix(state);
  }

  /** Uniform in [0, 1). */
  double unit() {
    return (next() >>> 11) * 0x1.0p-53;
  }

  /** Uniform in [0, bound), bound at least 1; the bias of below bound / 2^31 is accepted. */
  int below(int bound) {
    return (int) (((next() >>> 33) * bound) >>> 31);
  }

  /** 64 well-mixed bits of a text. */
  public static long hash(String text) {
    long hash = text.length();
    for (int i = 0; i < text.length(); i++) {
      hash = mix(hash + GOLDEN + text.charAt(i));
    }
    return hash;
  }

  /** Folds a further value into a key. */
  public static long fold(long key, long value) {
    return mix(mix(key + GOLDEN) ^ value);
  }

  private static long mix(long bits) {
    long z = (bits ^ (bits >>> 30)) * 0xbf58476d1ce4e5b9L;
    z = (z ^ (z >>> 27)) * 0x94d049bb133111ebL;
    return z ^ (z >>> 31);
  }
}
