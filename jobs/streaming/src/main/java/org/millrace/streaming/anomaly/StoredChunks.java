package org.millrace.streaming.anomaly;

import java.io.IOException;
import org.apache.flink.api.common.state.MapState;
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.util.FlinkRuntimeException;
import org.millrace.streaming.anomaly.rola.Chunk;
import org.millrace.streaming.anomaly.rola.ChunkStore;

/** The chunks of the current key's device in keyed state, each written once. */
final class StoredChunks implements ChunkStore {

  private final MapState<Long, byte[]> state;
  private final DataOutputSerializer out = new DataOutputSerializer(2048);

  StoredChunks(MapState<Long, byte[]> state) {
    this.state = state;
  }

  @Override
  public void put(Chunk chunk) {
    try {
      out.clear();
      chunk.write(out);
      state.put(chunk.number(), out.getCopyOfBuffer());
    } catch (Exception e) {
      throw new FlinkRuntimeException("can't store chunk " + chunk.number(), e);
    }
  }

  @Override
  public Chunk get(long number) {
    try {
      var bytes = state.get(number);
      return bytes == null ? null : Chunk.read(new DataInputDeserializer(bytes));
    } catch (IOException e) {
      throw new FlinkRuntimeException("can't read chunk " + number, e);
    } catch (Exception e) {
      throw new FlinkRuntimeException("can't find chunk " + number, e);
    }
  }

  @Override
  public void drop(long number) {
    try {
      state.remove(number);
    } catch (Exception e) {
      throw new FlinkRuntimeException("can't drop chunk " + number, e);
    }
  }

  void clear() {
    state.clear();
  }
}
