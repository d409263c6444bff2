package org.millrace.kernel.verify;

import static java.util.Objects.requireNonNull;

/**
 * The cheap exact normal form of an answer: two answers of one key are the same answer, and most
 * pairs that are the same have one key, so that a grader has the others only to judge. Answers of
 * different keys may be equal still, such as 1/2 and 0.5.
 *
 * <p>ASCII alone is looked at, a character at a time. Taken away: white space at the ends, then any
 * of a full stop at the end, {@code $…$} around it all and <code>\boxed{…}</code> around it all, as
 * often as they occur, {@link #MOST_WRAPS} wraps at most; white space within becomes one space a
 * run. A number in plain digits, with or without commas between groups of three, loses its commas,
 * a plus sign, the zeros that say nothing, and the sign of zero.
 */
public final class AnswerKey {

  /** Dollars and boxes one in the other that are taken away; each costs a reading of the answer. */
  public static final int MOST_WRAPS = 8;

  private static final String BOXED = "\\boxed{";

  private final String text;
  private int from;
  private int to;

  private AnswerKey(String text) {
    this.text = text;
    to = text.length();
  }

  /**
   * The key of an answer. Time is linear in the answer.
   *
   * @param answer not null
   * @return as long as the answer at most, but for the 0 that .5 gets; empty where nothing is left
   */
  public static String of(String answer) {
    var key = new AnswerKey(requireNonNull(answer, "answer is null"));
    key.unwrap();
    var number = key.number();
    return number == null ? key.spaced() : number;
  }

  private void unwrap() {
    int wraps = 0;
    while (true) {
      while (from < to && space(text.charAt(from))) {
        from++;
      }
      while (to > from && space(text.charAt(to - 1))) {
        to--;
      }
      if (to > from && text.charAt(to - 1) == '.') {
        to--;
      } else if (wraps < MOST_WRAPS && dollars()) {
        wraps++;
        from++;
        to--;
      } else if (wraps < MOST_WRAPS && boxed()) {
        wraps++;
        from += BOXED.length();
        to--;
      } else {
        return;
      }
    }
  }

  /** Whether all is between two dollars with none between them. */
  private boolean dollars() {
    return to - from >= 2 && text.charAt(from) == '$' && text.indexOf('$', from + 1) == to - 1;
  }

  /** Whether all is a box: its brace is closed by the last character and not before. */
  private boolean boxed() {
    if (!text.startsWith(BOXED, from)
        || to - from <= BOXED.length()
        || text.charAt(to - 1) != '}') {
      return false;
    }
    int open = 1;
    for (int i = from + BOXED.length(); i < to - 1; i++) {
      char c = text.charAt(i);
      open += c == '{' ? 1 : c == '}' ? -1 : 0;
      if (open == 0) {
        return false;
      }
    }
    return open == 1;
  }

  private String spaced() {
    var out = new StringBuilder(to - from);
    boolean gap = false;
    for (int i = from; i < to; i++) {
      char c = text.charAt(i);
      if (space(c)) {
        gap = true;
      } else {
        if (gap) {
          out.append(' ');
          gap = false;
        }
        out.append(c);
      }
    }
    return out.toString();
  }

  /** The number that all is; null where it isn't one. */
  private String number() {
    int at = from;
    boolean negative = at < to && text.charAt(at) == '-';
    if (at < to && (negative || text.charAt(at) == '+')) {
      at++;
    }
    int whole = at;
    while (at < to && (Texts.digit(text.charAt(at)) || text.charAt(at) == ',')) {
      at++;
    }
    int point = at;
    if (at < to && text.charAt(at) == '.') {
      at++;
      while (at < to && Texts.digit(text.charAt(at))) {
        at++;
      }
    }
    boolean digits = point > whole || at > point + 1;
    if (at < to || !digits || !grouped(whole, point)) {
      return null;
    }
    var out = new StringBuilder(to - from + 1);
    for (int i = whole; i < point; i++) {
      char c = text.charAt(i);
      if (c != ',' && (c != '0' || out.length() > 0)) {
        out.append(c);
      }
    }
    if (out.isEmpty()) {
      out.append('0');
    }
    int end = at;
    while (end > point + 1 && text.charAt(end - 1) == '0') {
      end--;
    }
    if (end > point + 1) {
      out.append(text, point, end);
    }
    return negative && !out.toString().equals("0") ? "-" + out : out.toString();
  }

  /** Whether commas, if any, stand before groups of three digits and after one to three. */
  private boolean grouped(int whole, int point) {
    int comma = text.indexOf(',', whole);
    if (comma < 0 || comma >= point) {
      return true;
    }
    if (comma == whole || comma > whole + 3 || (point - comma) % 4 != 0) {
      return false;
    }
    for (int i = comma; i < point; i++) {
      if ((text.charAt(i) == ',') != ((i - comma) % 4 == 0)) {
        return false;
      }
    }
    return true;
  }

  private static boolean space(char c) {
    return c == ' ' || (c >= '\t' && c <= '\r');
  }
}
