package org.millrace.streaming.placement.estate;

import static java.util.Objects.requireNonNull;

/**
 * Something odd in an inventory that could be read nevertheless.
 *
 * @param source name of the input
 * @param line where, from 1; 0 where no one line is to blame
 * @param text what, and what to do, in one line
 */
public record Remark(String source, int line, String text) {

  public Remark {
    requireNonNull(source, "source is null");
    requireNonNull(text, "text is null");
  }

  @Override
  public String toString() {
    return line == 0 ? source + ": " + text : source + " line " + line + ": " + text;
  }
}
