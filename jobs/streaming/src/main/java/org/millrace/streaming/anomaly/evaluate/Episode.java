package org.millrace.streaming.anomaly.evaluate;

import java.util.Set;

/**
 * An alert of a run, in row numbers of its device.
 *
 * @param first the row that opened it
 * @param last the last row that was reported; not before {@code first}
 * @param variables all that it was about
 * @param severity as the alert says
 */
public record Episode(int first, int last, Set<String> variables, String severity) {

  /** A copy that does not change. */
  public Episode {
    variables = Set.copyOf(variables);
  }
}
