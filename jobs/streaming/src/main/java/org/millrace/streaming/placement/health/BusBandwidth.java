package org.millrace.streaming.placement.health;

import java.util.Optional;
import org.millrace.streaming.inspector.InspectorRecord;

/**
 * Bus bandwidths of NCCL Inspector as samples. They are of the host's network as a whole, since a
 * record does not tell which NIC it used; and a slow NIC slows all hosts of its communicators, so
 * that bandwidth alone says where something is wrong, but not whose fault it is.
 */
public final class BusBandwidth {

  private BusBandwidth() {}

  /**
   * The sample of a record; none of a communicator within a node or of a record without bandwidth.
   * Records of one collective, number of ranks and order of magnitude of bytes are one series.
   */
  public static Optional<NicSample> of(InspectorRecord record) {
    if (record.nodes() < 2 || !Double.isFinite(record.busbwGbs())) {
      return Optional.empty();
    }
    int magnitude = Long.SIZE - Long.numberOfLeadingZeros(record.bytes());
    return Optional.of(
        new NicSample(
            record.host(),
            "",
            Signal.BUS_BANDWIDTH,
            "%s/%d/2^%d".formatted(record.coll(), record.ranks(), magnitude),
            record.timeUs() / 1000,
            record.busbwGbs()));
  }
}
