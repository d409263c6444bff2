package org.millrace.streaming.placement.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A node of a plan.
 *
 * @param host its name
 * @param slots ranks that run on it, at least 1
 * @param fabricId of the network that its data-parallel group uses, or its fastest; empty: it has
 *     no healthy NIC
 * @param nics names of its healthy NICs in that fabric
 * @param tierPath switches or domains above it, outer to inner
 */
public record PlacedNode(
    String host, int slots, String fabricId, List<String> nics, List<String> tierPath) {

  public PlacedNode {
    requireNonNull(host, "host is null");
    requireNonNull(fabricId, "fabricId is null");
    nics = List.copyOf(nics);
    tierPath = List.copyOf(tierPath);
  }
}
