package org.millrace.streaming.anomaly.rola;

import java.util.HashMap;
import java.util.Map;

/**
 * Where the full chunks of one device lie, by number. An engine keeps them apart from the state
 * that changes with each row; they are asked for only when there is something to vote on.
 */
public interface ChunkStore {

  /** Takes a full chunk, once. */
  void put(Chunk chunk);

  /** The chunk of this number; null if it was never put. */
  Chunk get(long number);

  /** Says that the chunk of this number is not needed any more. */
  void drop(long number);

  /** A store on the heap. */
  static ChunkStore inMemory() {
    Map<Long, Chunk> chunks = new HashMap<>();
    return new ChunkStore() {
      @Override
      public void put(Chunk chunk) {
        chunks.put(chunk.number(), chunk);
      }

      @Override
      public Chunk get(long number) {
        return chunks.get(number);
      }

      @Override
      public void drop(long number) {
        chunks.remove(number);
      }
    };
  }
}
