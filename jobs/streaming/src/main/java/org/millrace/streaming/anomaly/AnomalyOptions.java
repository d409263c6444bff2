package org.millrace.streaming.anomaly;

import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import org.millrace.command.UserError;
import org.millrace.streaming.anomaly.detect.LstmInput;
import org.millrace.streaming.anomaly.detect.RePad2Config;
import org.millrace.streaming.anomaly.input.Layout;
import org.millrace.streaming.anomaly.rola.DetectorFactory;
import org.millrace.streaming.anomaly.rola.Direction;
import org.millrace.streaming.anomaly.rola.Filter;
import org.millrace.streaming.anomaly.rola.MonitorConfig;
import org.millrace.streaming.job.DurationConverter;
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
  static final int DEVICES_ON_HEAP = 20_000;

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
      names = "--profile",
      defaultValue = "guarded",
      paramLabel = "NAME",
      description =
          "guarded, or paper: as close to the RoLA paper as can be. Default: ${DEFAULT-VALUE}.")
  Profile profile;

  @Option(
      names = "--lstm-input",
      defaultValue = "index",
      paramLabel = "WHAT",
      description =
          "What the network reads: index (of the point) or sequence (of values). Default:"
              + " ${DEFAULT-VALUE}.")
  LstmInput lstmInput;

  @Option(
      names = "--seed",
      paramLabel = "NUMBER",
      description = "Seed of the networks' first weights. Default: 140.")
  Long seed;

  @Option(
      names = "--no-partner",
      paramLabel = "WHAT",
      description =
          "A variable without correlated partners: drop its anomalies, report them as low (INFO),"
              + " or only the severe ones. Default: drop.")
  MonitorConfig.NoPartner noPartner;

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
      defaultValue = "" + DEVICES_ON_HEAP,
      paramLabel = "N",
      description =
          "Devices that a task keeps on the heap (about 20 kB each with ten variables); the others"
              + " are in the state backend. Default: ${DEFAULT-VALUE}.")
  int devicesOnHeap;

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
    return new Rola(profile, lstmInput, seed, noPartner, Map.copyOf(ignore));
  }

  void check(boolean fromTopics) {
    lateness();
    detection().config();
    if (devicesOnHeap < 1) {
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

  /** RoLA: RePAD2 a variable, and the vote. */
  record Rola(
      Profile profile,
      LstmInput input,
      Long seed,
      MonitorConfig.NoPartner noPartner,
      Map<String, String> ignore)
      implements Detection {

    @Override
    public MonitorConfig config() {
      var config = profile == Profile.PAPER ? MonitorConfig.paper() : MonitorConfig.guarded();
      if (noPartner != null) {
        config = config.withNoPartner(noPartner);
      }
      var filters = new LinkedHashMap<String, Filter>();
      ignore.forEach((variable, rule) -> filters.put(variable, filter(variable, rule)));
      var all = filters.remove("*");
      return config.withFilters(all == null ? Filter.NONE : all, filters);
    }

    private static Filter filter(String variable, String rule) {
      var direction = Direction.BOTH;
      double absolute = 0;
      double relative = 0;
      for (var part : rule.toLowerCase(Locale.ROOT).split("[+;]")) {
        try {
          switch (part.strip()) {
            case "up" -> direction = Direction.DOWN;
            case "down" -> direction = Direction.UP;
            default -> {
              if (part.endsWith("%")) {
                relative = Double.parseDouble(part.substring(0, part.length() - 1)) / 100;
              } else {
                absolute = Double.parseDouble(part);
              }
            }
          }
        } catch (NumberFormatException e) {
          throw UserError.usage(
              "--ignore %s=%s: up, down, a number, or a share such as 5%%", variable, rule);
        }
      }
      if (!(absolute >= 0) || !(relative >= 0)) {
        throw UserError.usage("--ignore %s=%s: negative", variable, rule);
      }
      return new Filter(direction, absolute, relative);
    }

    @Override
    public DetectorFactory detectors() {
      var config =
          (profile == Profile.PAPER ? RePad2Config.paper() : RePad2Config.guarded())
              .withInput(input);
      return DetectorFactory.rePad2(seed == null ? config : config.withSeed(seed));
    }
  }
}
