package org.millrace.streaming.anomaly.input;

import org.millrace.streaming.job.BadRecord;

/** Values as text. */
final class Numbers {

  private static final int LONGEST = 400;

  private Numbers() {}

  /** A number; NaN for what stands for an absent one, and for infinities. */
  static double parse(String text, String variable) throws BadRecord {
    var trimmed = text.strip();
    switch (trimmed) {
      case "", "NaN", "nan", "NA", "N/A", "null", "NULL", "-", "Inf", "inf", "+Inf", "-Inf" -> {
        return Double.NaN;
      }
      default -> {}
    }
    int length = trimmed.length();
    char last = trimmed.charAt(length - 1);
    // Java's suffixes and hexadecimal floats are no telemetry.
    if (length > LONGEST || last > '9' || trimmed.indexOf('x') >= 0 || trimmed.indexOf('X') >= 0) {
      throw bad(trimmed, variable);
    }
    try {
      double value = Double.parseDouble(trimmed);
      return Double.isInfinite(value) ? Double.NaN : value;
    } catch (NumberFormatException e) {
      throw bad(trimmed, variable);
    }
  }

  static BadRecord bad(String text, String variable) {
    return new BadRecord("not a number", variable + " = '" + text + "'");
  }
}
