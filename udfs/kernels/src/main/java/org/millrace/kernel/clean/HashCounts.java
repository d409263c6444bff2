package org.millrace.kernel.clean;

import java.util.Arrays;

/**
 * A reusable table from 64-bit hashes to how often each was seen and where first. It grows with the
 * distinct keys, not with the text, and gives memory back after a giant.
 */
final class HashCounts {

  private static final int FIRST_CAPACITY = 1 << 8;
  private static final int KEPT_CAPACITY = 1 << 16;
  private static final long MIX = 0x9E3779B97F4A7C15L;

  private long[] keys = new long[FIRST_CAPACITY];
  private int[] counts = new int[FIRST_CAPACITY];
  private int[] firsts = new int[FIRST_CAPACITY];
  private int mask = FIRST_CAPACITY - 1;
  private int size;
  private int found;

  /** Forgets everything and makes room for some keys. */
  void clear(int expected) {
    int wanted = Integer.highestOneBit(Math.max(expected, FIRST_CAPACITY / 2)) << 1;
    int capacity = Math.min(wanted, KEPT_CAPACITY);
    if (keys.length < capacity || keys.length > KEPT_CAPACITY) {
      allocate(capacity);
    } else {
      mask = capacity - 1;
      Arrays.fill(keys, 0, capacity, 0);
    }
    size = 0;
  }

  /** Sees a key; whether it was seen before. */
  boolean seen(long hash) {
    int slot = slot(key(hash));
    if (keys[slot] != 0) {
      return true;
    }
    put(slot, key(hash));
    return false;
  }

  /** Sees a key at a place; how often it has been seen, this time included. */
  int count(long hash, int place) {
    int slot = slot(key(hash));
    if (keys[slot] != 0) {
      found = slot;
      return ++counts[slot];
    }
    counts[slot] = 1;
    firsts[slot] = place;
    found = slot;
    put(slot, key(hash));
    return 1;
  }

  /** Where the key just counted was seen first; only after a count above 1. */
  int first() {
    return firsts[found];
  }

  private static long key(long hash) {
    long key = (hash ^ (hash >>> 32)) * MIX;
    key ^= key >>> 29;
    return key == 0 ? 1 : key;
  }

  private int slot(long key) {
    int slot = (int) (key >>> 24) & mask;
    while (keys[slot] != 0 && keys[slot] != key) {
      slot = (slot + 1) & mask;
    }
    return slot;
  }

  private void put(int slot, long key) {
    keys[slot] = key;
    if (++size > mask >> 1) {
      grow();
    }
  }

  private void grow() {
    var oldKeys = keys;
    var oldCounts = counts;
    var oldFirsts = firsts;
    int old = mask + 1;
    allocate(2 * old);
    for (int i = 0; i < old; i++) {
      if (oldKeys[i] != 0) {
        int slot = slot(oldKeys[i]);
        keys[slot] = oldKeys[i];
        counts[slot] = oldCounts[i];
        firsts[slot] = oldFirsts[i];
      }
    }
  }

  private void allocate(int capacity) {
    keys = new long[capacity];
    counts = new int[capacity];
    firsts = new int[capacity];
    mask = capacity - 1;
  }
}
