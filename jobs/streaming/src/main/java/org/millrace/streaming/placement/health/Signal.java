package org.millrace.streaming.placement.health;

/** What a sample of a NIC, or of a GPU, tells. Their order is part of what is stored. */
public enum Signal {
  /** Logical state of an InfiniBand or RoCE port; 4 is active. */
  STATE,
  /** Physical state of such a port; 5 is up. */
  PHYSICAL_STATE,
  /** Rate at which the link runs, Gb/s. */
  RATE,
  /** How often the link went down; counts up. */
  LINK_DOWNED,
  /** Packets thrown away; counts up. */
  DISCARDS,
  /** Bus bandwidth of a collective, 1e9 bytes a second. */
  BUS_BANDWIDTH,
  /** Bytes received; counts up. */
  RECEIVED,
  /** Bytes sent; counts up. */
  TRANSMITTED,
  /** Packets, or frames of a GPU's links, that arrived broken; counts up. */
  ERRORS,
  /** Ticks that a port with data waited to send; counts up. */
  CONGESTION,
  /** The last XID error of a GPU; 0: none. */
  GPU_ERROR,
  /** Why a GPU's clock is held down: NVML's bits of clock event reasons. */
  GPU_SLOWDOWN;

  /** Whether the value only counts up, until its counter begins anew. */
  public boolean isCounter() {
    return this == LINK_DOWNED || this == DISCARDS || isTraffic();
  }

  /** Whether no rule judges it, but detectors of the unusual watch its rate. */
  public boolean isTraffic() {
    return this == RECEIVED || this == TRANSMITTED || this == ERRORS || this == CONGESTION;
  }
}
