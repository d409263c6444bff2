package org.millrace.kernel.clean;

import java.text.Normalizer;

/**
 * Counts the characters of a text's NFKC form without making it: from a table of what each
 * character becomes, filled as characters turn up, as long as none can join the one before it.
 */
final class CompatibilityCounts {

  private static final short KNOWN = (short) 0x8000;
  private static final int JOINS = 0x4000;
  private static final int CHINESE_SHIFT = 6;
  private static final int MASK = 0x3F;
  private static final short[] TABLE = new short[0x20000];

  long nonSpace;
  long chinese;

  void measure(char[] text, int length) {
    nonSpace = 0;
    chinese = 0;
    for (int i = 0; i < length; i++) {
      int c = text[i];
      if (Character.isSurrogate(text[i]) && Chars.unitsAt(text, i, length) == 2) {
        c = Character.toCodePoint(text[i], text[++i]);
      }
      int entry = entry(c);
      if ((entry & JOINS) != 0) {
        literally(new String(text, 0, length));
        return;
      }
      nonSpace += entry & MASK;
      chinese += entry >> CHINESE_SHIFT & MASK;
    }
  }

  private static int entry(int c) {
    if (c >= TABLE.length) {
      return compute(c);
    }
    // Threads may fill an entry twice, with the same value.
    int entry = TABLE[c];
    if (entry == 0) {
      entry = compute(c);
      TABLE[c] = (short) entry;
    }
    return entry;
  }

  private static int compute(int c) {
    var form = Normalizer.normalize(Character.toString(c), Normalizer.Form.NFKC);
    var counts = new CompatibilityCounts();
    counts.count(form);
    int joins = joins(form.codePointAt(0)) || joins(c) ? JOINS : 0;
    return KNOWN | joins | (int) counts.chinese << CHINESE_SHIFT | (int) counts.nonSpace;
  }

  /** Marks and the later letters of a Hangul syllable: all that NFC may join to what is before. */
  private static boolean joins(int c) {
    int type = Character.getType(c);
    return type == Character.NON_SPACING_MARK
        || type == Character.COMBINING_SPACING_MARK
        || type == Character.ENCLOSING_MARK
        || (c >= 0x1161 && c <= 0x11FF);
  }

  private void literally(String text) {
    nonSpace = 0;
    chinese = 0;
    count(Normalizer.normalize(text, Normalizer.Form.NFKC));
  }

  private void count(String form) {
    for (int i = 0; i < form.length(); i++) {
      int c = form.codePointAt(i);
      i += Character.charCount(c) - 1;
      int flags = Chars.flags(c);
      nonSpace += (flags & Chars.SPACE) == 0 ? 1 : 0;
      chinese += (flags & Chars.CHINESE) != 0 ? 1 : 0;
    }
  }
}
