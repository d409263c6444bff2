package org.millrace.streaming.anomaly.evaluate;

/** The weights of the Numenta Anomaly Benchmark's three application profiles. */
public enum NabProfile {
  /** False alarms and misses weigh alike. */
  STANDARD(1, 1, 0.11),
  /** A false alarm costs twice as much. */
  LOW_FP(1, 1, 0.22),
  /** A missed window costs twice as much. */
  LOW_FN(1, 2, 0.11);

  private final double hit;
  private final double miss;
  private final double falseAlarm;

  NabProfile(double hit, double miss, double falseAlarm) {
    this.hit = hit;
    this.miss = miss;
    this.falseAlarm = falseAlarm;
  }

  /** What a window flagged at its first row earns. */
  public double hit() {
    return hit;
  }

  /** What a window without a flag costs. */
  public double miss() {
    return miss;
  }

  /** What a flag far from any window costs. */
  public double falseAlarm() {
    return falseAlarm;
  }
}
