package org.millrace.kernel.clean;

/**
 * Counts sentences without a model: one ends at a run of characters that end sentences, with the
 * quotes and brackets right after it, if white space, the end of the text or a Chinese character
 * follows, or if the run holds a full-width mark. What is left at the end is a sentence too.
 */
final class Sentences {

  private static final String CLOSERS = "\"'”’)]）」』】》〉";

  private Sentences() {}

  static int count(String text) {
    int sentences = 0;
    boolean begun = false;
    int at = 0;
    while (at < text.length()) {
      char c = text.charAt(at++);
      begun |= !Chars.space(c);
      if (!ends(c)) {
        continue;
      }
      boolean wide = c >= 0x3000;
      while (at < text.length() && (ends(text.charAt(at)) || closes(text.charAt(at)))) {
        wide |= text.charAt(at) >= 0x3000 && ends(text.charAt(at));
        at++;
      }
      if (wide || at == text.length() || breaks(text.charAt(at))) {
        sentences++;
        begun = false;
      }
    }
    return sentences + (begun ? 1 : 0);
  }

  private static boolean ends(char c) {
    return (Chars.flags(c) & Chars.SENTENCE_END) != 0;
  }

  private static boolean closes(char c) {
    return CLOSERS.indexOf(c) >= 0;
  }

  private static boolean breaks(char c) {
    return (Chars.flags(c) & (Chars.SPACE | Chars.CHINESE)) != 0;
  }
}
