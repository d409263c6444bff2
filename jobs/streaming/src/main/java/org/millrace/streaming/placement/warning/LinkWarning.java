package org.millrace.streaming.placement.warning;

import static java.util.Objects.requireNonNull;

import org.millrace.streaming.placement.health.Signal;

/**
 * Traffic of a NIC became unusual, or is so no longer.
 *
 * @param host of the NIC
 * @param nic its name
 * @param series what is unusual
 * @param change which of the two
 * @param episode number of the episode of this series, from 1
 * @param from start of the window that it follows from, milliseconds since 1970 UTC
 * @param ts event time at which it was judged, milliseconds since 1970 UTC: its end or soon after
 * @param perSecond mean rate in that window: bytes, errors or ticks a second
 * @param score how unusual it is, at least 0
 * @param threshold score above which a window is unusual
 */
public record LinkWarning(
    String host,
    String nic,
    Signal series,
    Change change,
    int episode,
    long from,
    long ts,
    double perSecond,
    double score,
    double threshold) {

  /** What happened. */
  public enum Change {
    /** It is unusual. */
    UNUSUAL,
    /** It is as before, or what it is now has become usual. */
    USUAL
  }

  public LinkWarning {
    requireNonNull(host, "host is null");
    requireNonNull(nic, "nic is null");
    requireNonNull(series, "series is null");
    requireNonNull(change, "change is null");
  }
}
