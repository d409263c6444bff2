package org.millrace.streaming.anomaly.rola;

/** How bad it is, by score over threshold. */
public enum Severity {
  /** Of a variable that no other could confirm. */
  INFO,
  /** Below {@value Severity#MAJOR_FROM} thresholds. */
  MINOR,
  /** Below {@value Severity#CRITICAL_FROM} thresholds. */
  MAJOR,
  CRITICAL;

  /** Thresholds from which it is major. */
  public static final double MAJOR_FROM = 2;

  /** Thresholds from which it is critical. */
  public static final double CRITICAL_FROM = 5;

  /**
   * The severity of a confirmed anomaly.
   *
   * @param ratio score over threshold
   */
  public static Severity of(double ratio) {
    if (ratio < MAJOR_FROM) {
      return MINOR;
    }
    return ratio < CRITICAL_FROM ? MAJOR : CRITICAL;
  }
}
