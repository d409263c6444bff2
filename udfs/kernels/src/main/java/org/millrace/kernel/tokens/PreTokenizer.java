package org.millrace.kernel.tokens;

/**
 * Cuts a text where no token of a byte-level vocabulary may go across, as GPT-2 does (Radford et
 * al. 2019, {@code encoder.py}): an English contraction; a run of letters, of numbers or of other
 * characters, with the one space before it; white space, but for the space that goes to a run.
 *
 * <p>Letters and numbers are the general categories L and N of the running JDK: a character that a
 * later Unicode version assigned counts as another one.
 */
final class PreTokenizer {

  /** Gets the pieces of a text one after the other; they cover it. */
  interface Pieces {
    void piece(int from, int to);
  }

  private static final int SPACE = 0;
  private static final int LETTER = 1;
  private static final int NUMBER = 2;
  private static final int OTHER = 3;
  private static final String SHORT_ENDINGS = "stmd";

  private PreTokenizer() {}

  /** Calls {@code pieces} for each piece of a well-formed text, in order. */
  static void cut(String text, Pieces pieces) {
    int at = 0;
    while (at < text.length()) {
      int to = end(text, at);
      pieces.piece(at, to);
      at = to;
    }
  }

  private static int end(String text, int from) {
    char first = text.charAt(from);
    int contraction = first == '\'' ? contraction(text, from + 1) : 0;
    if (contraction > 0) {
      return from + 1 + contraction;
    }
    int run = first == ' ' ? from + 1 : from;
    int kind = run < text.length() ? kind(text.codePointAt(run)) : SPACE;
    return kind == SPACE ? spaces(text, from) : runEnd(text, run, kind);
  }

  /** Length of the contraction without its apostrophe, 0 if it is none. */
  private static int contraction(String text, int at) {
    if (at < text.length() && SHORT_ENDINGS.indexOf(text.charAt(at)) >= 0) {
      return 1;
    }
    return text.startsWith("re", at) || text.startsWith("ve", at) || text.startsWith("ll", at)
        ? 2
        : 0;
  }

  /** The last of several white spaces is left to what follows them. */
  private static int spaces(String text, int from) {
    int to = runEnd(text, from, SPACE);
    return to == text.length() || to == from + 1 ? to : to - 1;
  }

  private static int runEnd(String text, int from, int kind) {
    int at = from;
    while (at < text.length()) {
      int point = text.codePointAt(at);
      if (kind(point) != kind) {
        return at;
      }
      at += Character.charCount(point);
    }
    return at;
  }

  private static int kind(int point) {
    return switch (Character.getType(point)) {
      case Character.UPPERCASE_LETTER,
          Character.LOWERCASE_LETTER,
          Character.TITLECASE_LETTER,
          Character.MODIFIER_LETTER,
          Character.OTHER_LETTER ->
          LETTER;
      case Character.DECIMAL_DIGIT_NUMBER, Character.LETTER_NUMBER, Character.OTHER_NUMBER ->
          NUMBER;
      case Character.SPACE_SEPARATOR, Character.LINE_SEPARATOR, Character.PARAGRAPH_SEPARATOR ->
          SPACE;
      default -> point >= '\t' && point <= '\r' || point == 0x85 ? SPACE : OTHER;
    };
  }
}
