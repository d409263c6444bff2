package org.millrace.streaming.anomaly.rola;

import java.io.DataInput;
import java.io.IOException;
import java.util.function.LongFunction;
import org.millrace.streaming.anomaly.detect.Detector;
import org.millrace.streaming.job.Fingerprint;

/**
 * Detectors without settings but a seed, which differs from variable to variable.
 *
 * @param name as alerts carry it
 * @param seed of all
 * @param create makes one of a seed of its own
 * @param reader reads what one wrote
 */
record SeededDetectors(String name, long seed, LongFunction<Detector> create, Reader reader)
    implements DetectorFactory {

  /** Reads a detector's state. */
  interface Reader {
    Detector read(DataInput in) throws IOException;
  }

  @Override
  public String configuration() {
    return "seed=" + seed;
  }

  @Override
  public Detector create(String device, String variable) {
    return create.apply(Fingerprint.number(device, variable, name, configuration()));
  }

  @Override
  public Detector read(DataInput in, String device, String variable) throws IOException {
    return reader.read(in);
  }
}
