package org.millrace.kernel.model;

/** Counts by hash in one open-addressed table. */
final class LongCounts {

  private long[] keys;

  /** 0 where the place is empty. */
  private long[] counts;

  private int size;

  private LongCounts(int capacity) {
    keys = new long[capacity];
    counts = new long[capacity];
  }

  /** An empty table with room for so many keys; it grows beyond. */
  static LongCounts of(int keys) {
    return new LongCounts(Integer.highestOneBit(Math.max(8, keys)) << 2);
  }

  void add(long key, long count) {
    int slot = slot(key);
    if (counts[slot] == 0) {
      keys[slot] = key;
      size++;
    }
    counts[slot] += count;
    if (2 * size > counts.length) {
      grow();
    }
  }

  /** 0 of a key never added. */
  long get(long key) {
    return counts[slot(key)];
  }

  private int slot(long key) {
    int mask = keys.length - 1;
    int slot = (int) (key >>> 32 ^ key) & mask;
    while (counts[slot] != 0 && keys[slot] != key) {
      slot = slot + 1 & mask;
    }
    return slot;
  }

  private void grow() {
    var oldKeys = keys;
    var oldCounts = counts;
    keys = new long[2 * oldKeys.length];
    counts = new long[2 * oldKeys.length];
    for (int old = 0; old < oldKeys.length; old++) {
      if (oldCounts[old] != 0) {
        int slot = slot(oldKeys[old]);
        keys[slot] = oldKeys[old];
        counts[slot] = oldCounts[old];
      }
    }
  }
}
