package org.millrace.streaming.placement.health;

/**
 * The constants by which a NIC counts as degraded and as recovered. Windows are aligned to 1970.
 *
 * @param windowMillis length of a window
 * @param activeState state that a port must be in
 * @param linkUp physical state that a port must be in
 * @param rateShare least share of its declared rate at which a link may run
 * @param busShare least share of its own baseline that bus bandwidth may have
 * @param busWindows windows in succession of too little bus bandwidth that prove it
 * @param baselineWindows windows that a baseline is learned from before it counts
 * @param baselineWeight of a window in a learned baseline, 0 to 1
 * @param recoveryWindows good windows in succession after which a NIC has recovered
 * @param longestRecovery the same, at most: each relapse doubles what is asked for
 * @param silentWindows windows without any collective after which too little bandwidth is forgotten
 * @param forgetWindows good windows after which relapses are forgotten
 */
public record HealthRules(
    long windowMillis,
    int activeState,
    int linkUp,
    double rateShare,
    double busShare,
    int busWindows,
    int baselineWindows,
    double baselineWeight,
    int recoveryWindows,
    int longestRecovery,
    int silentWindows,
    int forgetWindows) {

  /** 30 s windows; 0.9 of the rate; 0.7 of the bandwidth for 3 windows; 5 minutes to recover. */
  public static final HealthRules DEFAULT =
      new HealthRules(30_000, 4, 5, 0.9, 0.7, 3, 10, 0.1, 10, 120, 120, 2_880);

  public HealthRules {
    if (windowMillis < 1
        || busWindows < 1
        || baselineWindows < 1
        || recoveryWindows < 1
        || longestRecovery < recoveryWindows
        || silentWindows < 1
        || forgetWindows < 1
        || !(rateShare > 0 && rateShare <= 1)
        || !(busShare > 0 && busShare <= 1)
        || !(baselineWeight > 0 && baselineWeight <= 1)) {
      throw new IllegalArgumentException(
          "rules of health with a number out of range; give positive windows and shares up to 1");
    }
  }
}
