package org.millrace.streaming.placement.infiniband;

import java.util.List;

/**
 * A place for a host in a rail-optimised group: the same port of each leaf.
 *
 * @param group of leaves
 * @param port of the leaves, from 1
 * @param host that most of its ports are of; empty if none of them names one
 * @param ports at it, one a leaf at most
 */
public record Slot(LeafGroup group, int port, String host, List<HostPort> ports) {

  public Slot {
    ports = List.copyOf(ports);
  }
}
