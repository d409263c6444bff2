package org.millrace.kernel.clean;

/** The ways of cutting a text into words that need no dictionary. All take linear time. */
public enum Words implements WordSplitter {

  /** What stands between white space. */
  WHITESPACE {
    @Override
    public void split(char[] text, int length, Spans words) {
      int at = 0;
      while (at < length) {
        int begin = Chars.skipSpace(text, at, length);
        at = Chars.skipWord(text, begin, length);
        if (at > begin) {
          words.add(begin, at);
        }
      }
    }
  },

  /**
   * What stands between white space, with the punctuation before and after it as words of their
   * own, one a character except that full stops in a row are one word: what the tokenizers of the
   * English rule packs do to plain prose. Contractions stay whole.
   */
  TOKENS {
    @Override
    public void split(char[] text, int length, Spans words) {
      int at = 0;
      while (at < length) {
        int begin = Chars.skipSpace(text, at, length);
        at = Chars.skipWord(text, begin, length);
        tokens(text, begin, at, words);
      }
    }
  },

  /** As {@link #TOKENS}, with every Chinese character a word of its own. */
  CHINESE_CHARACTERS {
    @Override
    public void split(char[] text, int length, Spans words) {
      int at = 0;
      while (at < length) {
        int begin = Chars.skipSpace(text, at, length);
        at = begin;
        while (at < length) {
          int flags = Chars.flagsAt(text, at, length);
          if ((flags & (Chars.SPACE | Chars.CHINESE)) != 0) {
            break;
          }
          at += Chars.unitsAt(text, at, length);
        }
        tokens(text, begin, at, words);
        if (at < length && (Chars.flagsAt(text, at, length) & Chars.CHINESE) != 0) {
          int units = Chars.unitsAt(text, at, length);
          words.add(at, at + units);
          at += units;
        }
      }
    }
  };

  private static void tokens(char[] text, int from, int to, Spans words) {
    int begin = punctuation(text, from, to, words);
    if (begin == to) {
      return;
    }
    int end = to;
    while (Chars.symbol(text[end - 1])) {
      end--;
    }
    words.add(begin, end);
    punctuation(text, end, to, words);
  }

  /** Adds the punctuation that begins at a place; returns where it ends. */
  private static int punctuation(char[] text, int from, int to, Spans words) {
    int at = from;
    while (at < to && Chars.symbol(text[at])) {
      int begin = at++;
      while (text[begin] == '.' && at < to && text[at] == '.') {
        at++;
      }
      words.add(begin, at);
    }
    return at;
  }
}
