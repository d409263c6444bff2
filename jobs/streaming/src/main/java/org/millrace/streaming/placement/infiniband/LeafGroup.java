package org.millrace.streaming.placement.infiniband;

import java.util.List;
import java.util.SortedMap;

/**
 * Leaves that the same hosts are connected to: one leaf a rail in a rail-optimised fabric, else a
 * leaf alone.
 *
 * @param name what the names of its leaves have in common
 * @param leaves in order of name
 * @param rails device that most adapters at a leaf are, by the leaf's id; without those where no
 *     adapter is named
 * @param railOptimised whether a host has the same port at each leaf, so that a slot is a host
 */
public record LeafGroup(
    String name, List<Device> leaves, SortedMap<String, String> rails, boolean railOptimised) {

  public LeafGroup {
    leaves = List.copyOf(leaves);
  }
}
