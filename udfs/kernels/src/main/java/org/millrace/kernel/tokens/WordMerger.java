package org.millrace.kernel.tokens;

import java.util.Arrays;

/**
 * Merges the bytes of one word after the other: of all adjacent pairs that have a rank the one of
 * the lowest, the leftmost first, until none has one. O(n log n) of a word's bytes. For one thread.
 */
final class WordMerger {

  private static final int GONE = -1;

  private final PairTable ranks;
  private int[] symbols = new int[64];
  private int[] next = new int[64];
  private int[] previous = new int[64];
  private long[] heap = new long[64];
  private int waiting;

  WordMerger(PairTable ranks) {
    this.ranks = ranks;
  }

  /** Adds the word's symbols, each with {@code first} added, to a list. */
  void merge(byte[] bytes, int from, int to, int first, Ints into) {
    int length = to - from;
    room(length);
    for (int i = 0; i < length; i++) {
      symbols[i] = bytes[from + i] & 0xFF;
      previous[i] = i - 1;
      next[i] = i + 1;
    }
    for (int i = 0; i < length - 1; i++) {
      offer(i, length);
    }
    while (waiting > 0) {
      long best = poll();
      apply((int) best, (int) (best >>> 32), length);
    }
    for (int i = 0; i < length; i = next[i]) {
      into.add(first + symbols[i]);
    }
  }

  /** A pair that waits may have lost a side since, and then counts no more. */
  private void apply(int at, int rank, int length) {
    int right = symbols[at] == GONE ? length : next[at];
    if (right == length || ranks.find(symbols[at], symbols[right]) != rank) {
      return;
    }
    symbols[at] = BpeModel.BYTES + rank;
    symbols[right] = GONE;
    next[at] = next[right];
    if (next[at] < length) {
      previous[next[at]] = at;
      offer(at, length);
    }
    if (previous[at] >= 0) {
      offer(previous[at], length);
    }
  }

  private void offer(int at, int length) {
    int rank = ranks.find(symbols[at], symbols[next[at]]);
    if (rank >= 0) {
      push((long) rank << 32 | at);
    }
  }

  private void push(long entry) {
    if (waiting == heap.length) {
      heap = Arrays.copyOf(heap, waiting * 2);
    }
    int at = waiting++;
    while (at > 0 && heap[at - 1 >> 1] > entry) {
      heap[at] = heap[at - 1 >> 1];
      at = at - 1 >> 1;
    }
    heap[at] = entry;
  }

  private long poll() {
    long best = heap[0];
    long last = heap[--waiting];
    int at = 0;
    for (int child = 1; child < waiting; child = 2 * at + 1) {
      if (child + 1 < waiting && heap[child + 1] < heap[child]) {
        child++;
      }
      if (heap[child] >= last) {
        break;
      }
      heap[at] = heap[child];
      at = child;
    }
    heap[at] = last;
    return best;
  }

  private void room(int length) {
    if (symbols.length < length) {
      symbols = new int[length];
      next = new int[length];
      previous = new int[length];
    }
  }
}
