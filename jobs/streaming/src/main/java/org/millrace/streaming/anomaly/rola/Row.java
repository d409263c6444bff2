package org.millrace.streaming.anomaly.rola;

import java.io.DataInput;
import java.io.DataOutput;
import java.io.IOException;
import java.util.BitSet;

/**
 * A row of a device as correlations need it.
 *
 * @param values by number of the variable; NaN where absent, shorter than the device's last row if
 *     variables joined since
 * @param outliers the variables whose value is an outlier; never changed
 */
record Row(double[] values, BitSet outliers) {

  private static final BitSet NONE = new BitSet();

  /** Copies both. */
  static Row of(double[] values, BitSet outliers) {
    return new Row(values.clone(), outliers.isEmpty() ? NONE : (BitSet) outliers.clone());
  }

  double value(int variable) {
    return variable < values.length ? values[variable] : Double.NaN;
  }

  void write(DataOutput out) throws IOException {
    out.writeShort(values.length);
    for (var value : values) {
      out.writeDouble(value);
    }
    out.writeShort(outliers.cardinality());
    for (int v = outliers.nextSetBit(0); v >= 0; v = outliers.nextSetBit(v + 1)) {
      out.writeShort(v);
    }
  }

  /** Reads what {@link #write} wrote. */
  static Row read(DataInput in) throws IOException {
    var values = values(in);
    int left = in.readUnsignedShort();
    var outliers = left == 0 ? NONE : new BitSet(values.length);
    for (; left > 0; left--) {
      int variable = in.readUnsignedShort();
      if (variable >= values.length) {
        throw new IOException(
            "The state is damaged: variable %d of %d".formatted(variable, values.length));
      }
      outliers.set(variable);
    }
    return new Row(values, outliers);
  }

  /** Reads what version 1 wrote, which knew no outliers. */
  static Row readVersion1(DataInput in) throws IOException {
    return new Row(values(in), NONE);
  }

  private static double[] values(DataInput in) throws IOException {
    var values = new double[in.readUnsignedShort()];
    for (int v = 0; v < values.length; v++) {
      values[v] = in.readDouble();
    }
    return values;
  }
}
