package org.millrace.streaming.anomaly;

import java.time.Duration;
import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.flink.api.common.typeinfo.Types;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.millrace.command.Version;
import org.millrace.schema.Anomaly;
import org.millrace.schema.LateMetric;
import org.millrace.schema.SeriesStatus;
import org.millrace.streaming.anomaly.AnomalyOptions.InputFormat;
import org.millrace.streaming.anomaly.input.AvroFormat;
import org.millrace.streaming.anomaly.input.CsvFormat;
import org.millrace.streaming.anomaly.input.JsonFormat;
import org.millrace.streaming.anomaly.input.Layout;
import org.millrace.streaming.anomaly.input.PrometheusFormat;
import org.millrace.streaming.anomaly.input.Reading;
import org.millrace.streaming.job.ContractSerializer;
import org.millrace.streaming.job.Format;
import org.millrace.streaming.job.StreamingJob;
import org.millrace.streaming.job.StreamingRun;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;

/** Telemetry to anomaly episodes: {@code DataStream<Reading> -> DataStream<Anomaly>}. */
@Command(
    name = "anomalies",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description =
        "Watches telemetry of many devices for anomalies, online and unsupervised: one alert an"
            + " episode.",
    footer = {
      "",
      "Examples:",
      "  millrace anomalies --input ferrybox.csv --time TimeStamp --device ferry \\",
      "    --output episodes/",
      "  millrace anomalies --kafka-bootstrap localhost:9092 --topic metrics \\",
      "    --format prometheus-json --output-topic anomalies",
      "  millrace anomalies --input nab/ --evaluate nab/labels.json --detector ensemble \\",
      "    --output scores/"
    })
public final class AnomalyJob extends StreamingJob {

  @Mixin AnomalyOptions anomalies;

  private final UnaryOperator<DataStream<Reading>> between;

  /** Null: nothing is evaluated. */
  private RunEvaluation evaluation;

  /** The job. */
  public AnomalyJob() {
    this(UnaryOperator.identity());
  }

  /**
   * The job with something put between its input and its devices.
   *
   * @param between what tests make trouble with
   */
  AnomalyJob(UnaryOperator<DataStream<Reading>> between) {
    this.between = between;
  }

  /** Runs the job, by flink run or by itself. */
  public static void main(String[] args) {
    main(new AnomalyJob(), args);
  }

  @Override
  protected void check() {
    anomalies.check(common());
  }

  @Override
  protected Set<String> notInput() {
    return anomalies.evaluate == null ? Set.of() : Set.of(anomalies.evaluate);
  }

  @Override
  protected Set<String> notInFingerprint() {
    return Set.of("devices-on-heap");
  }

  @Override
  protected String remedy(String reason) {
    return anomalies.remedy(reason);
  }

  @Override
  protected void build(StreamingRun run) throws Exception {
    if (anomalies.evaluate != null) {
      evaluation = RunEvaluation.load(run, anomalies, layout -> format(run, layout));
    }
    var format = evaluation == null ? format(run, anomalies.layout()) : evaluation.format();
    var readings = run.read(format, ReadingSerializer.INSTANCE, Reading.class, Duration.ZERO);
    var episodes = episodes(between.apply(readings), readings.getParallelism());
    run.quarantine(episodes.getSideOutput(DeviceOperator.REJECTED));
    run.write("", episodes, Anomaly.class);
    if (evaluation != null) {
      evaluation.keep(run, episodes);
    }
    run.write("status", episodes.getSideOutput(DeviceOperator.STATUS), SeriesStatus.class);
    run.write("_late", episodes.getSideOutput(DeviceOperator.LATE), LateMetric.class);
  }

  @Override
  protected void finished(StreamingRun run, String manifest) throws Exception {
    if (evaluation != null) {
      evaluation.conclude(run, manifest);
    }
  }

  /** The environment with the job's stream, not yet running. */
  StreamExecutionEnvironment unstarted() throws Exception {
    return prepared().environment();
  }

  private Format<Reading> format(StreamingRun run, Layout layout) {
    var format = anomalies.format;
    if (format == null) {
      format =
          run.inputKind() == null ? InputFormat.JSONL : InputFormat.valueOf(run.inputKind().name());
    }
    return switch (format) {
      case CSV -> new CsvFormat(layout, ',');
      case TSV -> new CsvFormat(layout, '\t');
      case JSONL -> new JsonFormat(layout);
      case PROMETHEUS_JSON ->
          new PrometheusFormat(anomalies.deviceLabels, anomalies.variableLabels);
      case AVRO -> new AvroFormat();
    };
  }

  /**
   * The episodes of a stream of readings; statuses, late values and rejected rows are its side
   * outputs.
   *
   * @param parallelism of the readings' stream, which rows are put together with
   */
  private SingleOutputStreamOperator<Anomaly> episodes(
      DataStream<Reading> readings, int parallelism) {
    return readings
        .transform("rows", readings.getType(), new RowAssembler())
        .uid("rows")
        .setParallelism(parallelism)
        .keyBy(Reading::device, Types.STRING)
        .transform(
            "devices",
            ContractSerializer.type(Anomaly.class),
            new DeviceOperator(
                anomalies.detection(),
                anomalies.lateness(),
                anomalies.alignDelayMillis(),
                anomalies.devicesOnHeap(),
                anomalies.eachRow
                    ? DeviceOperator.Reports.EACH_ROW
                    : DeviceOperator.Reports.EPISODES_ONLY))
        .uid("devices");
  }
}
