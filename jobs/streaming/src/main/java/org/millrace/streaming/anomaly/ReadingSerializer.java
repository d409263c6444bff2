package org.millrace.streaming.anomaly;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.millrace.streaming.anomaly.input.Reading;
import org.millrace.streaming.job.ValueSerializer;

/** Writes readings between operators. */
final class ReadingSerializer extends ValueSerializer<Reading> {

  static final ReadingSerializer INSTANCE = new ReadingSerializer();

  private static final long serialVersionUID = 1L;

  @Override
  public void serialize(Reading reading, DataOutputView out) throws IOException {
    StringValue.writeString(reading.device(), out);
    out.writeLong(reading.ts());
    out.writeLong(reading.arrived());
    out.writeShort(reading.values().length);
    for (int i = 0; i < reading.values().length; i++) {
      StringValue.writeString(reading.variables()[i], out);
      out.writeDouble(reading.values()[i]);
    }
  }

  @Override
  public Reading deserialize(DataInputView in) throws IOException {
    var device = StringValue.readString(in);
    long ts = in.readLong();
    long arrived = in.readLong();
    int count = in.readUnsignedShort();
    var variables = new String[count];
    var values = new double[count];
    for (int i = 0; i < count; i++) {
      variables[i] = StringValue.readString(in);
      values[i] = in.readDouble();
    }
    return new Reading(device, ts, variables, values, arrived);
  }
}
