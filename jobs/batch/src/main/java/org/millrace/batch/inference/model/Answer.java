package org.millrace.batch.inference.model;

import static java.util.Objects.requireNonNull;

/** An answer to a prompt, or any pair of texts that a model looks at together. */
public record Answer(String prompt, String text) {

  public Answer {
    requireNonNull(prompt, "prompt is null");
    requireNonNull(text, "text is null");
  }
}
