package org.millrace.batch.sample.engine;

/** Which intermediate results a puzzle allows; none is negative, which loses no solution. */
enum Arithmetic {
  /** Game of 24: exact fractions. */
  FRACTIONS,
  /** Countdown: whole numbers, so only divisions without a remainder. */
  WHOLE;

  boolean allows(long value) {
    return value != Fractions.NONE && (this == FRACTIONS || Fractions.denominator(value) == 1);
  }
}
