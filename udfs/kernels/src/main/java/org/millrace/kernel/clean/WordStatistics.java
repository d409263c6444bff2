package org.millrace.kernel.clean;

import java.util.Arrays;

/** Counts by words, and what the n-grams need of each word. */
final class WordStatistics {

  private static final int FIRST_CAPACITY = 1 << 10;

  int words;
  long characters;

  /** Words with a character that is neither punctuation nor symbol nor control. */
  long proper;

  long properCharacters;
  long alphabetic;

  /** Words with # or …. */
  long symbolic;

  long stopWordBits;
  long englishStopWords;

  /** By word: hash, {@code BASE} to its units, code points. */
  long[] hashes = new long[FIRST_CAPACITY];

  long[] powers = new long[FIRST_CAPACITY];
  int[] lengths = new int[FIRST_CAPACITY];

  void measure(char[] text, int length, Spans spans) {
    words = spans.size();
    characters = 0;
    proper = 0;
    properCharacters = 0;
    alphabetic = 0;
    symbolic = 0;
    stopWordBits = 0;
    englishStopWords = 0;
    if (hashes.length < words) {
      hashes = new long[words + words / 2];
      powers = new long[words + words / 2];
      lengths = new int[words + words / 2];
    }
    for (int i = 0; i < words; i++) {
      word(i, text, spans.begin(i), spans.end(i));
    }
  }

  private void word(int i, char[] text, int begin, int end) {
    long hash = 0;
    long power = 1;
    int inside = 0;
    int outside = 0;
    int points = 0;
    boolean marked = false;
    for (int at = begin; at < end; at++) {
      char c = text[at];
      int flags = Chars.flags(c);
      if (Character.isSurrogate(c)) {
        if (Chars.unitsAt(text, at, end) == 2) {
          flags = Chars.flagsAt(text, at, end);
          hash = Hashes.add(hash, c);
          power *= Hashes.BASE;
          c = text[++at];
        }
      }
      inside |= flags;
      outside |= ~flags;
      marked |= c == '#' || c == '…';
      hash = Hashes.add(hash, c);
      power *= Hashes.BASE;
      points++;
    }
    hashes[i] = hash;
    powers[i] = power;
    lengths[i] = points;
    characters += points;
    symbolic += marked ? 1 : 0;
    alphabetic += (inside & Chars.LETTER) != 0 ? 1 : 0;
    if ((outside & Chars.SYMBOL) != 0) {
      proper++;
      properCharacters += points;
    }
    long bit = StopWords.bit(hash);
    stopWordBits |= bit;
    englishStopWords += (bit & StopWords.ENGLISH.mask()) != 0 ? 1 : 0;
  }

  /** The median code points of a word; the mean of the middle two of an even number. */
  double medianLength() {
    if (words == 0) {
      return 0;
    }
    var sorted = Arrays.copyOf(lengths, words);
    Arrays.sort(sorted);
    return (sorted[(words - 1) / 2] + sorted[words / 2]) / 2.0;
  }
}
