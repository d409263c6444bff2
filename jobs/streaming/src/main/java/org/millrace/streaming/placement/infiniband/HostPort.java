package org.millrace.streaming.placement.infiniband;

import static java.util.Objects.requireNonNull;

/**
 * A port of an adapter and the leaf that it is connected to.
 *
 * @param adapter whose port it is
 * @param role of the adapter
 * @param host empty where the adapter names none
 * @param device {@code mlx5_0}; empty where the adapter names none
 * @param leaf the switch
 * @param leafPort of the switch, from 1
 * @param gbps rate in Gb/s; 0 where not told
 */
public record HostPort(
    Device adapter,
    AdapterRole role,
    String host,
    String device,
    Device leaf,
    int leafPort,
    double gbps) {

  public HostPort {
    requireNonNull(adapter, "adapter is null");
    requireNonNull(role, "role is null");
    requireNonNull(host, "host is null");
    requireNonNull(device, "device is null");
    requireNonNull(leaf, "leaf is null");
  }

  /** Whether its host has a name. */
  boolean named() {
    return role == AdapterRole.HOST;
  }
}
