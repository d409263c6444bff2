package org.millrace.streaming.anomaly.detect;

import static java.util.Objects.requireNonNull;

import java.io.DataInput;
import java.io.IOException;

/** Creates the {@link RePad2} detectors of one thread, which share its working arrays. */
public final class RePad2Factory {

  private final RePad2Config config;
  private final Training training;

  /** For detectors of one configuration. */
  public RePad2Factory(RePad2Config config) {
    this.config = requireNonNull(config, "config is null");
    training = new Training(config.lookBack());
  }

  /** A detector that has seen nothing; the names take part in its seed. */
  public RePad2 create(String device, String variable) {
    requireNonNull(device, "device is null");
    requireNonNull(variable, "variable is null");
    return new RePad2(config, training, config.seedOf(device, variable));
  }

  /**
   * The detector whose state was written.
   *
   * @throws IOException if the state is of another version, damaged, or does not fit the
   *     configuration
   */
  public RePad2 read(DataInput in) throws IOException {
    int version = in.readUnsignedByte();
    if (version != RePad2.VERSION) {
      throw new IOException(
          "State of RePAD2 has version %d, this release reads 1 to %d: use the release that wrote it, or start without it"
              .formatted(version, RePad2.VERSION));
    }
    return new RePad2(config, training, in);
  }
}
