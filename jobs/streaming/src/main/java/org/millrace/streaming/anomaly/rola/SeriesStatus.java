package org.millrace.streaming.anomaly.rola;

/** How a variable of a device is doing. */
public enum SeriesStatus {
  /** Too little was seen, at the start or since a gap, to judge it; it has no vote. */
  WARMING_UP,
  OK,
  ANOMALOUS,
  /** Absent for many rows on end. */
  STALE
}
