package org.millrace.kernel.tokens;

/**
 * Where a long text may be cut and have the same tokens: before white space that follows a letter,
 * before a space between a character and a letter, and after a line feed between a character and a
 * letter. No piece of a pre-tokenizer of the GPT-2 kind (also those of cl100k, o200k and their
 * followers) or of BERT's goes across, and none of them looks further ahead.
 */
final class TextCuts {

  private TextCuts() {}

  /** The first cut at or after an index, the text's length if there is none. */
  static int next(String text, int from) {
    for (int at = Math.max(from, 2); at < text.length(); at++) {
      if (allowed(text, at)) {
        return at;
      }
    }
    return text.length();
  }

  private static boolean allowed(String text, int at) {
    char after = text.charAt(at);
    char before = text.charAt(at - 1);
    if (after == ' ') {
      return isLetter(before)
          || !isSpace(before) && at + 1 < text.length() && isLetter(text.charAt(at + 1));
    }
    return isLetter(before) && isSpace(after)
        || before == '\n' && isLetter(after) && !isSpace(text.charAt(at - 2));
  }

  // Of the basic plane, for which a char is enough; a combining mark is none.
  private static boolean isLetter(char c) {
    return Character.isLetter(c);
  }

  private static boolean isSpace(char c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
  }
}
