package org.millrace.streaming.anomaly.detect;

import java.io.DataOutput;
import java.io.IOException;

/**
 * Watches one variable, point after point, in bounded memory. What a detector says depends on its
 * configuration, its seed and the values so far, and on nothing else: a detector that was written
 * and read back goes on as if nothing had happened.
 *
 * <p>The accessors speak of the last observed point and allocate nothing.
 */
public interface Detector {

  /**
   * Takes the next value.
   *
   * @param value finite; what is missing is not observed at all
   */
  Verdict observe(double value);

  /** How unusual the last point was; at least 0, and comparable with {@link #threshold}. */
  double score();

  /** The score above which a point is anomalous at present; positive. */
  double threshold();

  /**
   * What the last point was expected to be; NaN where the detector expects nothing in particular.
   */
  double expected();

  /**
   * Says that points are missing before the next one: what was learned stays, the recent past goes.
   */
  void afterGap();

  /** Writes the whole state after a version byte, for the reader of the same kind of detector. */
  void write(DataOutput out) throws IOException;
}
