package org.millrace.streaming.placement.health;

/** What a sample of a NIC tells. */
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
  BUS_BANDWIDTH;

  /** Whether the value only counts up, until its counter begins anew. */
  public boolean isCounter() {
    return this == LINK_DOWNED || this == DISCARDS;
  }
}
