package org.millrace.streaming.placement.warning;

import java.io.DataInput;
import java.io.IOException;
import java.util.Locale;
import org.millrace.streaming.anomaly.detect.Detector;
import org.millrace.streaming.anomaly.detect.EnsembleDetector;
import org.millrace.streaming.anomaly.detect.NeighbourDetector;
import org.millrace.streaming.job.Fingerprint;
import org.millrace.streaming.placement.health.Signal;

/**
 * Which detector of {@code anomalies} watches the traffic of NICs. RePAD2 is none of them: it is
 * blind to errors after none, and takes more noise for unusual.
 */
public enum LinkDetector {
  /** Shapes of 32 windows without a like among the 33 hours before; up to 66 kB a series. */
  NEIGHBOURS,
  /**
   * The ensemble, which has these neighbours as a member; twice the state, twenty times the work.
   */
  ENSEMBLE,
  /** None. */
  NONE;

  private static final NeighbourDetector.Scale SHAPES = new NeighbourDetector.Scale(4, 8);

  /** A detector that has seen nothing; the names take part in its seed. */
  Detector create(String link, Signal series) {
    return switch (this) {
      case NEIGHBOURS -> new NeighbourDetector(SHAPES);
      case ENSEMBLE -> new EnsembleDetector(Fingerprint.number(link, series.name()));
      case NONE -> throw new IllegalStateException("no detector watches " + link);
    };
  }

  /** The detector that was written. */
  Detector read(DataInput in) throws IOException {
    return switch (this) {
      case NEIGHBOURS -> NeighbourDetector.read(in);
      case ENSEMBLE -> EnsembleDetector.read(in);
      case NONE -> throw new IllegalStateException("no detector watches links");
    };
  }

  @Override
  public String toString() {
    return name().toLowerCase(Locale.ROOT);
  }
}
