package org.millrace.streaming.anomaly.rola;

import java.io.DataInput;
import java.io.IOException;
import org.millrace.streaming.anomaly.detect.Detector;
import org.millrace.streaming.anomaly.detect.EnsembleDetector;
import org.millrace.streaming.anomaly.detect.ForestDetector;
import org.millrace.streaming.anomaly.detect.RePad2Config;
import org.millrace.streaming.anomaly.detect.RePad2Factory;
import org.millrace.streaming.anomaly.detect.SeasonalDetector;
import org.millrace.streaming.anomaly.detect.TailDetector;

/** Makes the detectors of a device's variables; used by one thread. */
public interface DetectorFactory {

  /** The detector's name, as alerts carry it. */
  String name();

  /** Its whole configuration as text. */
  String configuration();

  /** A detector that has seen nothing. */
  Detector create(String device, String variable);

  /** The detector whose state was written by {@link Detector#write}. */
  Detector read(DataInput in, String device, String variable) throws IOException;

  /** RePAD2: with {@link DeviceMonitor}, the RoLA of the paper. */
  static DetectorFactory rePad2(RePad2Config config) {
    var factory = new RePad2Factory(config);
    return new DetectorFactory() {
      @Override
      public String name() {
        return "rola";
      }

      @Override
      public String configuration() {
        return config.toString();
      }

      @Override
      public Detector create(String device, String variable) {
        return factory.create(device, variable);
      }

      @Override
      public Detector read(DataInput in, String device, String variable) throws IOException {
        return factory.read(in);
      }
    };
  }

  /** {@link EnsembleDetector}s. */
  static DetectorFactory ensemble(long seed) {
    return new SeededDetectors("ensemble", seed, EnsembleDetector::new, EnsembleDetector::read);
  }

  /** {@link SeasonalDetector}s, in which nothing is random. */
  static DetectorFactory seasonal() {
    return new SeededDetectors(
        "seasonal", 0, seed -> new SeasonalDetector(), SeasonalDetector::read);
  }

  /** {@link TailDetector}s, in which nothing is random. */
  static DetectorFactory tail() {
    return new SeededDetectors("tail", 0, seed -> new TailDetector(), TailDetector::read);
  }

  /** {@link ForestDetector}s. */
  static DetectorFactory forest(long seed) {
    return new SeededDetectors("forest", seed, ForestDetector::new, ForestDetector::read);
  }
}
