package org.millrace.kernel.strategy.steps;

/**
 * A line that is no step.
 *
 * @param line in the file, from 1
 * @param reason one sentence for its reader, with no text of the line beyond a cell's begin
 */
public record Rejected(long line, String reason) implements StepRow {

  /** Keeps the reason on one line, whatever the cell has. */
  public Rejected {
    reason = reason.replaceAll("[\\p{Cntrl}\\u2028\\u2029]+", " ");
  }
}
