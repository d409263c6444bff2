package org.millrace.streaming.placement.render;

import static java.util.Objects.requireNonNull;

/**
 * A file that was made of a plan.
 *
 * @param name without folder
 * @param text of it, UTF-8, its last line ended
 */
public record RenderedFile(String name, String text) {

  public RenderedFile {
    requireNonNull(name, "name is null");
    requireNonNull(text, "text is null");
  }
}
