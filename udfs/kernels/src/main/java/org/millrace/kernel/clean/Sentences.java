package org.millrace.kernel.clean;

/**
 * Counts sentences without a model: one ends at a run of characters that end sentences, with the
 * quotes and brackets right after it, if white space, the end of the text or a Chinese character
 * follows, or if the run holds a full-width mark. What is left at the end is a sentence too.
 */
final class Sentences {

  private static final String CLOSERS = "\"'”’)]）」』】》〉";

  private Sentences() {}

  /** The sentences of {@code text[from]} to {@code text[to]}, not included. */
  static int count(char[] text, int from, int to) {
    int sentences = 0;
    int begin = from;
    int at = from;
    while (at < to) {
      if (!ends(text[at])) {
        at++;
        continue;
      }
      boolean wide = false;
      while (at < to && (ends(text[at]) || closes(text[at]))) {
        wide |= text[at] >= 0x3000 && ends(text[at]);
        at++;
      }
      if (wide || at == to || breaks(text[at])) {
        sentences++;
        begin = at;
      }
    }
    return sentences + (Chars.skipSpace(text, begin, to) < to ? 1 : 0);
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
