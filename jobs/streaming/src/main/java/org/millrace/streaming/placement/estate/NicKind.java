package org.millrace.streaming.placement.estate;

import java.util.Locale;

/** The technology that a NIC speaks. */
public enum NicKind {
  /** InfiniBand. */
  IB,
  /** RDMA over converged Ethernet. */
  ROCE,
  /** Plain Ethernet: sockets only. Also what an unknown kind counts as. */
  ETH;

  /** Whether the kind does RDMA, so that a communicator can use it without sockets. */
  public boolean rdma() {
    return this != ETH;
  }

  /**
   * The kind of a name, in any case: {@code IB} or {@code InfiniBand}, {@code ROCE}, {@code ETH} or
   * {@code Ethernet}.
   *
   * @throws IllegalArgumentException that names the kinds there are
   */
  public static NicKind parse(String text) {
    return switch (text.strip().toUpperCase(Locale.ROOT)) {
      case "IB", "INFINIBAND" -> IB;
      case "ROCE" -> ROCE;
      case "ETH", "ETHERNET" -> ETH;
      default ->
          throw new IllegalArgumentException("'%s' is not IB, ROCE or ETH".formatted(text.strip()));
    };
  }
}
