package org.millrace.batch.job;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.apache.spark.TaskContext;
import org.apache.spark.util.AccumulatorV2;

/**
 * Rows by kind, where each partition counts once, however often it is read: what its latest task
 * counted stands. Spark's own accumulators add a stage that is run again, after a machine was lost
 * with what it had shuffled, to what they had. Right as long as the rows that are counted are
 * divided into partitions in the same way each time.
 */
final class PartitionCounts
    extends AccumulatorV2<PartitionCounts.Kind, Map<PartitionCounts.Kind, Long>> {

  /** What a row is. */
  enum Kind {
    /** Fit for use, and whole. */
    GOOD,
    /** Of no use. */
    BAD,
    /** Fit for use, though a value of it was lost. */
    LOST
  }

  private static final long serialVersionUID = 1L;

  private final Map<Integer, long[]> byPartition = new HashMap<>();
  private transient long[] own;

  @Override
  public void add(Kind kind) {
    if (own == null) {
      own = byPartition.computeIfAbsent(TaskContext.getPartitionId(), partition -> none());
    }
    own[kind.ordinal()]++;
  }

  @Override
  public void merge(AccumulatorV2<Kind, Map<Kind, Long>> other) {
    byPartition.putAll(((PartitionCounts) other).byPartition);
  }

  /** Rows of a kind in all partitions. */
  long of(Kind kind) {
    return byPartition.values().stream().mapToLong(counts -> counts[kind.ordinal()]).sum();
  }

  @Override
  public Map<Kind, Long> value() {
    var sums = new HashMap<Kind, Long>();
    for (var kind : Kind.values()) {
      sums.put(kind, of(kind));
    }
    return sums;
  }

  @Override
  public boolean isZero() {
    return byPartition.isEmpty();
  }

  @Override
  public PartitionCounts copy() {
    var copy = new PartitionCounts();
    byPartition.forEach(
        (partition, counts) ->
            copy.byPartition.put(partition, Arrays.copyOf(counts, counts.length)));
    return copy;
  }

  @Override
  public void reset() {
    byPartition.clear();
    own = null;
  }

  private static long[] none() {
    return new long[Kind.values().length];
  }
}
