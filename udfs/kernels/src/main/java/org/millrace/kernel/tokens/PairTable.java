package org.millrace.kernel.tokens;

import java.util.Arrays;

/**
 * Pairs of ids to small numbers, 0, 1, 2 and so on in the order in which they came: an
 * open-addressing table of longs.
 */
final class PairTable {

  private static final long EMPTY = -1;

  private long[] keys;
  private int[] numbers;
  private long[] pairs = new long[16];
  private int size;

  PairTable(int expected) {
    int slots = Integer.highestOneBit(Math.max(8, expected)) * 4;
    keys = new long[slots];
    numbers = new int[slots];
    Arrays.fill(keys, EMPTY);
  }

  int size() {
    return size;
  }

  int left(int number) {
    return (int) (pairs[number] >>> 32);
  }

  int right(int number) {
    return (int) pairs[number];
  }

  /** The pair's number, -1 if it has none. */
  int find(int left, int right) {
    long key = key(left, right);
    int slot = slot(key);
    return keys[slot] == EMPTY ? -1 : numbers[slot];
  }

  /** The pair's number, the next one if it has none. */
  int add(int left, int right) {
    long key = key(left, right);
    int slot = slot(key);
    if (keys[slot] != EMPTY) {
      return numbers[slot];
    }
    if (size == pairs.length) {
      pairs = Arrays.copyOf(pairs, size + (size >> 1));
    }
    keys[slot] = key;
    numbers[slot] = size;
    pairs[size] = key;
    if (++size > keys.length / 2) {
      grow();
    }
    return size - 1;
  }

  private void grow() {
    keys = new long[keys.length * 2];
    numbers = new int[keys.length];
    Arrays.fill(keys, EMPTY);
    for (int number = 0; number < size; number++) {
      int slot = slot(pairs[number]);
      keys[slot] = pairs[number];
      numbers[slot] = number;
    }
  }

  private int slot(long key) {
    long hash = key * 0x9E3779B97F4A7C15L;
    int mask = keys.length - 1;
    int slot = (int) (hash >>> 32) & mask;
    while (keys[slot] != EMPTY && keys[slot] != key) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private static long key(int left, int right) {
    return (long) left << 32 | right;
  }
}
