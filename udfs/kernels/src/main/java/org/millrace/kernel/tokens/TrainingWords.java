package org.millrace.kernel.tokens;

import java.util.Arrays;

/** The distinct words of a training run as symbols, all in one array, each with its count. */
final class TrainingWords {

  private final Ints starts = new Ints();
  private int[] symbols = new int[1 << 12];
  private int[] ends = new int[1 << 10];
  private long[] counts = new long[1 << 10];
  private int used;

  void add(byte[] word, long count) {
    int index = starts.size();
    if (index == ends.length) {
      ends = Arrays.copyOf(ends, index + (index >> 1));
      counts = Arrays.copyOf(counts, ends.length);
    }
    long needed = (long) used + word.length;
    if (needed > symbols.length) {
      if (needed > Integer.MAX_VALUE - 8) {
        throw new IllegalArgumentException(
            "the words have more than 2^31 bytes; train on a sample or on words with a higher"
                + " count");
      }
      symbols = Arrays.copyOf(symbols, (int) Math.min(needed + needed / 2, Integer.MAX_VALUE - 8));
    }
    starts.add(used);
    for (byte b : word) {
      symbols[used++] = b & 0xFF;
    }
    ends[index] = used;
    counts[index] = count;
  }

  int size() {
    return starts.size();
  }

  int start(int word) {
    return starts.get(word);
  }

  int end(int word) {
    return ends[word];
  }

  /** Makes a word shorter. */
  void end(int word, int end) {
    ends[word] = end;
  }

  long count(int word) {
    return counts[word];
  }

  int symbol(int at) {
    return symbols[at];
  }

  void set(int at, int symbol) {
    symbols[at] = symbol;
  }
}
