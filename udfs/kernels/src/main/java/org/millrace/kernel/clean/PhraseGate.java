package org.millrace.kernel.clean;

import java.util.Arrays;
import java.util.List;

/**
 * Tells fast that none of a few phrases occurs: reads a pair of characters and skips as far as no
 * phrase can end before (Wu and Manber, 1994). Case is ignored as by {@link Keywords}. Immutable;
 * threads may share it.
 */
final class PhraseGate {

  private static final int KINDS = 32;

  /** By UTF-16 unit: 1 to 26 a letter of English, 27 a blank, 0 anything else. */
  private static final byte[] KIND = new byte[Character.MAX_VALUE + 1];

  static {
    for (int c = 0; c < KIND.length; c++) {
      char folded = Keywords.fold((char) c);
      KIND[c] = (byte) (folded >= 'a' && folded <= 'z' ? folded - 'a' + 1 : folded == ' ' ? 27 : 0);
    }
  }

  /** The length of the shortest phrase, and by pair how far on a phrase may end. */
  private final int window;

  private final byte[] shifts = new byte[KINDS * KINDS];

  /** By phrase the kinds of its first characters, as many as the window has. */
  private final byte[][] starts;

  /**
   * A gate for phrases.
   *
   * @param phrases of two or more of a to z and blanks
   */
  PhraseGate(List<String> phrases) {
    window = phrases.stream().mapToInt(String::length).min().orElseThrow();
    starts = new byte[phrases.size()][window];
    Arrays.fill(shifts, (byte) (window - 1));
    for (int p = 0; p < starts.length; p++) {
      for (int i = 0; i < window; i++) {
        starts[p][i] = KIND[phrases.get(p).charAt(i)];
      }
      for (int i = 1; i < window; i++) {
        int pair = starts[p][i - 1] * KINDS + starts[p][i];
        shifts[pair] = (byte) Math.min(shifts[pair], window - 1 - i);
      }
    }
  }

  /** Whether a phrase may stand in {@code text[from]} to {@code text[to]}, not included. */
  boolean mayOccur(char[] text, int from, int to) {
    int at = from + window - 1;
    while (at < to) {
      int shift = shifts[KIND[text[at - 1]] * KINDS + KIND[text[at]]];
      if (shift == 0 && starts(text, at - window + 1)) {
        return true;
      }
      at += Math.max(shift, 1);
    }
    return false;
  }

  private boolean starts(char[] text, int from) {
    for (var start : starts) {
      int i = 0;
      while (i < window && KIND[text[from + i]] == start[i]) {
        i++;
      }
      if (i == window) {
        return true;
      }
    }
    return false;
  }
}
