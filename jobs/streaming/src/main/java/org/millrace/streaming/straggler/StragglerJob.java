package org.millrace.streaming.straggler;

import java.io.IOException;
import java.time.Duration;
import java.util.Map;
import java.util.function.UnaryOperator;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.millrace.command.InputFiles;
import org.millrace.command.Version;
import org.millrace.schema.StragglerIncident;
import org.millrace.streaming.job.ContractSerializer;
import org.millrace.streaming.job.Format;
import org.millrace.streaming.job.StreamingJob;
import org.millrace.streaming.job.StreamingRun;
import org.millrace.streaming.straggler.diagnose.Observation;
import org.millrace.streaming.straggler.input.RecordsJson;
import org.millrace.streaming.straggler.input.StepTimesCsv;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Records of steps and collectives to slow and hung ranks and links. */
@Command(
    name = "stragglers",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Finds slow and hung ranks and links of training jobs: one incident each, with its evidence.",
      "Reads step times (CSV, JSON), JSON lines of NCCL Inspector, and events of collectives and"
          + " transfers."
    },
    footer = {
      "",
      "Examples:",
      "  millrace stragglers --input job_1.csv \\",
      "    --columns rank=worker,time=time,duration=batch_time --output incidents/",
      "  millrace stragglers --input nccl-inspector-4711/ --job 4711 --output incidents/",
      "  millrace stragglers --kafka-bootstrap localhost:9092 --topic collectives \\",
      "    --output-topic incidents"
    })
public final class StragglerJob extends StreamingJob {

  @Mixin StragglerOptions stragglers;

  private final UnaryOperator<DataStream<Observation>> between;

  /** The job. */
  public StragglerJob() {
    this(UnaryOperator.identity());
  }

  /**
   * The job with something put between its input and its judgement.
   *
   * @param between what tests make trouble with
   */
  StragglerJob(UnaryOperator<DataStream<Observation>> between) {
    this.between = between;
  }

  /** Runs the job, by flink run or by itself. */
  public static void main(String[] args) {
    main(new StragglerJob(), args);
  }

  @Override
  protected void check() {
    stragglers.check(common());
  }

  /** NCCL Inspector's. */
  @Override
  protected Map<String, InputFiles.Kind> endings() {
    return Map.of("log", InputFiles.Kind.JSONL);
  }

  @Override
  protected String remedy(String reason) {
    return stragglers.remedy(reason);
  }

  @Override
  protected void build(StreamingRun run) throws Exception {
    var format = format(run);
    var disorder = stragglers.outOfOrderness;
    long endUs = stragglers.recordedUntilUs();
    if (run.inputKind() == null) {
      disorder = disorder == null ? StragglerOptions.TOPIC_DISORDER : disorder;
    } else if (disorder == null || stragglers.recordedUntil == null) {
      var extent = extent(run, format);
      disorder = disorder == null ? extent.disorder() : disorder;
      endUs = stragglers.recordedUntil == null ? extent.endUs() : endUs;
    }
    var observations =
        between.apply(
            run.read(format, ObservationSerializer.INSTANCE, Observation.class, disorder));
    var incidents =
        observations
            .keyBy(Observation::job, Types.STRING)
            .transform(
                "jobs",
                ContractSerializer.type(StragglerIncident.class),
                new JobOperator(stragglers.settings(), endUs))
            .uid("jobs");
    run.quarantine(incidents.getSideOutput(JobOperator.LATE));
    run.write("", incidents, StragglerIncident.class);
    if (common().writesFiles()) {
      run.keep(Told.FOLDER, incidents, StragglerIncident.class);
    }
  }

  private static Extent extent(StreamingRun run, Format<Observation> format) throws IOException {
    var extent = Extent.of(run, format);
    if (!extent.disorder().isZero()) {
      run.log(
          "records are out of order by up to %s: waiting for them", readable(extent.disorder()));
    }
    return extent;
  }

  private static String readable(Duration duration) {
    return duration.toMillis() < 1000 ? duration.toMillis() + " ms" : duration.toSeconds() + " s";
  }

  private Format<Observation> format(StreamingRun run) {
    var columns = stragglers.columns();
    var jobs = stragglers.jobNames();
    return run.inputKind() == InputFiles.Kind.CSV
        ? new StepTimesCsv(columns, jobs, ',')
        : run.inputKind() == InputFiles.Kind.TSV
            ? new StepTimesCsv(columns, jobs, '\t')
            : new RecordsJson(columns, jobs);
  }

  @Override
  protected void finished(StreamingRun run, String manifest) throws Exception {
    Told.of(run.kept(Told.FOLDER)).forEach(line -> run.log("%s", line));
    run.discard(Told.FOLDER);
  }
}
