package org.millrace.streaming.job;

import java.io.IOException;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.millrace.schema.RejectedRecord;

/** Writes arrivals between a source and an intake that were not chained. */
final class ArrivalSerializer<T> extends ValueSerializer<Arrival<T>> {

  private static final long serialVersionUID = 1L;
  private static final int VALUE = 0;
  private static final int REJECTED = 1;
  private static final int DROPPED = 2;

  private final TypeSerializer<T> values;

  ArrivalSerializer(TypeSerializer<T> values) {
    this.values = values;
  }

  @SuppressWarnings({"unchecked", "rawtypes"})
  static <T> TypeInformation<Arrival<T>> type(TypeSerializer<T> values) {
    return new RecordType<>((Class) Arrival.class, new ArrivalSerializer<>(values));
  }

  @Override
  public TypeSerializer<Arrival<T>> duplicate() {
    return new ArrivalSerializer<>(values.duplicate());
  }

  @Override
  public void serialize(Arrival<T> arrival, DataOutputView out) throws IOException {
    if (arrival.value() != null) {
      out.writeByte(VALUE);
      out.writeLong(arrival.ts());
      StringValue.writeString(arrival.clock(), out);
      values.serialize(arrival.value(), out);
    } else if (arrival.rejected() != null) {
      var rejected = arrival.rejected();
      out.writeByte(REJECTED);
      StringValue.writeString(rejected.getReason(), out);
      StringValue.writeString(rejected.getSource(), out);
      out.writeLong(rejected.getPosition());
      StringValue.writeString(rejected.getRecord(), out);
      StringValue.writeString(rejected.getField(), out);
    } else {
      out.writeByte(DROPPED);
      StringValue.writeString(arrival.dropped(), out);
    }
  }

  @Override
  public Arrival<T> deserialize(DataInputView in) throws IOException {
    int kind = in.readByte();
    return switch (kind) {
      case VALUE -> {
        long ts = in.readLong();
        var clock = StringValue.readString(in);
        yield Arrival.of(values.deserialize(in), ts, clock);
      }
      case REJECTED ->
          Arrival.rejected(
              new RejectedRecord(
                  StringValue.readString(in),
                  StringValue.readString(in),
                  in.readLong(),
                  StringValue.readString(in),
                  StringValue.readString(in)));
      case DROPPED -> Arrival.dropped(StringValue.readString(in));
      default -> throw new IOException("not an arrival: " + kind);
    };
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ArrivalSerializer<?> that && values.equals(that.values);
  }

  @Override
  public int hashCode() {
    return values.hashCode();
  }
}
