package org.millrace.kernel.dedup;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.nio.ByteOrder;

/**
 * The 64-bit xxHash by the algorithm's public specification, equal to Spark's {@code xxhash64}: of
 * bytes as of a string's UTF-8, of an int as of an int column. Own code, as it hashes windows of
 * one array that overlap, a few bytes each, and must not allocate.
 */
public final class XxHash64 {

  /** Seed of Spark's {@code xxhash64}. */
  public static final long SEED = 42;

  private static final long P1 = 0x9E3779B185EBCA87L;
  private static final long P2 = 0xC2B2AE3D27D4EB4FL;
  private static final long P3 = 0x165667B19E3779F9L;
  private static final long P4 = 0x85EBCA77C2B2AE63L;
  private static final long P5 = 0x27D4EB2F165667C5L;
  private static final int STRIPE = 32;

  private static final VarHandle LONGS =
      MethodHandles.byteArrayViewVarHandle(long[].class, ByteOrder.LITTLE_ENDIAN);
  private static final VarHandle INTS =
      MethodHandles.byteArrayViewVarHandle(int[].class, ByteOrder.LITTLE_ENDIAN);

  private XxHash64() {}

  /**
   * Hash of a range of bytes.
   *
   * @param bytes not null
   * @param from first byte of the range
   * @param to end of the range, exclusive
   * @param seed of the hash, {@link #SEED} for Spark's
   */
  public static long hash(byte[] bytes, int from, int to, long seed) {
    int length = to - from;
    int at = from;
    long hash;
    if (length >= STRIPE) {
      hash = stripes(bytes, from, to, seed);
      at += length / STRIPE * STRIPE;
    } else {
      hash = seed + P5;
    }
    hash += length;
    for (; at + 8 <= to; at += 8) {
      hash ^= round(0, (long) LONGS.get(bytes, at));
      hash = Long.rotateLeft(hash, 27) * P1 + P4;
    }
    if (at + 4 <= to) {
      hash = four(hash, (int) INTS.get(bytes, at));
      at += 4;
    }
    for (; at < to; at++) {
      hash ^= (bytes[at] & 0xFFL) * P5;
      hash = Long.rotateLeft(hash, 11) * P1;
    }
    return avalanche(hash);
  }

  /**
   * Hash of the four little-endian bytes of an int; chained, the hash of one column being the seed
   * of the next, it is Spark's {@code xxhash64} of several int columns.
   *
   * @param value any
   * @param seed of the hash
   */
  public static long hash(int value, long seed) {
    return avalanche(four(seed + P5 + 4, value));
  }

  private static long stripes(byte[] bytes, int from, int to, long seed) {
    long a = seed + P1 + P2;
    long b = seed + P2;
    long c = seed;
    long d = seed - P1;
    for (int at = from; at + STRIPE <= to; at += STRIPE) {
      a = round(a, (long) LONGS.get(bytes, at));
      b = round(b, (long) LONGS.get(bytes, at + 8));
      c = round(c, (long) LONGS.get(bytes, at + 16));
      d = round(d, (long) LONGS.get(bytes, at + 24));
    }
    long hash =
        Long.rotateLeft(a, 1)
            + Long.rotateLeft(b, 7)
            + Long.rotateLeft(c, 12)
            + Long.rotateLeft(d, 18);
    return merge(merge(merge(merge(hash, a), b), c), d);
  }

  private static long merge(long hash, long lane) {
    return (hash ^ round(0, lane)) * P1 + P4;
  }

  private static long round(long lane, long input) {
    return Long.rotateLeft(lane + input * P2, 31) * P1;
  }

  private static long four(long hash, int value) {
    return Long.rotateLeft(hash ^ (value & 0xFFFFFFFFL) * P1, 23) * P2 + P3;
  }

  private static long avalanche(long hash) {
    hash ^= hash >>> 33;
    hash *= P2;
    hash ^= hash >>> 29;
    hash *= P3;
    return hash ^ hash >>> 32;
  }
}
