package org.millrace.kernel.tokens;

import java.io.Serializable;
import java.util.Arrays;
import java.util.List;

/**
 * A training sequence.
 *
 * @param index of the window among all, from 0
 * @param tokens of the window, padding at the end; not copied
 * @param used tokens that aren't padding, 1 to all
 * @param boundaries of the documents in it, in order; the first begins at 0
 */
public record Window(long index, int[] tokens, int used, List<Boundary> boundaries)
    implements Serializable {

  /** A window whose boundaries can't be changed. */
  public Window {
    boundaries = List.copyOf(boundaries);
  }

  /** 1 for each token to learn, 0 for padding. */
  public byte[] lossMask() {
    var mask = new byte[tokens.length];
    Arrays.fill(mask, 0, used, (byte) 1);
    return mask;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Window that
        && index == that.index
        && used == that.used
        && Arrays.equals(tokens, that.tokens)
        && boundaries.equals(that.boundaries);
  }

  @Override
  public int hashCode() {
    return 31 * Arrays.hashCode(tokens) + Long.hashCode(index);
  }

  @Override
  public String toString() {
    return "Window[index=%d, tokens=%s, used=%d, boundaries=%s]"
        .formatted(index, Arrays.toString(tokens), used, boundaries);
  }
}
