package org.millrace.streaming.placement;

import java.io.IOException;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.millrace.streaming.placement.health.NicState;

/**
 * The state of a NIC's monitor as bytes: version, then the state's components in their order, each
 * array with its length before. Samples that wait are kept elsewhere.
 */
final class NicStateBytes {

  private static final int VERSION = 2;

  private NicStateBytes() {}

  static byte[] write(NicState state) throws IOException {
    var out = new DataOutputSerializer(256);
    out.writeByte(VERSION);
    out.writeLong(state.closedUntil());
    out.writeInt(state.counterSignal().length);
    for (int i = 0; i < state.counterSignal().length; i++) {
      out.writeInt(state.counterSignal()[i]);
      out.writeUTF(state.counterSeries()[i]);
      out.writeLong(state.counterTs()[i]);
      out.writeDouble(state.counterValue()[i]);
    }
    out.writeInt(state.baselineSeries().length);
    for (int i = 0; i < state.baselineSeries().length; i++) {
      out.writeUTF(state.baselineSeries()[i]);
      out.writeDouble(state.baselineValue()[i]);
      out.writeInt(state.baselineWindows()[i]);
    }
    out.writeInt(state.lowWindows());
    out.writeLong(state.lastBandwidth());
    out.writeInt(state.causes());
    out.writeInt(state.goodWindows());
    out.writeInt(state.relapses());
    out.writeInt(state.episode());
    return out.getCopyOfBuffer();
  }

  static NicState read(byte[] bytes) throws IOException {
    if (bytes == null) {
      return NicState.NEW;
    }
    var in = new DataInputDeserializer(bytes);
    int version = in.readUnsignedByte();
    if (version != VERSION) {
      throw new IOException(
          "state of a NIC has version %d, this release reads %d: use the release that wrote it, or start without it"
              .formatted(version, VERSION));
    }
    long closedUntil = in.readLong();
    int counters = in.readInt();
    var counterSignal = new int[counters];
    var counterSeries = new String[counters];
    var counterTs = new long[counters];
    var counterValue = new double[counters];
    for (int i = 0; i < counters; i++) {
      counterSignal[i] = in.readInt();
      counterSeries[i] = in.readUTF();
      counterTs[i] = in.readLong();
      counterValue[i] = in.readDouble();
    }
    int baselines = in.readInt();
    var baselineSeries = new String[baselines];
    var baselineValue = new double[baselines];
    var baselineWindows = new int[baselines];
    for (int i = 0; i < baselines; i++) {
      baselineSeries[i] = in.readUTF();
      baselineValue[i] = in.readDouble();
      baselineWindows[i] = in.readInt();
    }
    var none = NicState.NEW;
    return new NicState(
        closedUntil,
        none.waitingSignal(),
        none.waitingSeries(),
        none.waitingTs(),
        none.waitingValue(),
        counterSignal,
        counterSeries,
        counterTs,
        counterValue,
        baselineSeries,
        baselineValue,
        baselineWindows,
        in.readInt(),
        in.readLong(),
        in.readInt(),
        in.readInt(),
        in.readInt(),
        in.readInt());
  }
}
