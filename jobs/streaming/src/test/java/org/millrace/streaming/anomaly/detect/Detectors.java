package org.millrace.streaming.anomaly.detect;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.DataInput;
import java.io.DataInputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Arrays;
import java.util.Random;
import java.util.function.Supplier;

/** The detectors of the package with their readers, and series to show them. */
enum Detectors {
  NEIGHBOUR(
      () -> new NeighbourDetector(new NeighbourDetector.Scale(4, 8)), NeighbourDetector::read),
  SEASONAL(SeasonalDetector::new, SeasonalDetector::read),
  TAIL(TailDetector::new, TailDetector::read),
  FOREST(() -> new ForestDetector(42), ForestDetector::read),
  ENSEMBLE(() -> new EnsembleDetector(42), EnsembleDetector::read);

  interface Reader {
    Detector read(DataInput in) throws IOException;
  }

  private final Supplier<Detector> fresh;
  private final Reader reader;

  Detectors(Supplier<Detector> fresh, Reader reader) {
    this.fresh = fresh;
    this.reader = reader;
  }

  Detector fresh() {
    return fresh.get();
  }

  static byte[] written(Detector detector) {
    var bytes = new ByteArrayOutputStream();
    try {
      detector.write(new DataOutputStream(bytes));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  Detector read(byte[] state) throws IOException {
    return reader.read(new DataInputStream(new ByteArrayInputStream(state)));
  }

  /** The score of each value. */
  static double[] scores(Detector detector, double[] values) {
    return Arrays.stream(values)
        .map(
            value -> {
              detector.observe(value);
              return detector.score();
            })
        .toArray();
  }

  /** A rounded wave with noise, in whole numbers of some hundreds: exact in floats. */
  static double[] wave(int length, long seed) {
    var random = new Random(seed);
    var values = new double[length];
    for (int i = 0; i < length; i++) {
      values[i] =
          Math.rint(500 + 200 * Math.sin(2 * Math.PI * i / 48) + 20 * random.nextGaussian());
    }
    return values;
  }

  static double[] flat(int length, double value) {
    var values = new double[length];
    Arrays.fill(values, value);
    return values;
  }
}
