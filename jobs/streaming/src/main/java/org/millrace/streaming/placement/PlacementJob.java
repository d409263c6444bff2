package org.millrace.streaming.placement;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.millrace.command.UserError;
import org.millrace.command.Version;
import org.millrace.schema.NicHealth;
import org.millrace.schema.Placement;
import org.millrace.schema.PlacementAdvice;
import org.millrace.streaming.job.ContractSerializer;
import org.millrace.streaming.job.RecordType;
import org.millrace.streaming.job.StreamingJob;
import org.millrace.streaming.job.StreamingRun;
import org.millrace.streaming.placement.board.BoardEvent;
import org.millrace.streaming.placement.health.NicSample;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** An estate, telemetry and requests to placements and advice. */
@Command(
    name = "placement",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Places training jobs on clusters with different NICs: where ranks go, which network each"
          + " process group uses, how layers split over pipeline stages, what to expect; and"
          + " advises jobs whose NICs get worse."
    },
    footer = {
      "",
      "Examples:",
      "  millrace placement --estate estate.yaml --requests jobs.json \\",
      "    --render hostfile,megatron,slurm,kueue,volcano --output plans/",
      "  millrace placement --replay openb --nodes openb_node_list_gpu_node.csv \\",
      "    --pods openb_pod_list_default.csv --overlay overlay.yaml --output replay/",
      "  millrace placement --kafka-bootstrap localhost:9092 --estate-topic estate \\",
      "    --telemetry-topic metrics --requests-topic jobs --output-topic placements"
    })
public final class PlacementJob extends StreamingJob {

  @Mixin PlacementOptions placement;
  @Mixin ReplayOptions replay;

  private final UnaryOperator<DataStream<PlacementInput>> between;
  private PlacementFiles files;
  private ReplayTables tables;

  /** The job. */
  public PlacementJob() {
    this(UnaryOperator.identity());
  }

  /**
   * The job with something put between its input and its judgement.
   *
   * @param between what tests make trouble with
   */
  PlacementJob(UnaryOperator<DataStream<PlacementInput>> between) {
    this.between = between;
  }

  /** Runs the job, by flink run or by itself. */
  public static void main(String[] args) {
    main(new PlacementJob(), args);
  }

  @Override
  protected void prepare() {
    if (!common().named().isEmpty()) {
      throw UserError.usage(
          "--input and --topic: say --estate, --requests, --telemetry or their -topic instead");
    }
    // Before the options of all jobs, which know only --input and --topic.
    replay.check();
    if (!replay.asked()) {
      placement.check(common());
    } else if (placement.estate != null || !placement.topics().isEmpty()) {
      throw UserError.usage("--replay has its own input; leave --estate and topics out");
    }
    common().read(placement.telemetry);
    common().readTopics(placement.topics());
  }

  @Override
  protected List<String> readsItself() {
    return Stream.of(placement.files(), replay.files()).flatMap(List::stream).toList();
  }

  @Override
  protected Set<String> notInFingerprint() {
    return Set.of(
        "estate",
        "requests",
        "telemetry",
        "nodes",
        "pods",
        "overlay",
        "constants",
        "out-of-orderness");
  }

  @Override
  protected String remedy(String reason) {
    return switch (reason) {
      case "no device" ->
          "samples need a label with the host (node, Hostname, instance) and device";
      case "not UTF-8" -> "convert the input, iconv -f ENCODING -t UTF-8";
      default -> "are they samples of Prometheus' adapter or records of NCCL Inspector?";
    };
  }

  @Override
  protected void build(StreamingRun run) throws Exception {
    if (replay.asked()) {
      tables = ReplayTables.run(run, replay, placement.costConstants());
      tables.write(run);
      return;
    }
    files = PlacementFiles.read(placement, common());
    boolean reads = !placement.telemetry.isEmpty() || common().readsKafka();
    if (!reads) {
      plan(run, own(run));
      return;
    }
    var extent = TelemetryExtent.of(run, format(), placement.outOfOrderness);
    var input =
        between.apply(
            run.read(
                format(),
                PlacementInput.Serializer.INSTANCE,
                PlacementInput.class,
                extent.disorder()));
    var events = events(input, "read");
    if (files.any()) {
      events = events.union(own(run));
    }
    var health = health(samples(input), events, extent.end());
    run.quarantine(health.getSideOutput(NicWatch.LATE));
    write(run, health);
    plan(run, events.union(health));
  }

  /** What was read before the stream begins. */
  private DataStream<BoardEvent> own(StreamingRun run) {
    return events(
        between.apply(
            run.of(
                "files-before",
                files.events().stream().map(PlacementInput::of).toList(),
                files.bad(),
                PlacementInput.Serializer.INSTANCE,
                PlacementInput.class)),
        "own");
  }

  private PlacementFormat format() {
    return new PlacementFormat(
        placement.estateTopic,
        placement.requestsTopic,
        placement.requestsFormat,
        placement.inventory());
  }

  private static DataStream<BoardEvent> events(DataStream<PlacementInput> input, String name) {
    return input
        .filter(each -> each.event() != null)
        .name("events " + name)
        .uid("events-filter-" + name)
        .map(
            PlacementInput::event,
            new RecordType<>(BoardEvent.class, PlacementInput.Events.INSTANCE))
        .uid("events-" + name);
  }

  private static DataStream<NicSample> samples(DataStream<PlacementInput> input) {
    return input
        .filter(each -> each.sample() != null)
        .name("samples")
        .uid("samples-filter")
        .map(
            PlacementInput::sample,
            new RecordType<>(NicSample.class, PlacementInput.Samples.INSTANCE))
        .uid("samples");
  }

  private SingleOutputStreamOperator<BoardEvent> health(
      DataStream<NicSample> samples, DataStream<BoardEvent> events, long end) {
    return samples
        .keyBy(NicWatch::key, Types.STRING)
        .connect(
            events
                .filter(event -> event instanceof BoardEvent.EstateSeen)
                .uid("estates")
                .broadcast(NicWatch.RATES))
        .process(
            new NicWatch(end, placement.linkDetector),
            new RecordType<>(BoardEvent.class, PlacementInput.Events.INSTANCE))
        .name("nics")
        .uid("nics");
  }

  private void write(StreamingRun run, DataStream<BoardEvent> health) {
    var records =
        health
            .map(PlacementRecords::health, ContractSerializer.type(NicHealth.class))
            .uid("health");
    run.write("health", records, NicHealth.class);
    if (common().writesFiles()) {
      run.keep(PlacementFiles.HEALTH, records, NicHealth.class);
    }
  }

  private void plan(StreamingRun run, DataStream<BoardEvent> events) {
    var settings =
        new PlannerSettings(
            ConstantsJson.write(placement.costConstants()),
            placement.leastGain,
            common().readsKafka() ? common().idleSource().toMillis() : PlannerSettings.NO_PATIENCE,
            common().failsOnError());
    var placements =
        events
            .transform(
                "planner", ContractSerializer.type(Placement.class), new PlannerOperator(settings))
            .uid("planner")
            .setParallelism(1)
            .setMaxParallelism(1);
    run.quarantine(placements.getSideOutput(PlannerOperator.REFUSED));
    var advice = placements.getSideOutput(PlannerOperator.ADVICE);
    run.write("", placements, Placement.class);
    run.write("advice", advice, PlacementAdvice.class);
    if (common().writesFiles()) {
      run.keep(PlacementFiles.PLACEMENTS, placements, Placement.class);
      run.keep(PlacementFiles.ADVICE, advice, PlacementAdvice.class);
    }
  }

  @Override
  protected void finished(StreamingRun run, String manifest) throws IOException {
    if (replay.asked()) {
      tables.finish(run, manifest);
      return;
    }
    files.finish(
        run,
        manifest,
        placement.renderings(),
        (int) Math.round(placement.costConstants().gpuTflops()));
    for (var kept : new ArrayList<>(PlacementFiles.KEPT)) {
      run.discard(kept);
    }
  }
}
