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
  private long[] joined = new long[0];
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
    int last = words.words - n;
    grams.clear(Math.max(last, 0));
    int most = 0;
    int first = 0;
    for (int i = 0; i <= last; i++) {
      long hash = words.hashes[i];
      for (int j = i + 1; j < i + n; j++) {
        hash = Hashes.add(hash, ' ') * words.powers[j] + words.hashes[j];
      }
      int count = grams.count(hash, i);
      if (count >= most) {
        int at = grams.first();
        if (count > most || at < first) {
          most = count;
          first = at;
        }
      }
    }
    return most == 0 ? 0 : most * (characters(first, n) + n - 1);
  }

  private long findDuplicated(int n) {
    join(n);
    int last = words.words - n;
    grams.clear(Math.max(last, 0));
    long characters = 0;
    int i = 0;
    while (i <= last) {
      if (grams.seen(joined[i])) {
        characters += characters(i, n);
        i += n;
      } else {
        i++;
      }
    }
    return characters;
  }

  private long findOverlapping(int n) {
    join(n);
    int last = words.words - n;
    grams.clear(Math.max(last, 0));
    long characters = 0;
    for (int i = 0; i <= last; i++) {
      int count = grams.count(joined[i], i);
      if (count > 1) {
        characters += (count == 2 ? 2 : 1) * characters(i, n);
      }
    }
    return characters;
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
