package org.millrace.kernel.clean;

import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** The stop words that the quality rules look for, case and all. */
enum StopWords {
  /** Gopher's eight (arXiv 2112.11446, appendix A1.1). */
  ENGLISH("the be to of and that have with"),

  /** FineWeb-2's for Chinese (cmn_Hani), of both scripts. */
  CHINESE("的 年 在 月 是 和 日 了 於 · 為 有 被 人 中 为 他 與 後 也 而 由");

  private static final int SLOTS = 256;
  private static final long[] HASHES = new long[SLOTS];
  private static final long[] BITS = new long[SLOTS];

  private final List<String> words;
  private long mask;

  static {
    Map<String, Integer> places = new HashMap<>();
    for (var list : values()) {
      for (var word : list.words) {
        int place = places.computeIfAbsent(word, w -> places.size());
        list.mask |= 1L << place;
        int slot = slot(Hashes.of(word));
        while (HASHES[slot] != 0) {
          slot = slot + 1 & SLOTS - 1;
        }
        HASHES[slot] = Hashes.of(word);
        BITS[slot] = 1L << place;
      }
    }
  }

  StopWords(String words) {
    this.words = List.of(words.split(" "));
  }

  /** The bits of the list's words in {@link #bit}. */
  long mask() {
    return mask;
  }

  /** The bit of the word with a hash; 0 if it is in no list. */
  static long bit(long hash) {
    int slot = slot(hash);
    while (HASHES[slot] != 0) {
      if (HASHES[slot] == hash) {
        return BITS[slot];
      }
      slot = slot + 1 & SLOTS - 1;
    }
    return 0;
  }

  private static int slot(long hash) {
    return (int) (hash * 0x9E3779B97F4A7C15L >>> 56);
  }
}
