package org.millrace.streaming.placement.plan;

import static java.util.Objects.requireNonNull;

/**
 * The network of a communicator.
 *
 * @param kind what it speaks
 * @param fabricId the fabric, of {@link NetKind#IB} and {@link NetKind#ROCE}; else empty
 */
public record Network(NetKind kind, String fabricId) {

  /** Within a node. */
  public static final Network NONE = new Network(NetKind.NONE, "");

  /** Sockets. */
  public static final Network SOCKET = new Network(NetKind.SOCKET, "");

  public Network {
    requireNonNull(kind, "kind is null");
    requireNonNull(fabricId, "fabricId is null");
  }
}
