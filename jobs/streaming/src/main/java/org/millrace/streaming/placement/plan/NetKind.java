package org.millrace.streaming.placement.plan;

import org.millrace.streaming.placement.estate.NicKind;

/** What a communicator speaks between nodes. */
public enum NetKind {
  /** Nothing: it lies in one node. */
  NONE,
  /** InfiniBand. */
  IB,
  /** RDMA over converged Ethernet. */
  ROCE,
  /** TCP sockets, for every hop between nodes. */
  SOCKET;

  static NetKind of(NicKind kind) {
    return switch (kind) {
      case IB -> IB;
      case ROCE -> ROCE;
      case ETH -> SOCKET;
    };
  }
}
