package org.millrace.streaming.placement;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.flink.api.common.functions.OpenContext;
import org.apache.flink.api.common.state.ListState;
import org.apache.flink.api.common.state.ListStateDescriptor;
import org.apache.flink.api.common.state.MapStateDescriptor;
import org.apache.flink.api.common.state.ValueState;
import org.apache.flink.api.common.state.ValueStateDescriptor;
import org.apache.flink.api.common.typeinfo.PrimitiveArrayTypeInfo;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.api.java.tuple.Tuple4;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.millrace.streaming.job.StreamingRun;
import org.millrace.streaming.job.Tally;
import org.millrace.streaming.placement.board.BoardEvent;
import org.millrace.streaming.placement.health.Cause;
import org.millrace.streaming.placement.health.HealthRules;
import org.millrace.streaming.placement.health.NicMonitor;
import org.millrace.streaming.placement.health.NicSample;
import org.millrace.streaming.placement.health.Signal;

/**
 * Watches NICs, each a key: keeps samples until their window is over by event time, then has the
 * monitor judge it. Estates, which tell the rates that NICs should have, are broadcast.
 */
final class NicWatch
    extends KeyedBroadcastProcessFunction<String, NicSample, BoardEvent, BoardEvent>
    implements CheckpointedFunction {

  /** Declared Gb/s of a NIC over time: time, rate, time, rate, .. in order. */
  static final MapStateDescriptor<String, double[]> RATES =
      new MapStateDescriptor<>(
          "rates", Types.STRING, PrimitiveArrayTypeInfo.DOUBLE_PRIMITIVE_ARRAY_TYPE_INFO);

  static final String LATE = StreamingRun.DROPPED + "late sample";

  private static final long serialVersionUID = 1L;
  private static final Signal[] SIGNALS = Signal.values();

  private final long windowMillis;
  private final long end;

  private transient ListState<Tuple4<Integer, String, Long, Double>> waiting;
  private transient ValueState<byte[]> monitors;
  private transient HealthRules rules;
  private transient Tally tally;
  private transient Tally.One late;
  private transient Tally.One samples;

  /**
   * @param end of the telemetry, milliseconds since 1970 UTC; the smallest long if that isn't known
   */
  NicWatch(long end) {
    this.windowMillis = HealthRules.DEFAULT.windowMillis();
    this.end = end;
  }

  /** The key of a NIC. */
  static String key(NicSample sample) {
    return key(sample.host(), sample.nic());
  }

  private static String key(String host, String nic) {
    return host + "\n" + nic;
  }

  @Override
  public void initializeState(FunctionInitializationContext context) throws Exception {
    tally = new Tally(getRuntimeContext(), context.getOperatorStateStore());
    late = tally.one(LATE);
    samples = tally.one("nic_samples");
  }

  @Override
  public void open(OpenContext context) {
    rules = HealthRules.DEFAULT;
    waiting =
        getRuntimeContext()
            .getListState(
                new ListStateDescriptor<>(
                    "waiting", Types.TUPLE(Types.INT, Types.STRING, Types.LONG, Types.DOUBLE)));
    monitors =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "monitor", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
  }

  @Override
  public void processElement(NicSample sample, ReadOnlyContext context, Collector<BoardEvent> out)
      throws Exception {
    long timer = windowEnd(sample.ts()) - 1;
    if (timer <= context.timerService().currentWatermark()) {
      late.add(1);
      return;
    }
    samples.add(1);
    waiting.add(Tuple4.of(sample.signal().ordinal(), sample.series(), sample.ts(), sample.value()));
    context.timerService().registerEventTimeTimer(timer);
  }

  private long windowEnd(long ts) {
    return (Math.floorDiv(ts, windowMillis) + 1) * windowMillis;
  }

  @Override
  public void processBroadcastElement(BoardEvent event, Context context, Collector<BoardEvent> out)
      throws Exception {
    if (event instanceof BoardEvent.EstateSeen seen) {
      var rates = context.getBroadcastState(RATES);
      for (var node : seen.estate().nodes()) {
        for (var nic : node.nics()) {
          var key = key(node.name(), nic.name());
          rates.put(key, with(rates.get(key), seen.ts(), nic.gbps()));
        }
      }
    }
  }

  /** In whatever order estates come, the same. */
  private static double[] with(double[] rates, double ts, double gbps) {
    var pairs = new ArrayList<double[]>();
    for (int i = 0; rates != null && i < rates.length; i += 2) {
      if (rates[i] != ts) {
        pairs.add(new double[] {rates[i], rates[i + 1]});
      }
    }
    pairs.add(new double[] {ts, gbps});
    pairs.sort((one, other) -> Double.compare(one[0], other[0]));
    return pairs.stream().flatMapToDouble(Arrays::stream).toArray();
  }

  private static double declared(double[] rates, long ts) {
    double gbps = 0;
    for (int i = 0; rates != null && i < rates.length && rates[i] <= ts; i += 2) {
      gbps = rates[i + 1];
    }
    return gbps;
  }

  @Override
  public void onTimer(long timer, OnTimerContext context, Collector<BoardEvent> out)
      throws Exception {
    var key = context.getCurrentKey();
    var host = key.substring(0, key.indexOf('\n'));
    var nic = key.substring(key.indexOf('\n') + 1);
    double gbps = declared(context.getBroadcastState(RATES).get(key), timer);
    var monitor = new NicMonitor(host, nic, gbps, rules, NicStateBytes.read(monitors.value()));
    take(monitor, host, nic, timer);
    for (var event : monitor.advance(timer)) {
      out.collect(new BoardEvent.HealthChanged(event));
    }
    var state = monitor.state();
    monitors.update(NicStateBytes.write(state));
    // Bandwidth that nobody measures any more is forgotten after a while: by windows without any.
    boolean low = (state.causes() & 1 << Cause.BUS_BANDWIDTH.ordinal()) != 0;
    long next = timer + windowMillis;
    boolean over = context.timerService().currentWatermark() == Long.MAX_VALUE;
    if (low && (!over || next <= end)) {
      context.timerService().registerEventTimeTimer(next);
    }
  }

  /** Gives the monitor what belongs to windows that are over. */
  private void take(NicMonitor monitor, String host, String nic, long until) throws Exception {
    List<Tuple4<Integer, String, Long, Double>> left = new ArrayList<>();
    for (var sample : waiting.get()) {
      if (sample.f2 <= until) {
        monitor.add(new NicSample(host, nic, SIGNALS[sample.f0], sample.f1, sample.f2, sample.f3));
      } else {
        left.add(sample);
      }
    }
    waiting.update(left);
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    tally.snapshot();
  }
}
