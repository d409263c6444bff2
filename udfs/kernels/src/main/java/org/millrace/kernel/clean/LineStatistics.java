package org.millrace.kernel.clean;

/** Counts by lines and paragraphs, each rule pack with its own idea of a line. */
final class LineStatistics {

  /** Up to this many code points a line is short, as FineWeb has it. */
  static final int SHORT_LINE = 30;

  long codePoints;
  long lineFeeds;

  /** Lines between any line breaks, none after a last break. */
  long lines;

  long bullets;
  long ellipsisEnds;

  /** Lines between runs of LF, the empty ones at the ends of the text included. */
  long runLines;

  long duplicateRunLines;
  long duplicateRunCharacters;

  /** Lines between LFs that are not blank. */
  long nonBlank;

  long sentenceEnds;
  long shortLines;
  long duplicateNonBlankCharacters;

  /** Lines that are not blank with all their copies, where there are any. */
  long copiedLines;

  long copiedCharacters;

  long paragraphs;
  long duplicateParagraphs;
  long duplicateParagraphCharacters;

  /** Lines between LFs that begin with * or -, not trimmed, and all lines between LFs. */
  long untrimmedBullets;

  private final HashCounts seen = new HashCounts();
  private char[] text;
  private int length;

  void measure(char[] characters, int count) {
    reset(characters, count);
    boolean gap = false;
    int at = 0;
    while (true) {
      int begin = at;
      long hash = 0;
      int points = 0;
      int inside = 0;
      int outside = 0;
      while (at < length && text[at] != '\n') {
        char c = text[at++];
        int flags = Chars.flags(c);
        inside |= flags;
        outside |= ~flags;
        hash = Hashes.add(hash, c);
        points += pairEnds(c, at - 1) ? 0 : 1;
      }
      gap |= at == begin && begin > 0 && at < length;
      visual(begin, at, inside);
      between(begin, at, hash, points, (outside & Chars.SPACE) != 0);
      codePoints += points;
      if (at == length) {
        break;
      }
      at++;
    }
    codePoints += lineFeeds;
    paragraphs(gap);
  }

  private void reset(char[] characters, int count) {
    text = characters;
    length = count;
    codePoints = 0;
    lineFeeds = 0;
    lines = 0;
    bullets = 0;
    ellipsisEnds = 0;
    runLines = 0;
    duplicateRunLines = 0;
    duplicateRunCharacters = 0;
    nonBlank = 0;
    sentenceEnds = 0;
    shortLines = 0;
    duplicateNonBlankCharacters = 0;
    copiedLines = 0;
    copiedCharacters = 0;
    paragraphs = 0;
    duplicateParagraphs = 0;
    duplicateParagraphCharacters = 0;
    untrimmedBullets = 0;
    seen.clear(0);
  }

  private boolean pairEnds(char c, int at) {
    return Character.isLowSurrogate(c) && at > 0 && Character.isHighSurrogate(text[at - 1]);
  }

  /** The lines that any line break makes of a line between LFs. */
  private void visual(int begin, int end, int inside) {
    int from = begin;
    if ((inside & Chars.LINE_BREAK) != 0) {
      for (int i = begin; i < end; i++) {
        if ((Chars.flags(text[i]) & Chars.LINE_BREAK) != 0) {
          boolean withFeed = text[i] == '\r' && i + 1 == end && end < length;
          if (withFeed) {
            visualLine(from, i);
            return;
          }
          visualLine(from, i);
          from = i + 1;
        }
      }
    }
    if (end < length || end > from) {
      visualLine(from, end);
    }
  }

  private void visualLine(int begin, int end) {
    lines++;
    int from = Chars.skipSpace(text, begin, end);
    if (from < end) {
      bullets += text[from] == '•' || text[from] == '-' ? 1 : 0;
      int to = end;
      while (Chars.space(text[to - 1])) {
        to--;
      }
      boolean dots =
          to - from >= 3 && text[to - 1] == '.' && text[to - 2] == '.' && text[to - 3] == '.';
      ellipsisEnds += dots || text[to - 1] == '…' ? 1 : 0;
    }
  }

  private void between(int begin, int end, long hash, int points, boolean filled) {
    lineFeeds += end < length ? 1 : 0;
    if (end > begin && (text[begin] == '*' || text[begin] == '-')) {
      untrimmedBullets++;
    }
    boolean counted = end > begin || begin == 0 || end == length;
    if (!counted) {
      return;
    }
    runLines++;
    int copies = seen.count(hash, begin);
    if (copies > 1) {
      duplicateRunLines++;
      duplicateRunCharacters += points;
    }
    if (filled) {
      nonBlank++;
      sentenceEnds += (lastFlags(end) & Chars.SENTENCE_END) != 0 ? 1 : 0;
      shortLines += points <= SHORT_LINE ? 1 : 0;
      if (copies > 1) {
        duplicateNonBlankCharacters += points;
        copiedLines += copies == 2 ? 2 : 1;
        copiedCharacters += copies == 2 ? 2L * points : points;
      }
    }
  }

  private int lastFlags(int end) {
    char last = text[end - 1];
    return pairEnds(last, end - 1)
        ? Chars.flags(Character.toCodePoint(text[end - 2], last))
        : Chars.flags(last);
  }

  /** The parts of the stripped text between runs of two LFs and more. */
  private void paragraphs(boolean gap) {
    paragraphs = 1;
    if (!gap) {
      return;
    }
    int at = Chars.skipSpace(text, 0, length);
    int end = length;
    while (end > at && Chars.space(text[end - 1])) {
      end--;
    }
    seen.clear(0);
    paragraphs = 0;
    while (at <= end) {
      long hash = 0;
      long points = 0;
      int from = at;
      while (at < end && !(text[at] == '\n' && text[at + 1] == '\n')) {
        hash = Hashes.add(hash, text[at]);
        points += at > from && pairEnds(text[at], at) ? 0 : 1;
        at++;
      }
      paragraphs++;
      if (seen.seen(hash)) {
        duplicateParagraphs++;
        duplicateParagraphCharacters += points;
      }
      if (at == end) {
        return;
      }
      while (text[at] == '\n') {
        at++;
      }
    }
  }
}
