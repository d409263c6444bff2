package org.millrace.kernel.tokens;

import java.util.Arrays;

/** A heap of pairs, each with the count it had when it came; the greatest is first. */
final class PairQueue {

  /** Which of two pairs goes first where their counts are equal. */
  interface Ties {
    boolean before(int pair, int other);
  }

  private final Ties ties;
  private int[] pairs = new int[1024];
  private long[] counts = new long[1024];
  private int size;

  PairQueue(Ties ties) {
    this.ties = ties;
  }

  boolean isEmpty() {
    return size == 0;
  }

  /** The first pair. */
  int pair() {
    return pairs[0];
  }

  /** What the first pair's count was. */
  long count() {
    return counts[0];
  }

  void add(int pair, long count) {
    if (size == pairs.length) {
      pairs = Arrays.copyOf(pairs, size + (size >> 1));
      counts = Arrays.copyOf(counts, pairs.length);
    }
    int at = size++;
    while (at > 0 && before(pair, count, at - 1 >> 1)) {
      move(at - 1 >> 1, at);
      at = at - 1 >> 1;
    }
    set(at, pair, count);
  }

  void removeFirst() {
    size--;
    sink(pairs[size], counts[size]);
  }

  /** The first pair's count has become smaller. */
  void lowerFirst(long count) {
    sink(pairs[0], count);
  }

  private void sink(int pair, long count) {
    int at = 0;
    for (int child = 1; child < size; child = 2 * at + 1) {
      if (child + 1 < size && before(pairs[child + 1], counts[child + 1], child)) {
        child++;
      }
      if (!goesBefore(pairs[child], counts[child], pair, count)) {
        break;
      }
      move(child, at);
      at = child;
    }
    set(at, pair, count);
  }

  private boolean before(int pair, long count, int place) {
    return goesBefore(pair, count, pairs[place], counts[place]);
  }

  private boolean goesBefore(int pair, long count, int other, long otherCount) {
    return count != otherCount ? count > otherCount : ties.before(pair, other);
  }

  private void move(int from, int to) {
    set(to, pairs[from], counts[from]);
  }

  private void set(int at, int pair, long count) {
    pairs[at] = pair;
    counts[at] = count;
  }
}
