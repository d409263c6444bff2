package org.millrace.batch.sample.engine;

/**
 * Exact fractions of at least 0 as one long, reduced, the numerator in the upper half and the
 * denominator (at least 1) in the lower; both below 2^31. Results outside of that are {@link
 * #NONE}.
 */
final class Fractions {

  /** No value: below 0, divided by 0, or too large to hold. */
  static final long NONE = -1;

  private Fractions() {}

  static long of(long whole) {
    return whole < 0 || whole > Integer.MAX_VALUE ? NONE : whole << 32 | 1;
  }

  static long numerator(long fraction) {
    return fraction >>> 32;
  }

  static long denominator(long fraction) {
    return fraction & 0xffffffffL;
  }

  static double toDouble(long fraction) {
    return (double) numerator(fraction) / denominator(fraction);
  }

  /** As people write it: {@code 7} or {@code 8/3}. */
  static String toString(long fraction) {
    long denominator = denominator(fraction);
    return denominator == 1
        ? Long.toString(numerator(fraction))
        : numerator(fraction) + "/" + denominator;
  }

  static long apply(Operation operation, long left, long right) {
    long n1 = numerator(left);
    long d1 = denominator(left);
    long n2 = numerator(right);
    long d2 = denominator(right);
    // Factors are below 2^31, so products are below 2^62 and their sum below 2^63.
    return switch (operation) {
      case ADD -> reduced(n1 * d2 + n2 * d1, d1 * d2);
      case SUBTRACT -> reduced(n1 * d2 - n2 * d1, d1 * d2);
      case MULTIPLY -> reduced(n1 * n2, d1 * d2);
      case DIVIDE -> n2 == 0 ? NONE : reduced(n1 * d2, d1 * n2);
    };
  }

  private static long reduced(long numerator, long denominator) {
    if (numerator < 0) {
      return NONE;
    }
    long divisor = denominator == 1 ? 1 : gcd(numerator, denominator);
    long n = numerator / divisor;
    long d = denominator / divisor;
    return n > Integer.MAX_VALUE || d > Integer.MAX_VALUE ? NONE : n << 32 | d;
  }

  private static long gcd(long a, long b) {
    while (b != 0) {
      long rest = a % b;
      a = b;
      b = rest;
    }
    return a;
  }
}
