package org.millrace.streaming.job;

import java.util.Map;
import java.util.TreeMap;
import org.apache.flink.api.common.accumulators.LongCounter;
import org.apache.flink.api.common.functions.RuntimeContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.OperatorStateStore;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple2;
import org.apache.flink.metrics.Counter;
import org.millrace.schema.RunManifest;

/**
 * Counts that a restart neither loses nor repeats: kept in the operator's state, shown as metrics,
 * and handed to the manifest as accumulators.
 */
public final class Tally {

  private final RuntimeContext context;
  private final ListState<Tuple2<String, Long>> state;
  private final Map<String, One> counts = new TreeMap<>();

  /** The counts as they were restored. */
  public Tally(RuntimeContext context, OperatorStateStore store) throws Exception {
    this.context = context;
    this.state =
        store.getListState(
            new ListStateDescriptor<>("tally", Types.TUPLE(Types.STRING, Types.LONG)));
    for (var restored : state.get()) {
      one(restored.f0).add(restored.f1);
    }
  }

  /** A count to add to. */
  public One one(String name) {
    return counts.computeIfAbsent(name, this::make);
  }

  private One make(String name) {
    var accumulator = new LongCounter();
    context.addAccumulator(name, accumulator);
    return new One(
        accumulator, context.getMetricGroup().counter(name.replaceAll("[^A-Za-z0-9]+", "_")));
  }

  /** Puts the counts into the snapshot. */
  public void snapshot() throws Exception {
    state.clear();
    for (var entry : counts.entrySet()) {
      state.add(Tuple2.of(entry.getKey(), entry.getValue().accumulator.getLocalValuePrimitive()));
    }
  }

  /** Tells the manifest what was counted, by the kind that a count's name begins with. */
  static void tell(Map<String, Object> accumulators, RunManifest manifest) {
    accumulators.forEach(
        (name, value) -> {
          if (!(value instanceof Long count)) {
            return;
          }
          if (name.startsWith(StreamingRun.DROPPED)) {
            unlessNone(manifest.getDropped(), name.substring(StreamingRun.DROPPED.length()), count);
          } else if (name.startsWith(StreamingRun.QUARANTINED)) {
            unlessNone(
                manifest.getQuarantined(),
                name.substring(StreamingRun.QUARANTINED.length()),
                count);
          } else {
            manifest.getCounts().put(name, count);
          }
        });
  }

  private static void unlessNone(Map<String, Long> counts, String name, long count) {
    if (count > 0) {
      counts.put(name, count);
    }
  }

  /** One of the counts. */
  public static final class One {

    private final LongCounter accumulator;
    private final Counter metric;

    private One(LongCounter accumulator, Counter metric) {
      this.accumulator = accumulator;
      this.metric = metric;
    }

    /** Adds to the count. */
    public void add(long more) {
      accumulator.add(more);
      metric.inc(more);
    }

    /** The count since the job first began. */
    public long value() {
      return accumulator.getLocalValuePrimitive();
    }
  }
}
