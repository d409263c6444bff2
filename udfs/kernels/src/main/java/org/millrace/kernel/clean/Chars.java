package org.millrace.kernel.clean;

/** What a character is to the rules, looked up in one table. */
final class Chars {

  /** Unicode's White_Space and the separators U+001C to U+001F. */
  static final int SPACE = 1;

  /** General category L. */
  static final int LETTER = 2;

  /** General categories P, S and Cc: what does not make a word. */
  static final int SYMBOL = 4;

  /** Ends a line: LF, CR, VT, FF, U+001C to U+001E, NEL, LS, PS. */
  static final int LINE_BREAK = 8;

  /** U+3007, 3400–4DBF, 4E00–9FFF, F900–FAFF, 20000–323AF. */
  static final int CHINESE = 16;

  /** Unicode's Sentence_Terminal. */
  static final int SENTENCE_END = 32;

  private static final byte[] FLAGS = new byte[Character.MIN_SUPPLEMENTARY_CODE_POINT];

  static {
    for (int c = 0; c < FLAGS.length; c++) {
      FLAGS[c] = (byte) flagsOf(c);
    }
  }

  private Chars() {}

  /** The flags of a UTF-16 unit; none for half of a surrogate pair. */
  static int flags(char c) {
    return FLAGS[c];
  }

  /** The flags of any code point. */
  static int flags(int codePoint) {
    return codePoint < FLAGS.length ? FLAGS[codePoint] : flagsOf(codePoint);
  }

  /** The flags of the code point at a place. */
  static int flagsAt(char[] text, int at, int length) {
    return unitsAt(text, at, length) == 1
        ? FLAGS[text[at]]
        : flagsOf(Character.toCodePoint(text[at], text[at + 1]));
  }

  /** The UTF-16 units of the code point at a place; 1 for a lone surrogate. */
  static int unitsAt(char[] text, int at, int length) {
    return Character.isHighSurrogate(text[at])
            && at + 1 < length
            && Character.isLowSurrogate(text[at + 1])
        ? 2
        : 1;
  }

  static boolean space(char c) {
    return (FLAGS[c] & SPACE) != 0;
  }

  static boolean symbol(char c) {
    return (FLAGS[c] & SYMBOL) != 0;
  }

  static boolean chinese(int codePoint) {
    return (flags(codePoint) & CHINESE) != 0;
  }

  static int skipSpace(char[] text, int from, int to) {
    int at = from;
    while (at < to && space(text[at])) {
      at++;
    }
    return at;
  }

  static int skipWord(char[] text, int from, int to) {
    int at = from;
    while (at < to && !space(text[at])) {
      at++;
    }
    return at;
  }

  private static int flagsOf(int c) {
    int flags = 0;
    if (Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85) {
      flags |= SPACE;
    }
    if (Character.isLetter(c)) {
      flags |= LETTER;
    }
    if (symbolType(Character.getType(c))) {
      flags |= SYMBOL;
    }
    if ((c >= 0x0A && c <= 0x0D) || (c >= 0x1C && c <= 0x1E) || c == 0x85 || c == 0x2028) {
      flags |= LINE_BREAK;
    }
    if (c == 0x2029) {
      flags |= LINE_BREAK;
    }
    if (chineseRange(c)) {
      flags |= CHINESE;
    }
    if (SentenceEnds.contains(c)) {
      flags |= SENTENCE_END;
    }
    return flags;
  }

  private static boolean chineseRange(int c) {
    return c == 0x3007
        || (c >= 0x3400 && c <= 0x4DBF)
        || (c >= 0x4E00 && c <= 0x9FFF)
        || (c >= 0xF900 && c <= 0xFAFF)
        || (c >= 0x20000 && c <= 0x323AF);
  }

  private static boolean symbolType(int type) {
    return switch (type) {
      case Character.CONNECTOR_PUNCTUATION,
          Character.DASH_PUNCTUATION,
          Character.START_PUNCTUATION,
          Character.END_PUNCTUATION,
          Character.INITIAL_QUOTE_PUNCTUATION,
          Character.FINAL_QUOTE_PUNCTUATION,
          Character.OTHER_PUNCTUATION,
          Character.MATH_SYMBOL,
          Character.CURRENCY_SYMBOL,
          Character.MODIFIER_SYMBOL,
          Character.OTHER_SYMBOL,
          Character.CONTROL ->
          true;
      default -> false;
    };
  }
}
