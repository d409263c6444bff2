package org.millrace.streaming.placement;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputView;
import org.apache.flink.core.memory.DataOutputView;
import org.apache.flink.types.StringValue;
import org.millrace.streaming.job.ValueSerializer;
import org.millrace.streaming.placement.board.BoardEvent;
import org.millrace.streaming.placement.board.EventJson;
import org.millrace.streaming.placement.health.NicSample;
import org.millrace.streaming.placement.health.Signal;

/**
 * What sources give: a sample of a NIC, or an event; one of the two is not null.
 *
 * @param sample of telemetry
 * @param event an estate or a request
 */
record PlacementInput(NicSample sample, BoardEvent event) {

  static PlacementInput of(NicSample sample) {
    return new PlacementInput(sample, null);
  }

  static PlacementInput of(BoardEvent event) {
    return new PlacementInput(null, event);
  }

  /** Writes them between operators. */
  static final class Serializer extends ValueSerializer<PlacementInput> {

    static final Serializer INSTANCE = new Serializer();

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(PlacementInput input, DataOutputView out) throws IOException {
      out.writeBoolean(input.sample != null);
      if (input.sample != null) {
        Samples.INSTANCE.serialize(input.sample, out);
      } else {
        Events.INSTANCE.serialize(input.event, out);
      }
    }

    @Override
    public PlacementInput deserialize(DataInputView in) throws IOException {
      return in.readBoolean()
          ? of(Samples.INSTANCE.deserialize(in))
          : of(Events.INSTANCE.deserialize(in));
    }
  }

  /** Writes samples between operators. */
  static final class Samples extends ValueSerializer<NicSample> {

    static final Samples INSTANCE = new Samples();

    private static final long serialVersionUID = 1L;
    private static final Signal[] SIGNALS = Signal.values();

    @Override
    public void serialize(NicSample sample, DataOutputView out) throws IOException {
      StringValue.writeString(sample.host(), out);
      StringValue.writeString(sample.nic(), out);
      out.writeByte(sample.signal().ordinal());
      StringValue.writeString(sample.series(), out);
      out.writeLong(sample.ts());
      out.writeDouble(sample.value());
    }

    @Override
    public NicSample deserialize(DataInputView in) throws IOException {
      return new NicSample(
          StringValue.readString(in),
          StringValue.readString(in),
          SIGNALS[in.readUnsignedByte()],
          StringValue.readString(in),
          in.readLong(),
          in.readDouble());
    }
  }

  /** Writes events between operators. */
  static final class Events extends ValueSerializer<BoardEvent> {

    static final Events INSTANCE = new Events();

    private static final long serialVersionUID = 1L;

    @Override
    public void serialize(BoardEvent event, DataOutputView out) throws IOException {
      StringValue.writeString(EventJson.write(event), out);
    }

    @Override
    public BoardEvent deserialize(DataInputView in) throws IOException {
      return EventJson.read(StringValue.readString(in));
    }
  }
}
