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
import org.apache.flink.core.memory.DataInputDeserializer;
import org.apache.flink.core.memory.DataOutputSerializer;
import org.apache.flink.runtime.state.FunctionInitializationContext;
import org.apache.flink.runtime.state.FunctionSnapshotContext;
import org.apache.flink.streaming.api.checkpoint.CheckpointedFunction;
import org.apache.flink.streaming.api.functions.co.KeyedBroadcastProcessFunction;
import org.apache.flink.util.Collector;
import org.apache.flink.util.OutputTag;
import org.millrace.schema.RejectedRecord;
import org.millrace.streaming.job.ContractSerializer;
import org.millrace.streaming.job.StreamingRun;
import org.millrace.streaming.job.Tally;
import org.millrace.streaming.placement.board.BoardEvent;
import org.millrace.streaming.placement.health.Cause;
import org.millrace.streaming.placement.health.HealthRules;
import org.millrace.streaming.placement.health.NicMonitor;
import org.millrace.streaming.placement.health.NicSample;
import org.millrace.streaming.placement.health.Signal;
import org.millrace.streaming.placement.warning.LinkDetector;
import org.millrace.streaming.placement.warning.LinkMonitor;

/**
 * Watches NICs, each a key: keeps samples until their window is over by event time, then has the
 * monitors judge it, by rules what has some, by detectors traffic. Estates, which tell the rates
 * that NICs should have, are broadcast.
 */
final class NicWatch
    extends KeyedBroadcastProcessFunction<String, NicSample, BoardEvent, BoardEvent>
    implements CheckpointedFunction {

  /** Declared Gb/s of a NIC over time: time, rate, time, rate, .. in order. */
  static final MapStateDescriptor<String, double[]> RATES =
      new MapStateDescriptor<>(
          "rates", Types.STRING, PrimitiveArrayTypeInfo.DOUBLE_PRIMITIVE_ARRAY_TYPE_INFO);

  /** Samples of windows that were over when they came. */
  static final OutputTag<RejectedRecord> LATE =
      new OutputTag<>("late", ContractSerializer.type(RejectedRecord.class));

  static final String LATE_SAMPLE = "late sample";

  /** The rule by which traffic is left out that no detector is to watch. */
  static final String UNWATCHED = StreamingRun.DROPPED + "traffic without a detector";

  private static final long serialVersionUID = 1L;
  private static final int TRAFFIC_WINDOWS = 4;
  private static final Signal[] SIGNALS = Signal.values();

  private final long windowMillis;
  private final long end;
  private final LinkDetector detector;

  private transient ListState<Tuple4<Integer, String, Long, Double>> waiting;
  private transient ValueState<byte[]> monitors;
  private transient ValueState<byte[]> links;
  private transient HealthRules rules;
  private transient Tally tally;
  private transient Tally.One late;
  private transient Tally.One samples;

  /**
   * @param end of the telemetry, milliseconds since 1970 UTC; the smallest long if that isn't known
   * @param detector of traffic
   */
  NicWatch(long end, LinkDetector detector) {
    this.windowMillis = HealthRules.DEFAULT.windowMillis();
    this.end = end;
    this.detector = detector;
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
    late = tally.one(StreamingRun.QUARANTINED + LATE_SAMPLE);
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
    links =
        getRuntimeContext()
            .getState(
                new ValueStateDescriptor<>(
                    "link", PrimitiveArrayTypeInfo.BYTE_PRIMITIVE_ARRAY_TYPE_INFO));
  }

  @Override
  public void processElement(NicSample sample, ReadOnlyContext context, Collector<BoardEvent> out)
      throws Exception {
    if (sample.signal().isTraffic() && detector == LinkDetector.NONE) {
      tally.one(UNWATCHED).add(1);
      return;
    }
    long timer = due(sample.signal(), sample.ts()) - 1;
    if (timer <= context.timerService().currentWatermark()) {
      late.add(1);
      context.output(LATE, PlacementRecords.late(sample, timer + 1));
      return;
    }
    samples.add(1);
    waiting.add(Tuple4.of(sample.signal().ordinal(), sample.series(), sample.ts(), sample.value()));
    context.timerService().registerEventTimeTimer(timer);
  }

  /**
   * When a sample is judged. Reading and writing what detectors know costs more than to ask them,
   * so traffic is judged some windows at a time.
   */
  private long due(Signal signal, long ts) {
    long millis = signal.isTraffic() ? TRAFFIC_WINDOWS * windowMillis : windowMillis;
    return (Math.floorDiv(ts, millis) + 1) * millis;
  }

  @Override
  public void processBroadcastElement(BoardEvent event, Context context, Collector<BoardEvent> out)
      throws Exception {
    if (event instanceof BoardEvent.EstateSeen seen) {
      var rates = context.getBroadcastState(RATES);
      for (var node : seen.estate().nodes()) {
        for (var nic : node.nics()) {
          var key = key(node.name(), nic.name());
          rates.put(
              key, since(with(rates.get(key), seen.ts(), nic.gbps()), context.currentWatermark()));
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

  /** Of what is older than any window to come the last rate alone counts. */
  private static double[] since(double[] rates, long watermark) {
    int from = 0;
    while (from + 2 < rates.length && rates[from + 2] <= watermark) {
      from += 2;
    }
    return Arrays.copyOfRange(rates, from, rates.length);
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
    var traffic = new ArrayList<NicSample>();
    var ruled = new ArrayList<NicSample>();
    due(host, nic, timer).forEach(one -> (one.signal().isTraffic() ? traffic : ruled).add(one));
    if (!traffic.isEmpty()) {
      warn(host, nic, traffic, timer + 1, out);
    }
    var known = monitors.value();
    if (known == null && ruled.isEmpty()) {
      return;
    }
    double gbps = declared(context.getBroadcastState(RATES).get(key), timer);
    var monitor = new NicMonitor(host, nic, gbps, rules, NicStateBytes.read(known));
    ruled.forEach(monitor::add);
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

  private void warn(
      String host, String nic, List<NicSample> traffic, long ts, Collector<BoardEvent> out)
      throws Exception {
    var link = new LinkMonitor(host, nic, windowMillis, detector);
    var known = links.value();
    if (known != null) {
      link.read(new DataInputDeserializer(known));
    }
    link.judge(traffic, ts).forEach(warning -> out.collect(new BoardEvent.LinkWarned(warning)));
    var bytes = new DataOutputSerializer(known == null ? 256 : known.length + 256);
    link.write(bytes);
    links.update(bytes.getCopyOfBuffer());
  }

  /** What belongs to windows that are over, which no longer waits. */
  private List<NicSample> due(String host, String nic, long until) throws Exception {
    var due = new ArrayList<NicSample>();
    List<Tuple4<Integer, String, Long, Double>> left = new ArrayList<>();
    for (var sample : waiting.get()) {
      if (due(SIGNALS[sample.f0], sample.f2) <= until + 1) {
        due.add(new NicSample(host, nic, SIGNALS[sample.f0], sample.f1, sample.f2, sample.f3));
      } else {
        left.add(sample);
      }
    }
    waiting.update(left);
    return due;
  }

  @Override
  public void snapshotState(FunctionSnapshotContext context) throws Exception {
    tally.snapshot();
  }
}
