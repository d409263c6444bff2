package org.millrace.streaming.anomaly.detect;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;

/** How the detectors of this package write what they know. */
final class State {

  /** No detector keeps an array longer than this; a longer one is a broken state. */
  private static final int LONGEST = 1 << 20;

  private State() {}

  static void checkVersion(DataInput in, int expected, String what) throws IOException {
    int version = in.readUnsignedByte();
    if (version != expected) {
      throw new IOException(
          "State of a "
              + what
              + " has version "
              + version
              + ", this build reads "
              + expected
              + "; restore with the build that wrote it or start afresh");
    }
  }

  static void writeDoubles(DataOutput out, double[] values) throws IOException {
    out.writeInt(values.length);
    for (double value : values) {
      out.writeDouble(value);
    }
  }

  static double[] readDoubles(DataInput in) throws IOException {
    var values = new double[length(in)];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readDouble();
    }
    return values;
  }

  /** Writes the first {@code length} values. */
  static void writeFloats(DataOutput out, float[] values, int length) throws IOException {
    out.writeInt(length);
    for (int i = 0; i < length; i++) {
      out.writeFloat(values[i]);
    }
  }

  static float[] readFloats(DataInput in) throws IOException {
    var values = new float[length(in)];
    for (int i = 0; i < values.length; i++) {
      values[i] = in.readFloat();
    }
    return values;
  }

  static double requireFinite(double value) {
    if (!Double.isFinite(value)) {
      throw new IllegalArgumentException("a detector takes finite values, not " + value);
    }
    return value;
  }

  private static int length(DataInput in) throws IOException {
    int length = in.readInt();
    if (length < 0 || length > LONGEST) {
      throw new IOException("Detector state claims an array of " + length + "; it is damaged");
    }
    return length;
  }
}
