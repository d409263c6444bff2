package org.millrace.streaming.inspector;

import java.util.Map;

/**
 * A collective operation, and what its bandwidths mean.
 *
 * <p>With n ranks, a message of {@code bytes} a rank and an execution of {@code t}: algorithm
 * bandwidth is {@code traffic / t}, where traffic is n messages for those that gather or scatter;
 * bus bandwidth is that times {@code busFactor}, what each link has to carry (nccl-tests,
 * PERFORMANCE.md).
 */
public enum Collective {
  ALL_REDUCE,
  ALL_GATHER,
  REDUCE_SCATTER,
  BROADCAST,
  REDUCE,
  /** One that this release doesn't know: its bandwidths can't be checked. */
  OTHER;

  private static final Map<String, Collective> BY_NAME =
      Map.of(
          "AllReduce", ALL_REDUCE,
          "AllGather", ALL_GATHER,
          "ReduceScatter", REDUCE_SCATTER,
          "Broadcast", BROADCAST,
          "Reduce", REDUCE);

  /** The collective that NCCL calls so, such as {@code AllReduce}; OTHER if there is none. */
  public static Collective named(String name) {
    return BY_NAME.getOrDefault(name, OTHER);
  }

  /** Whether its bandwidths follow from size, time and number of ranks. */
  public boolean isChecked() {
    return this != OTHER;
  }

  /**
   * Bus bandwidth over algorithm bandwidth.
   *
   * @param ranks at least 1
   * @return 0 with a single rank where nothing needs to travel
   */
  public double busFactor(int ranks) {
    return switch (this) {
      case ALL_REDUCE -> 2.0 * (ranks - 1) / ranks;
      case ALL_GATHER, REDUCE_SCATTER -> (double) (ranks - 1) / ranks;
      case BROADCAST, REDUCE, OTHER -> 1;
    };
  }

  /**
   * The bytes that algorithm bandwidth counts.
   *
   * @param bytes of a rank's message
   */
  public double traffic(long bytes, int ranks) {
    return this == ALL_GATHER || this == REDUCE_SCATTER ? (double) bytes * ranks : bytes;
  }
}
