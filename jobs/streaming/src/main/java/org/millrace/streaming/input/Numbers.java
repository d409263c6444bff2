package org.millrace.streaming.input;

import java.util.Locale;
import java.util.Set;
import org.millrace.streaming.job.BadRecord;

/**
 * Values as text: decimal numbers, with or without an exponent.
 *
 * <p>Absent is what says that there is no value, in any case of letters: nothing or spaces, {@code
 * -}, {@code NaN}, {@code null}, {@code None}, {@code NA}, {@code N/A}; and an infinity ({@code
 * Inf}, {@code Infinity}), which is the outcome of a division and nothing to compare a value with.
 * All else is bad: text, and a number too large for a double, of which it isn't known how large it
 * was.
 */
public final class Numbers {

  private static final int LONGEST = 400;
  private static final int LONGEST_MARK = 9;
  private static final Set<String> ABSENT =
      Set.of("", "-", "nan", "null", "none", "na", "n/a", "<na>", "#n/a", "inf", "infinity");

  private Numbers() {}

  /** A number; NaN for an absent one. Never infinite. */
  public static double parse(String text, String variable) throws BadRecord {
    var trimmed = text.strip();
    if (isAbsent(trimmed)) {
      return Double.NaN;
    }
    int length = trimmed.length();
    char last = trimmed.charAt(length - 1);
    // Java's suffixes and hexadecimal floats are no telemetry.
    if (length > LONGEST || last > '9' || trimmed.indexOf('x') >= 0 || trimmed.indexOf('X') >= 0) {
      throw bad(trimmed, variable);
    }
    double value;
    try {
      value = Double.parseDouble(trimmed);
    } catch (NumberFormatException e) {
      throw bad(trimmed, variable);
    }
    if (Double.isInfinite(value)) {
      throw new BadRecord("number too large", variable + " = '" + trimmed + "'");
    }
    return value;
  }

  private static boolean isAbsent(String text) {
    int length = text.length();
    if (length > LONGEST_MARK || length > 0 && isDigit(text.charAt(length - 1))) {
      return false;
    }
    boolean signed = length > 1 && (text.charAt(0) == '+' || text.charAt(0) == '-');
    return ABSENT.contains((signed ? text.substring(1) : text).toLowerCase(Locale.ROOT));
  }

  private static boolean isDigit(char c) {
    return c >= '0' && c <= '9';
  }

  private static BadRecord bad(String text, String variable) {
    return new BadRecord("not a number", variable + " = '" + text + "'");
  }
}
