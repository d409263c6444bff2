package org.millrace.kernel.model;

import static java.util.Objects.requireNonNull;

/**
 * What a model says of a text.
 *
 * @param label without fastText's {@code __label__}
 * @param probability 0 to 1
 */
public record Prediction(String label, double probability) {

  public Prediction {
    requireNonNull(label, "label is null");
  }
}
