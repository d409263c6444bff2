package org.millrace.streaming.anomaly.detect;

/** What a detector says of a point. */
public enum Verdict {
  /** Too little was seen yet (at the start, after a gap) to say anything. */
  WARMING_UP,
  /** As expected. */
  NORMAL,
  /** Not as expected. */
  ANOMALOUS
}
