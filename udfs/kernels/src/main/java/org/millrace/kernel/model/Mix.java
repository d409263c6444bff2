package org.millrace.kernel.model;

import java.nio.charset.StandardCharsets;
import org.millrace.kernel.dedup.XxHash64;

/** Hashes that features, contexts, shards and draws are made of. */
final class Mix {

  private Mix() {}

  /** The finaliser of SplitMix64 (Steele et al. 2014). */
  static long of(long x) {
    long z = (x ^ x >>> 30) * 0xBF58476D1CE4E5B9L;
    z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
    return z ^ z >>> 31;
  }

  static long of(String id, long seed) {
    var utf8 = id.getBytes(StandardCharsets.UTF_8);
    return XxHash64.hash(utf8, 0, utf8.length, seed);
  }

  /** A number above 0, up to 1, of the high 53 bits. */
  static double unit(long hash) {
    return ((hash >>> 11) + 1) * 0x1p-53;
  }
}
