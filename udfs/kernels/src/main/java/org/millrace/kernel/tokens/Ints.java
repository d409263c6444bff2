package org.millrace.kernel.tokens;

import java.util.Arrays;

/** A list of ints in one array. */
final class Ints {

  private static final int[] NONE = {};

  private int[] values = NONE;
  private int size;

  int size() {
    return size;
  }

  int get(int index) {
    return values[index];
  }

  int last() {
    return values[size - 1];
  }

  void add(int value) {
    room(1);
    values[size++] = value;
  }

  void add(int[] more, int from, int to) {
    room(to - from);
    System.arraycopy(more, from, values, size, to - from);
    size += to - from;
  }

  int[] toArray() {
    return Arrays.copyOf(values, size);
  }

  private void room(int more) {
    if (values.length - size < more) {
      long wanted = Math.max(size + (long) more, size + (size >> 1) + 2L);
      values = Arrays.copyOf(values, (int) Math.min(wanted, Integer.MAX_VALUE - 8));
    }
  }
}
