package org.millrace.kernel.tokens;

import java.io.Serializable;
import java.util.List;

/**
 * A piece of a window that several parts of the documents share.
 *
 * @param window index of the window
 * @param from place of the first token in the window
 * @param tokens of the piece; not copied
 * @param boundaries of the documents in it, in order, by their place in the window
 */
public record Fragment(long window, int from, int[] tokens, List<Boundary> boundaries)
    implements Serializable {

  /** A fragment whose boundaries can't be changed. */
  public Fragment {
    boundaries = List.copyOf(boundaries);
  }
}
