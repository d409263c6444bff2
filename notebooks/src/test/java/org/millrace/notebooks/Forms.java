package org.millrace.notebooks;

import static java.util.Objects.requireNonNull;

import java.util.Map;

/** Stands in for Zeppelin's {@code z}, as far as the notes use it. */
public final class Forms {

  private final Map<String, String> filled;

  Forms(Map<String, String> filled) {
    this.filled = Map.copyOf(requireNonNull(filled, "filled is null"));
  }

  /** What the reader of a note typed in, or what stands there at first. */
  public Object textbox(String name, String atFirst) {
    return filled.getOrDefault(name, atFirst);
  }
}
