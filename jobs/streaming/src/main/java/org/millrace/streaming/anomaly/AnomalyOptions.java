package org.millrace.streaming.anomaly;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.millrace.command.UserError;
import org.millrace.streaming.anomaly.detect.LstmInput;
import org.millrace.streaming.anomaly.input.Layout;
import org.millrace.streaming.anomaly.rola.MonitorConfig;
import org.millrace.streaming.job.DurationConverter;
import org.millrace.streaming.job.StreamingOptions;
import picocli.CommandLine.Option;

/** The options of {@code anomalies} that other jobs don't have. */
final class AnomalyOptions {

  /** Form of the input's records. */
  enum InputFormat {
    CSV,
    TSV,
    JSONL,
    PROMETHEUS_JSON,
    AVRO;

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }

  /** A set of settings. */
  enum Profile {
    PAPER,
    GUARDED
  }

  static final Duration ALIGN_DELAY = Duration.ofMinutes(1);

  @Option(
      names = "--format",
      paramLabel = "FORMAT",
      description =
          "Form of the records: csv, tsv, jsonl, prometheus-json (Kafka adapter of Prometheus),"
              + " avro (our Metric). Default: by the files' ending; jsonl from topics.")
  InputFormat format;

  @Option(
      names = "--time",
      paramLabel = "COLUMN",
      description =
          "The time: ISO-8601, or seconds or milliseconds since 1970. Default: ts, timestamp,"
              + " time, datetime or date.")
  String time;

  @Option(
      names = "--device",
      paramLabel = "NAME",
      description = "The device that all records are of, where no column says it.")
  String device;

  @Option(
      names = "--device-column",
      paramLabel = "COLUMN",
      description = "The column of the device's name. Default: device.")
  String deviceColumn;

  @Option(
      names = "--variable-column",
      paramLabel = "COLUMN",
      description =
          "With a record a variable: the column of its name. Default: variable, if there is one.")
  String variableColumn;

  @Option(
      names = "--value-column",
      paramLabel = "COLUMN",
      description = "With a record a variable: the column of its value. Default: value.")
  String valueColumn;

  @Option(
      names = "--variables",
      split = ",",
      paramLabel = "COLUMN",
      description = "With a record a row: the columns to watch. Default: all but time and device.")
  List<String> variables = new ArrayList<>();

  @Option(
      names = "--device-label",
      split = ",",
      defaultValue = "instance,gpu",
      paramLabel = "LABEL",
      description =
          "prometheus-json: labels that together name the device; those that a sample lacks are"
              + " passed over. Default: ${DEFAULT-VALUE}.")
  List<String> deviceLabels;

  @Option(
      names = "--variable-label",
      split = ",",
      paramLabel = "LABEL",
      description =
          "prometheus-json: labels added to the metric's name, where a device has several of it.")
  List<String> variableLabels = new ArrayList<>();

  @Option(
      names = "--out-of-orderness",
      defaultValue = Lateness.DEFAULT,
      paramLabel = "STEPS|DURATION",
      description =
          "How far out of order a device's values may come: a number of its rows, or a duration"
              + " such as 30s. What comes later is set apart as late. Default: ${DEFAULT-VALUE}.")
  String outOfOrderness;

  @Option(
      names = "--align-delay",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description =
          "The last rows of a device that has fallen silent are judged when the stream's time has"
              + " passed them by this much. Default: --out-of-orderness if a duration, else 1m.")
  Duration alignDelay;

  @Option(
      names = "--detector",
      defaultValue = "rola",
      paramLabel = "NAME",
      description =
          "What watches each variable: rola (RePAD2, the cheapest), ensemble (finds most, 0.15 MB of"
              + " state and 2 MB of heap a variable), seasonal, tail, forest. Variables confirm"
              + " each other with any of them. Default: ${DEFAULT-VALUE}.")
  DetectorKind detector;

  @Option(
      names = "--profile",
      defaultValue = "guarded",
      paramLabel = "NAME",
      description =
          "guarded, or with rola paper: as close to the RoLA paper as can be. Default:"
              + " ${DEFAULT-VALUE}.")
  Profile profile;

  @Option(
      names = "--lstm-input",
      paramLabel = "WHAT",
      description =
          "What rola's network reads: index (of the point) or sequence (of values). Default:"
              + " index.")
  LstmInput lstmInput;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      description = "Seed of what is random in a detector. Default: 140.")
  Long seed;

  @Option(
      names = "--no-partner",
      paramLabel = "WHAT",
      description =
          "A variable without correlated partners: drop its anomalies, report them as low (INFO),"
              + " or only the severe ones. How many values that is about is the count"
              + " anomalies_without_partner in the run's last line and in _millrace.json; low"
              + " shows them all. Default: drop.")
  MonitorConfig.NoPartner noPartner;

  @Option(
      names = "--episode-gap",
      paramLabel = "ROWS",
      description =
          "Quiet rows after which an episode closes. Default: 30; 80 with --detector ensemble.")
  Integer episodeGap;

  @Option(
      names = "--ignore",
      paramLabel = "VARIABLE=RULE",
      description =
          "What of a variable (* for all) is not worth an alert: up, down, a distance from the"
              + " expected value, or a share of it such as 5%%. May be repeated.")
  Map<String, String> ignore = new LinkedHashMap<>();

  @Option(names = "--each-row", description = "Emit each anomalous row too, as kind REPORT.")
  boolean eachRow;

  @Option(
      names = "--devices-on-heap",
      paramLabel = "N",
      description =
          "Devices that a task keeps on the heap; the others are in the state backend. With ten"
              + " variables a device is about 20 kB with rola, 100 kB with tail, 0.5 MB with"
              + " seasonal, 20 MB with forest or ensemble, which are slow to fetch back. Default:"
              + " 20000 with rola, 4000 with tail, 1000 with seasonal, else 200.")
  Integer devicesOnHeap;

  @Option(
      names = "--evaluate",
      paramLabel = "LABELS",
      description =
          "Score the run against labels: a table, evaluation.csv and report.html. LABELS is a text"
              + " with a time a line, within a minute of each other of one event; or NAB's JSON,"
              + " {\"category/name.csv\": {\"windows\": [[start, end], …]}, …}: then each file"
              + " (category__name.csv or category/name.csv, also .gz) is a device, its rows are"
              + " taken in file order whatever their times, and times in the output are row numbers"
              + " in seconds. Files only.")
  String evaluate;

  @Option(
      names = "--tolerance",
      paramLabel = "DURATION",
      converter = DurationConverter.class,
      description =
          "With --evaluate: how far outside its event an episode may open. Default: 5m with"
              + " labelled times, nothing with windows.")
  Duration tolerance;

  Layout layout() {
    return new Layout(time, device, deviceColumn, variableColumn, valueColumn, variables);
  }

  Lateness lateness() {
    return Lateness.parse(outOfOrderness);
  }

  long alignDelayMillis() {
    if (alignDelay != null) {
      return alignDelay.toMillis();
    }
    var lateness = lateness();
    return lateness.millis() >= 0 ? lateness.millis() : ALIGN_DELAY.toMillis();
  }

  Detection detection() {
    return new ChosenDetection(
        detector, profile, lstmInput, seed, noPartner, episodeGap, Map.copyOf(ignore));
  }

  int devicesOnHeap() {
    return devicesOnHeap == null ? detector.devicesOnHeap : devicesOnHeap;
  }

  /** What helps where records are bad for a reason of this class. */
  String remedy(String reason) {
    if (format == InputFormat.PROMETHEUS_JSON || format == InputFormat.AVRO) {
      return "are its records what --format " + format + " says?";
    }
    return switch (reason) {
      case "not a number", "number too large" ->
          "name the columns to watch with --variables (a row a variable: --value-column)";
      case "no time", "bad time" -> "name the column of the time with --time";
      case "no device" -> "name the column of the device with --device-column, or use --device";
      case "no variable", "no value" ->
          "name the columns with --variables (a row a variable: --variable-column, --value-column)";
      case "not UTF-8" -> "convert the input, iconv -f ENCODING -t UTF-8";
      default -> "are its records of the form that --format and the files' ending say?";
    };
  }

  void check(StreamingOptions common) {
    boolean fromTopics = common.readsKafka();
    if (evaluate != null && (fromTopics || !common.writesFiles())) {
      throw UserError.usage("--evaluate: from files to files, --input and --output");
    }
    if (tolerance != null && evaluate == null) {
      throw UserError.usage("--tolerance: only with --evaluate");
    }
    lateness();
    if (episodeGap != null && episodeGap < 1) {
      throw UserError.usage("--episode-gap %d: at least 1", episodeGap);
    }
    detection().config();
    if (detector != DetectorKind.ROLA && profile == Profile.PAPER) {
      throw UserError.usage("--profile paper: with --detector rola, not %s", detector);
    }
    if (detector != DetectorKind.ROLA && lstmInput != null) {
      throw UserError.usage("--lstm-input: with --detector rola, not %s", detector);
    }
    if (devicesOnHeap != null && devicesOnHeap < 1) {
      throw UserError.usage("--devices-on-heap %d: at least 1", devicesOnHeap);
    }
    if (device != null && deviceColumn != null) {
      throw UserError.usage("--device and --device-column: one or the other");
    }
    if (device != null && device.isBlank()) {
      throw UserError.usage("--device: empty");
    }
    boolean columns = format == InputFormat.CSV || format == InputFormat.TSV;
    if (fromTopics && columns) {
      throw UserError.usage("--format %s: messages have no header; use jsonl", format);
    }
    if (!fromTopics && format == InputFormat.AVRO) {
      throw UserError.usage("--format avro: for topics; files are csv, tsv or jsonl");
    }
  }
}
