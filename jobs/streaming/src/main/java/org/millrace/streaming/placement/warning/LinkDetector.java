package org.millrace.streaming.placement.warning;

import java.util.Locale;
import java.util.Optional;
import org.millrace.streaming.anomaly.rola.DetectorFactory;

/** Which detector of {@code anomalies} watches the traffic of NICs. */
public enum LinkDetector {
  /** The ensemble: finds shifts in noise from some dozen windows on; 150 kB a series. */
  ENSEMBLE,
  /** Extreme values alone, after a thousand windows; 10 kB a series. */
  TAIL,
  /** None. */
  NONE;

  private static final long SEED = 140;

  /** Makes the detectors; none of {@link #NONE}. */
  public Optional<DetectorFactory> factory() {
    return switch (this) {
      case ENSEMBLE -> Optional.of(DetectorFactory.ensemble(SEED));
      case TAIL -> Optional.of(DetectorFactory.tail());
      case NONE -> Optional.empty();
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
