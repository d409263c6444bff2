package org.millrace.kernel.clean;

import java.util.Arrays;

/** Places of words in a text: a reusable list of half-open intervals of UTF-16 units. */
public final class Spans {

  private static final int FIRST_CAPACITY = 1 << 10;

  private int[] begins = new int[FIRST_CAPACITY];
  private int[] ends = new int[FIRST_CAPACITY];
  private int size;

  /** An empty list. */
  public Spans() {}

  /** Forgets all intervals and keeps their memory. */
  public void clear() {
    size = 0;
  }

  /**
   * Adds the interval from {@code begin} to {@code end}, not included.
   *
   * @param begin not before the end of the interval before
   * @param end after {@code begin}
   */
  public void add(int begin, int end) {
    if (size == begins.length) {
      begins = Arrays.copyOf(begins, 2 * size);
      ends = Arrays.copyOf(ends, 2 * size);
    }
    begins[size] = begin;
    ends[size++] = end;
  }

  /** How many intervals there are. */
  public int size() {
    return size;
  }

  /** Where interval {@code i} begins. */
  public int begin(int i) {
    return begins[i];
  }

  /** Where interval {@code i} ends, not included. */
  public int end(int i) {
    return ends[i];
  }
}
