package org.millrace.streaming.placement.health;

import static java.util.Objects.requireNonNull;

/**
 * A value that telemetry gives of a NIC at one time.
 *
 * @param host not empty
 * @param nic as the operating system has it, {@code mlx5_0}; empty where a value is of the host's
 *     network as a whole, as bandwidths of collectives are
 * @param signal what it tells
 * @param series tells values apart that can't be compared, such as two counters or two kinds of
 *     collectives; may be empty
 * @param ts event time, milliseconds since 1970 UTC
 * @param value finite, not negative, in the unit of the signal
 */
public record NicSample(
    String host, String nic, Signal signal, String series, long ts, double value) {

  public NicSample {
    requireNonNull(host, "host is null");
    requireNonNull(nic, "nic is null");
    requireNonNull(signal, "signal is null");
    requireNonNull(series, "series is null");
  }
}
