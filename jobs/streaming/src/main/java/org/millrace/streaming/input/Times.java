package org.millrace.streaming.input;

import java.time.DateTimeException;
import java.time.LocalDate;
import org.millrace.streaming.job.BadRecord;

/**
 * Times as people write them: ISO-8601 (a space for the T is allowed, UTC without an offset), or a
 * number since 1970 of seconds, milliseconds, microseconds or nanoseconds, told apart by size.
 */
public final class Times {

  /** Numbers below are seconds (up to the year 5138). */
  private static final long SECONDS_BELOW = 100_000_000_000L;

  private static final long MILLIS_BELOW = 100_000_000_000_000L;
  private static final long MICROS_BELOW = 100_000_000_000_000_000L;
  private static final long LAST = 253_402_300_799_999L; // the end of the year 9999
  private static final int LONGEST = 40;

  private Times() {}

  /** Milliseconds since 1970 UTC. */
  public static long parse(String text) throws BadRecord {
    var trimmed = text.strip();
    if (trimmed.isEmpty() || trimmed.length() > LONGEST) {
      throw bad(trimmed);
    }
    return trimmed.length() > 4 && trimmed.charAt(4) == '-' ? iso(trimmed) : number(trimmed);
  }

  /** Milliseconds since 1970 UTC of a number. */
  public static long of(long number) throws BadRecord {
    if (number < 0) {
      throw bad(String.valueOf(number));
    }
    if (number < SECONDS_BELOW) {
      return number * 1000;
    }
    return number < MILLIS_BELOW
        ? number
        : number < MICROS_BELOW ? number / 1000 : number / 1_000_000;
  }

  /** Milliseconds since 1970 UTC of seconds with a fraction, or of a larger whole number. */
  public static long of(double number) throws BadRecord {
    if (!(number >= 0) || number > Long.MAX_VALUE) {
      throw bad(String.valueOf(number));
    }
    return number < SECONDS_BELOW ? Math.round(number * 1000) : of((long) number);
  }

  private static long number(String text) throws BadRecord {
    try {
      return text.indexOf('.') < 0 ? of(Long.parseLong(text)) : of(Double.parseDouble(text));
    } catch (NumberFormatException e) {
      throw bad(text);
    }
  }

  /** By hand: the JDK's formatters cost more than the rest of a record. */
  private static long iso(String text) throws BadRecord {
    try {
      int year = digits(text, 0, 4);
      int month = digits(text, 5, 7);
      int day = digits(text, 8, 10);
      check(text, 7, '-');
      long days = LocalDate.of(year, month, day).toEpochDay();
      int length = text.length();
      if (length == 10) {
        return inRange(days * 86_400_000L, text);
      }
      if (text.charAt(10) != 'T' && text.charAt(10) != ' ' && text.charAt(10) != 't') {
        throw bad(text);
      }
      int hour = digits(text, 11, 13);
      check(text, 13, ':');
      int minute = digits(text, 14, 16);
      int second = 0;
      int at = 16;
      int milli = 0;
      if (at < length && text.charAt(at) == ':') {
        second = digits(text, 17, 19);
        at = 19;
        if (at < length && (text.charAt(at) == '.' || text.charAt(at) == ',')) {
          int scale = 100;
          int from = ++at;
          while (at < length && Character.isDigit(text.charAt(at))) {
            milli += scale * digits(text, at, at + 1);
            scale /= 10;
            at++;
          }
          if (at == from) {
            throw bad(text);
          }
        }
      }
      // A leap second is the second before it.
      if (hour > 23 || minute > 59 || second > 60) {
        throw bad(text);
      }
      long offset = offset(text, at);
      long seconds = hour * 3600L + minute * 60L + Math.min(second, 59);
      return inRange(days * 86_400_000L + seconds * 1000 + milli - offset, text);
    } catch (DateTimeException | StringIndexOutOfBoundsException e) {
      throw bad(text);
    }
  }

  private static long offset(String text, int at) throws BadRecord {
    var zone = text.substring(at).strip();
    if (zone.isEmpty() || zone.equals("Z") || zone.equals("z") || zone.equals("UTC")) {
      return 0;
    }
    char sign = zone.charAt(0);
    if (sign != '+' && sign != '-') {
      throw bad(text);
    }
    int hours = digits(zone, 1, 3);
    int minutes = 0;
    if (zone.length() > 3) {
      int from = zone.charAt(3) == ':' ? 4 : 3;
      minutes = digits(zone, from, from + 2);
      if (zone.length() != from + 2) {
        throw bad(text);
      }
    }
    if (hours > 18 || minutes > 59) {
      throw bad(text);
    }
    long offset = (hours * 60L + minutes) * 60_000;
    return sign == '-' ? -offset : offset;
  }

  private static void check(String text, int at, char expected) throws BadRecord {
    if (text.charAt(at) != expected) {
      throw bad(text);
    }
  }

  private static int digits(String text, int from, int to) throws BadRecord {
    int value = 0;
    for (int i = from; i < to; i++) {
      int digit = text.charAt(i) - '0';
      if (digit < 0 || digit > 9) {
        throw bad(text);
      }
      value = 10 * value + digit;
    }
    return value;
  }

  private static long inRange(long ts, String text) throws BadRecord {
    if (ts < 0 || ts > LAST) {
      throw bad(text);
    }
    return ts;
  }

  private static BadRecord bad(String text) {
    return new BadRecord(
        "bad time",
        "'" + text + "' is neither ISO-8601 since 1970 nor seconds or milliseconds since 1970");
  }
}
