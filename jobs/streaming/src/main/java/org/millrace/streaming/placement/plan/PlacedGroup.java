package org.millrace.streaming.placement.plan;

import static java.util.Objects.requireNonNull;

import java.util.List;

/**
 * A process group of a plan.
 *
 * @param kind what it is for
 * @param ranks in ring order, at least 2
 * @param network that its communicator uses
 * @param fabrics that its nodes are in, in order of id
 * @param expectedGbps Gb/s that a hop between its nodes has where it is slowest, the node's rate
 *     shared with the groups of the kind that leave the node over the same network; 0: no hop
 *     leaves a node
 */
public record PlacedGroup(
    GroupKind kind,
    List<Integer> ranks,
    Network network,
    List<String> fabrics,
    double expectedGbps) {

  public PlacedGroup {
    requireNonNull(kind, "kind is null");
    requireNonNull(network, "network is null");
    ranks = List.copyOf(ranks);
    fabrics = List.copyOf(fabrics);
  }
}
