package org.millrace.streaming.placement.estate;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * What a reader of an inventory found.
 *
 * @param estate the nodes
 * @param remarks what the reader had to assume or doubts, in order of place
 */
public record Inventory(Estate estate, List<Remark> remarks) {

  public Inventory {
    requireNonNull(estate, "estate is null");
    remarks = List.copyOf(remarks);
  }
}
