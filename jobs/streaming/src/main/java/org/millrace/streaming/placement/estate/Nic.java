package org.millrace.streaming.placement.estate;

import static java.util.Objects.requireNonNull;

/**
 * A port of a node.
 *
 * @param name as the operating system has it, such as {@code mlx5_0} or {@code eth0}; not empty
 * @param kind what it speaks
 * @param fabricId what it is connected to: ports of one fabric reach each other over that
 *     technology; not empty
 * @param gbps line rate in Gb/s (1e9 bits), positive and finite
 * @param healthy whether it can be used
 */
public record Nic(String name, NicKind kind, String fabricId, double gbps, boolean healthy) {

  private static final double BYTES_PER_GBIT = 1e9 / 8;

  public Nic {
    requireNonNull(name, "name is null");
    requireNonNull(kind, "kind is null");
    requireNonNull(fabricId, "fabricId is null");
    require(!name.isEmpty(), "a NIC without a name");
    require(!fabricId.isEmpty(), "NIC " + name + " is in no fabric");
    require(
        gbps > 0 && gbps < Double.POSITIVE_INFINITY,
        "NIC " + name + " has a rate of " + gbps + " Gb/s; give a positive one");
  }

  private static void require(boolean holds, String message) {
    if (!holds) {
      throw new IllegalArgumentException(message);
    }
  }

  /** A healthy port. */
  public static Nic of(String name, NicKind kind, String fabricId, double gbps) {
    return new Nic(name, kind, fabricId, gbps, true);
  }

  /** Line rate in bytes a second. */
  public double bytesPerSecond() {
    return gbps * BYTES_PER_GBIT;
  }

  /** The same port, able or unable to be used. */
  public Nic withHealthy(boolean healthy) {
    return new Nic(name, kind, fabricId, gbps, healthy);
  }

  /** The same port at another line rate in Gb/s. */
  public Nic withGbps(double gbps) {
    return new Nic(name, kind, fabricId, gbps, healthy);
  }
}
