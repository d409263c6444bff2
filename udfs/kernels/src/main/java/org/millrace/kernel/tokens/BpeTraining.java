package org.millrace.kernel.tokens;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;

/**
 * One run of byte-pair training. Symbols are numbered as in {@link BpeModel}, special tokens not
 * counted. For each pair it keeps the count and the words that had it when it came up, so that a
 * merge looks at these words alone.
 */
final class BpeTraining {

  private final TrainingWords words;
  private final PairTable pairs = new PairTable(1 << 16);
  private long[] counts = new long[1 << 16];
  private Ints[] places = new Ints[1 << 16];
  private final List<byte[]> symbols = new ArrayList<>();
  private final PairQueue queue = new PairQueue(this::before);
  private final Set<String> taken;
  private int firstNew;

  /**
   * Counts the pairs.
   *
   * @param taken names that no symbol may have, as it would be read as the special token
   */
  BpeTraining(TrainingWords words, Set<String> taken) {
    this.words = words;
    this.taken = taken;
    for (int b = 0; b < BpeModel.BYTES; b++) {
      symbols.add(new byte[] {(byte) b});
    }
    for (int word = 0; word < words.size(); word++) {
      for (int at = words.start(word); at + 1 < words.end(word); at++) {
        change(words.symbol(at), words.symbol(at + 1), words.count(word), word);
      }
    }
    queueNewPairs();
  }

  /** Learns up to a number of merges; fewer if no pair is as frequent as asked. */
  PairTable merges(int most, long minimumFrequency) {
    var merges = new PairTable(most);
    while (merges.size() < most && !queue.isEmpty() && queue.count() >= minimumFrequency) {
      int pair = queue.pair();
      if (counts[pair] != queue.count()) {
        queue.lowerFirst(counts[pair]);
        continue;
      }
      queue.removeFirst();
      var joined = joined(pair);
      if (!taken.contains(ByteSymbols.of(joined))) {
        symbols.add(joined);
        merge(pair, BpeModel.BYTES + merges.add(pairs.left(pair), pairs.right(pair)));
      }
    }
    return merges;
  }

  private void merge(int pair, int symbol) {
    var where = places[pair];
    places[pair] = null;
    for (int i = 0; i < where.size(); i++) {
      merge(where.get(i), pairs.left(pair), pairs.right(pair), symbol);
    }
    queueNewPairs();
  }

  /** Joins the pair in a word, from the left. */
  private void merge(int word, int left, int right, int symbol) {
    long count = words.count(word);
    int start = words.start(word);
    int end = words.end(word);
    int out = start;
    for (int at = start; at < end; at++) {
      if (words.symbol(at) != left || at + 1 == end || words.symbol(at + 1) != right) {
        words.set(out++, words.symbol(at));
        continue;
      }
      if (out > start) {
        change(words.symbol(out - 1), left, -count, word);
        change(words.symbol(out - 1), symbol, count, word);
      }
      at++;
      if (at + 1 < end) {
        change(right, words.symbol(at + 1), -count, word);
        change(symbol, words.symbol(at + 1), count, word);
      }
      words.set(out++, symbol);
    }
    words.end(word, out);
  }

  // A pair is found in words only while its younger symbol is made, so that a list of places is
  // complete after that step, ascending, and a pair's count can only fall from then on.
  private void change(int left, int right, long by, int word) {
    int pair = pairs.add(left, right);
    if (pair == counts.length) {
      counts = Arrays.copyOf(counts, pair + (pair >> 1));
      places = Arrays.copyOf(places, counts.length);
    }
    counts[pair] += by;
    if (by > 0) {
      if (places[pair] == null) {
        places[pair] = new Ints();
      }
      if (places[pair].size() == 0 || places[pair].last() != word) {
        places[pair].add(word);
      }
    }
  }

  private void queueNewPairs() {
    for (; firstNew < pairs.size(); firstNew++) {
      if (counts[firstNew] > 0) {
        queue.add(firstNew, counts[firstNew]);
      } else {
        places[firstNew] = null;
      }
    }
  }

  private boolean before(int pair, int other) {
    int order =
        Arrays.compareUnsigned(symbols.get(pairs.left(pair)), symbols.get(pairs.left(other)));
    return order != 0
        ? order < 0
        : Arrays.compareUnsigned(symbols.get(pairs.right(pair)), symbols.get(pairs.right(other)))
            < 0;
  }

  private byte[] joined(int pair) {
    var left = symbols.get(pairs.left(pair));
    var right = symbols.get(pairs.right(pair));
    var both = Arrays.copyOf(left, left.length + right.length);
    System.arraycopy(right, 0, both, left.length, right.length);
    return both;
  }
}
