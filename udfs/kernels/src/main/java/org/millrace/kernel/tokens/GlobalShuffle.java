package org.millrace.kernel.tokens;

import java.nio.charset.StandardCharsets;
import org.millrace.kernel.dedup.XxHash64;

/**
 * The order of the training data: documents sorted by a key of their id, which is the same however
 * they are partitioned. Ties, one in 2^64 pairs, are for the id to break.
 */
public final class GlobalShuffle {

  private static final long PURPOSE = 0x53485546464C4531L;

  private GlobalShuffle() {}

  /**
   * Key to sort by, as signed or unsigned number alike.
   *
   * @param seed of the order
   * @param copy of the document, from 0, where it's there for several epochs
   * @param id of the document
   */
  public static long key(long seed, int copy, String id) {
    return hash(XxHash64.hash(copy, seed ^ PURPOSE), id);
  }

  static long hash(long seed, String id) {
    var bytes = id.getBytes(StandardCharsets.UTF_8);
    return XxHash64.hash(bytes, 0, bytes.length, seed);
  }
}
