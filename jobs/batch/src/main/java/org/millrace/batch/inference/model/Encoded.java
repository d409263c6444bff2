package org.millrace.batch.inference.model;

import static java.util.Objects.requireNonNull;

/**
 * A text, or a pair of them, as a model reads it.
 *
 * @param ids of the tokens in order, special ones among them
 * @param types one a token: 0, and 1 for the second text of a pair
 * @param cut whether the text was longer than the model reads
 * @param marks positions among the tokens, ascending, at which a task reads the output; none where
 *     it reads by itself
 */
public record Encoded(long[] ids, long[] types, boolean cut, int[] marks) {

  private static final int[] NONE = {};

  public Encoded {
    requireNonNull(ids, "ids is null");
    requireNonNull(types, "types is null");
    requireNonNull(marks, "marks is null");
  }

  Encoded(long[] ids, long[] types, boolean cut) {
    this(ids, types, cut, NONE);
  }

  Encoded marked(int[] positions) {
    return new Encoded(ids, types, cut, positions);
  }

  /** Tokens. */
  public int length() {
    return ids.length;
  }
}
