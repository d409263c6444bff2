package org.millrace.kernel.clean;

import java.util.Arrays;

/** Characters in repeated word n-grams, worked out when first asked for. */
final class NGramStatistics {

  private static final int LONGEST = 10;
  private static final long UNKNOWN = -1;

  private final HashCounts grams = new HashCounts();
  private final long[] top = new long[LONGEST + 1];
  private final long[] duplicated = new long[LONGEST + 1];
  private final long[] overlapping = new long[LONGEST + 1];
  private final Repeats repeats = new Repeats();
  private long[] joined = new long[0];
  private long[] spaced = new long[0];
  private int joinedWords;
  private WordStatistics words;

  void measure(WordStatistics of) {
    words = of;
    joinedWords = 0;
    Arrays.fill(top, UNKNOWN);
    Arrays.fill(duplicated, UNKNOWN);
    Arrays.fill(overlapping, UNKNOWN);
  }

  /** Code points of the commonest n-gram, joined with spaces, by its count; of equals the first. */
  long top(int n) {
    if (top[n] == UNKNOWN) {
      top[n] = findTop(n);
    }
    return top[n];
  }

  /** Code points of the n-grams seen before, scanned left to right, n words on after each. */
  long duplicated(int n) {
    if (duplicated[n] == UNKNOWN) {
      duplicated[n] = findDuplicated(n);
    }
    return duplicated[n];
  }

  /** Code points of all n-grams that occur more than once, overlapping ones and first ones too. */
  long overlapping(int n) {
    if (overlapping[n] == UNKNOWN) {
      overlapping[n] = findOverlapping(n);
    }
    return overlapping[n];
  }

  private long findTop(int n) {
    int count = words.words - n + 1;
    if (count <= 0) {
      return 0;
    }
    space(n, count);
    int most = 1;
    int first = 0;
    if (repeats(spaced, count)) {
      for (int i = 0; i < count; i++) {
        if (repeats.maybe(spaced[i])) {
          int times = grams.count(spaced[i], i);
          boolean leads = times > most || (times == most && grams.first() < first);
          if (times > 1 && leads) {
            most = times;
            first = grams.first();
          }
        }
      }
    }
    return most * (characters(first, n) + n - 1);
  }

  private long findDuplicated(int n) {
    int count = words.words - n + 1;
    join(n);
    long characters = 0;
    if (repeats(joined, count)) {
      int i = 0;
      while (i < count) {
        if (repeats.maybe(joined[i]) && grams.seen(joined[i])) {
          characters += characters(i, n);
          i += n;
        } else {
          i++;
        }
      }
    }
    return characters;
  }

  private long findOverlapping(int n) {
    int count = words.words - n + 1;
    join(n);
    long characters = 0;
    if (repeats(joined, count)) {
      for (int i = 0; i < count; i++) {
        int times = repeats.maybe(joined[i]) ? grams.count(joined[i], i) : 1;
        if (times > 1) {
          characters += (times == 2 ? 2 : 1) * characters(i, n);
        }
      }
    }
    return characters;
  }

  /** Whether any of the hashes may repeat; then the table of exact counts is empty. */
  private boolean repeats(long[] hashes, int count) {
    if (count <= 1) {
      return false;
    }
    repeats.clear(count);
    boolean any = repeats.addAll(hashes, count);
    if (any) {
      grams.clear(0);
    }
    return any;
  }

  /** Hashes of the n-grams joined with spaces. */
  private void space(int n, int count) {
    if (spaced.length < count) {
      spaced = new long[words.hashes.length];
    }
    for (int i = 0; i < count; i++) {
      long hash = words.hashes[i];
      for (int j = i + 1; j < i + n; j++) {
        hash = Hashes.add(hash, ' ') * words.powers[j] + words.hashes[j];
      }
      spaced[i] = hash;
    }
  }

  /** Hashes of the n-grams joined without spaces, from those one word shorter. */
  private void join(int n) {
    if (joinedWords == 0 || joinedWords > n) {
      if (joined.length < words.words) {
        joined = new long[words.hashes.length];
      }
      System.arraycopy(words.hashes, 0, joined, 0, words.words);
      joinedWords = 1;
    }
    for (; joinedWords < n; joinedWords++) {
      for (int i = 0; i < words.words - joinedWords; i++) {
        int next = i + joinedWords;
        joined[i] = joined[i] * words.powers[next] + words.hashes[next];
      }
    }
  }

  private long characters(int first, int n) {
    long characters = 0;
    for (int i = first; i < first + n; i++) {
      characters += words.lengths[i];
    }
    return characters;
  }
}
