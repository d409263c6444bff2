package org.millrace.kernel.model;

import static java.util.Objects.requireNonNull;

/**
 * A labelled text.
 *
 * @param id decides the shard and the place in it; unique
 */
public record Example(String id, String text, Label label) {

  public Example {
    requireNonNull(id, "id is null");
    requireNonNull(text, "text is null");
    requireNonNull(label, "label is null");
  }
}
