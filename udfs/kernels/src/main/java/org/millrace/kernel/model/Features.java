package org.millrace.kernel.model;

/**
 * The features of one text: buckets of the n-grams that end at each unit, n from 1 to 3 for
 * characters and to 2 for words.
 */
final class Features {

  private static final long TWO = 0x9E3779B97F4A7C15L;
  private static final long THREE = 0xC2B2AE3D27D4EB4FL;
  private static final int NONE = -1;

  private final UnitReader reader;
  private final int shift;
  private final boolean trigrams;
  private long last;
  private long beforeLast;
  private int read;
  private int first;
  private int second;
  private int third;

  Features(String text, Units units, int buckets) {
    reader = new UnitReader(text, units);
    shift = Long.numberOfLeadingZeros(buckets) + 1;
    trigrams = units == Units.CHARACTERS;
  }

  /** Goes to the next unit; false at the end of the text. */
  boolean next() {
    if (!reader.next()) {
      return false;
    }
    long unit = Mix.of(reader.unit() + TWO);
    read = Math.min(3, read + 1);
    first = bucket(unit);
    second = read > 1 ? bucket((last * TWO + unit) * THREE) : NONE;
    third = read > 2 && trigrams ? bucket(Mix.of((beforeLast * THREE + last) * TWO + unit)) : NONE;
    beforeLast = last;
    last = unit;
    return true;
  }

  /** Bucket of the unit. */
  int first() {
    return first;
  }

  /** Bucket of it and the one before; −1 if there is none. */
  int second() {
    return second;
  }

  /** Bucket of it and the two before; −1 if there are none. */
  int third() {
    return third;
  }

  private int bucket(long hash) {
    return (int) (hash >>> shift);
  }
}
