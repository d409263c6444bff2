package org.millrace.kernel.model;

/** Reads the units of one text in order. */
final class UnitReader {

  private static final long BASE = 0xD6E8FEB86659FD93L;

  private final String text;
  private final boolean words;
  private int at;
  private boolean begun;
  private long unit;

  UnitReader(String text, Units units) {
    this.text = text;
    words = units == Units.WORDS;
  }

  /** The unit read last: its code point, or a hash of the word. */
  long unit() {
    return unit;
  }

  /** Reads the next unit; false at the end of the text. */
  boolean next() {
    int before = at;
    while (at < text.length() && space(text.charAt(at))) {
      at++;
    }
    if (at == text.length()) {
      return false;
    }
    if (!words && begun && at > before) {
      unit = ' ';
      begun = false; // the space is told, the character after it comes next
      return true;
    }
    begun = true;
    int c = codePoint();
    unit = c;
    if (words) {
      word(c);
    }
    return true;
  }

  private void word(int first) {
    long hash = first;
    int c = first;
    while (runsOn(c) && at < text.length()) {
      int here = at;
      c = codePoint();
      if (!runsOn(c)) {
        at = here;
        break;
      }
      hash = hash * BASE + c;
    }
    unit = hash;
  }

  private int codePoint() {
    char c = text.charAt(at++);
    if (c < 0x80) {
      return c >= 'A' && c <= 'Z' ? c + 32 : c;
    }
    int point = c;
    if (Character.isHighSurrogate(c)
        && at < text.length()
        && Character.isLowSurrogate(text.charAt(at))) {
      point = Character.toCodePoint(c, text.charAt(at++));
    } else if (c >= 0xFF01 && c <= 0xFF5E) {
      point = c - 0xFEE0;
    }
    return Character.toLowerCase(point);
  }

  private static boolean runsOn(int c) {
    if (c < 0x80) {
      return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9');
    }
    return (Character.isLetterOrDigit(c) && !Character.isIdeographic(c))
        || Character.getType(c) == Character.NON_SPACING_MARK;
  }

  private static boolean space(char c) {
    return c <= ' '
        ? c == ' ' || (c >= '\t' && c <= '\r') || (c >= 0x1C && c <= 0x1F)
        : c >= 0x85 && (Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85);
  }
}
