package org.millrace.streaming.placement.health;

import java.util.Set;

/**
 * The constants by which a NIC counts as degraded and as recovered. Windows are aligned to 1970.
 *
 * @param windowMillis length of a window
 * @param activeState state that a port must be in
 * @param linkUp physical state that a port must be in
 * @param rateShare least share of its declared rate at which a link may run
 * @param discardsPerSecond packets that a counter says were thrown away, a second of a window, from
 *     which it counts as rising: a single one is no trouble
 * @param busShare least share of its own baseline that bus bandwidth may have
 * @param busWindows windows in succession of too little bus bandwidth that prove it
 * @param baselineWindows windows that a baseline is learned from before it counts
 * @param baselineWeight of a window in a learned baseline, 0 to 1
 * @param recoveryWindows good windows in succession after which a NIC has recovered
 * @param longestRecovery the same, at most: each relapse doubles what is asked for
 * @param silentWindows windows without any collective after which too little bandwidth is forgotten
 * @param forgetWindows good windows after which relapses are forgotten
 * @param gpuErrors XIDs of broken hardware; others are the program's, or pass
 * @param slowdownReasons bits of NVML's clock event reasons that tell of heat or lack of power
 */
public record HealthRules(
    long windowMillis,
    int activeState,
    int linkUp,
    double rateShare,
    double discardsPerSecond,
    double busShare,
    int busWindows,
    int baselineWindows,
    double baselineWeight,
    int recoveryWindows,
    int longestRecovery,
    int silentWindows,
    int forgetWindows,
    Set<Integer> gpuErrors,
    int slowdownReasons) {

  /**
   * Double-bit ECC, halted microcontroller, failed row remapping, NVLink, off the bus, ECC, GSP.
   */
  private static final Set<Integer> BROKEN = Set.of(48, 62, 64, 74, 79, 95, 119, 120, 140);

  /** Slowed down by hardware, by heat (told by software or hardware), by the power brake. */
  private static final int SLOWED = 0x08 | 0x20 | 0x40 | 0x80;

  /**
   * 30 s windows; 0.9 of the rate; a packet thrown away a second; 0.7 of the bandwidth for 3
   * windows; 5 minutes to recover.
   */
  public static final HealthRules DEFAULT =
      new HealthRules(30_000, 4, 5, 0.9, 1, 0.7, 3, 10, 0.1, 10, 120, 120, 2_880, BROKEN, SLOWED);

  public HealthRules {
    gpuErrors = Set.copyOf(gpuErrors);
    if (windowMillis < 1
        || busWindows < 1
        || baselineWindows < 1
        || recoveryWindows < 1
        || longestRecovery < recoveryWindows
        || silentWindows < 1
        || forgetWindows < 1
        || !(discardsPerSecond > 0)
        || !(rateShare > 0 && rateShare <= 1)
        || !(busShare > 0 && busShare <= 1)
        || !(baselineWeight > 0 && baselineWeight <= 1)) {
      throw new IllegalArgumentException(
          "rules of health with a number out of range; give positive windows and shares up to 1");
    }
  }
}
