package org.millrace.kernel.tokens;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The window that is being filled, from some place on. */
final class WindowBuilder {

  private final int[] tokens;
  private final int from;
  private final List<Boundary> boundaries = new ArrayList<>();
  private int end;

  WindowBuilder(int length, int from) {
    tokens = new int[length];
    this.from = from;
    end = from;
  }

  int end() {
    return end;
  }

  boolean isEmpty() {
    return end == from;
  }

  boolean isFull() {
    return end == tokens.length;
  }

  /** Whether it has all tokens of the window. */
  boolean isWhole() {
    return from == 0 && isFull();
  }

  void start(String id, String source, boolean continued) {
    boundaries.add(new Boundary(id, source, end, continued));
  }

  /** Adds as many of the tokens as there is room for and tells how many. */
  int add(int[] more, int at) {
    int count = Math.min(more.length - at, tokens.length - end);
    System.arraycopy(more, at, tokens, end, count);
    end += count;
    return count;
  }

  void add(Fragment fragment) {
    add(fragment.tokens(), 0);
    boundaries.addAll(fragment.boundaries());
  }

  Window window(long index, int padding) {
    Arrays.fill(tokens, end, tokens.length, padding);
    return new Window(index, tokens, end, boundaries);
  }

  Fragment fragment(long window) {
    return new Fragment(window, from, Arrays.copyOfRange(tokens, from, end), boundaries);
  }
}
