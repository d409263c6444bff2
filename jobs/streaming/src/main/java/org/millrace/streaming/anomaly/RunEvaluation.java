package org.millrace.streaming.anomaly;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import java.util.function.LongToIntFunction;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.millrace.command.UserError;
import org.millrace.schema.Anomaly;
import org.millrace.schema.InputFile;
import org.millrace.streaming.anomaly.evaluate.Episode;
import org.millrace.streaming.anomaly.evaluate.LabelledDevice;
import org.millrace.streaming.anomaly.evaluate.Labels;
import org.millrace.streaming.anomaly.evaluate.ScoreTable;
import org.millrace.streaming.anomaly.evaluate.Scores;
import org.millrace.streaming.anomaly.evaluate.Window;
import org.millrace.streaming.anomaly.evaluate.report.EvaluationPage;
import org.millrace.streaming.anomaly.input.Layout;
import org.millrace.streaming.anomaly.input.Reading;
import org.millrace.streaming.job.Format;
import org.millrace.streaming.job.StreamingRun;

/**
 * The evaluation of a run on files: the episodes as the job writes them, to a folder of their own,
 * beside labels. The input is read once more for it, and held in memory.
 */
final class RunEvaluation {

  private static final String EPISODES = "_evaluated";
  private static final Duration TOLERANCE = Duration.ofMinutes(5);

  private final AnomalyOptions options;
  private final Labels labels;
  private final Format<Reading> format;
  private final Map<String, SeriesValues> devices;

  private RunEvaluation(
      AnomalyOptions options,
      Labels labels,
      Format<Reading> format,
      Map<String, SeriesValues> devices) {
    this.options = options;
    this.labels = labels;
    this.format = format;
    this.devices = devices;
  }

  /**
   * Reads labels and input.
   *
   * @param formats of the input, by its layout
   */
  static RunEvaluation load(
      StreamingRun run, AnomalyOptions options, Function<Layout, Format<Reading>> formats)
      throws IOException {
    var labels = Labels.parse(options.evaluate, run.text("--evaluate", options.evaluate));
    var devices = new LinkedHashMap<String, SeriesValues>();
    if (labels instanceof Labels.OfFiles ofFiles) {
      var names = names(ofFiles, run.inputFiles(), options.evaluate);
      var format = formats.apply(options.layout().orDevice("file"));
      var rows = new FileRows(format, names);
      run.scan(
          format,
          (path, line, reading, ts) ->
              values(devices, names.get(path)).add(rows.row(line), reading));
      return new RunEvaluation(options, labels, rows, devices);
    }
    var format = formats.apply(options.layout());
    run.scan(
        format, (path, line, reading, ts) -> values(devices, reading.device()).add(ts, reading));
    if (devices.size() > 1) {
      throw new UserError(
          "--evaluate %s: labelled times are of one device, the input has %d: use --device, or one"
              + " file a device with labels in NAB's form",
          options.evaluate, devices.size());
    }
    return new RunEvaluation(options, labels, format, devices);
  }

  private static SeriesValues values(Map<String, SeriesValues> devices, String name) {
    return devices.computeIfAbsent(name, SeriesValues::new);
  }

  private static Map<String, String> names(
      Labels.OfFiles labels, List<InputFile> files, String source) {
    var names = new HashMap<String, String>();
    var taken = new HashSet<String>();
    for (var file : files) {
      var name =
          labels
              .nameOf(file.getPath())
              .orElseThrow(
                  () ->
                      new UserError(
                          "--evaluate %s: no labels of %s; a file is called category/name.csv or"
                              + " category__name.csv as in the labels, also .gz",
                          source, file.getPath()));
      if (!taken.add(name)) {
        throw new UserError("--evaluate %s: two input files are %s", source, name);
      }
      names.put(file.getPath(), name);
    }
    return names;
  }

  /** What the job is to read the input by. */
  Format<Reading> format() {
    return format;
  }

  /** Has the episodes kept as the job writes them. */
  void keep(StreamingRun run, DataStream<Anomaly> episodes) {
    run.keep(EPISODES, episodes, Anomaly.class);
  }

  /** Scores what the run wrote, and writes and prints that. */
  void conclude(StreamingRun run, String manifest) throws IOException {
    var labelled = labelled(run);
    boolean byFile = labels instanceof Labels.OfFiles;
    long tolerance =
        options.tolerance != null
            ? options.tolerance.toMillis()
            : byFile ? 0 : TOLERANCE.toMillis();
    var scores = byFile ? Scores.ofFiles(labelled, tolerance) : Scores.ofTimes(labelled, tolerance);
    run.writeText("evaluation.csv", ScoreTable.csv(scores));
    var page =
        run.writeText(
            "report.html",
            new EvaluationPage(
                    "Anomalies found by " + options.detector,
                    source(run.inputFiles()) + " against " + options.evaluate,
                    scores,
                    labelled,
                    byFile ? EvaluationPage.Probation.NAB : EvaluationPage.Probation.NONE,
                    tolerance,
                    manifest)
                .html());
    run.discard(EPISODES);
    run.print(ScoreTable.text(scores) + "report: " + page + "\n");
  }

  private static String source(List<InputFile> files) {
    return files.size() == 1
        ? files.get(0).getPath().replaceFirst("^file:", "")
        : files.size() + " files";
  }

  private List<LabelledDevice> labelled(StreamingRun run) throws IOException {
    var alerts = alerts(run);
    var labelled = new ArrayList<LabelledDevice>();
    for (var values : devices.values()) {
      var said = alerts.getOrDefault(values.device(), List.of());
      if (labels instanceof Labels.OfFiles ofFiles) {
        var table = values.byRow();
        var events = ofFiles.windows().get(values.device());
        labelled.add(device(values, table, events, said, FileRows::rowAt));
      } else if (labels instanceof Labels.OfTimes ofTimes) {
        var table = values.byTime();
        labelled.add(
            device(
                values,
                table,
                ofTimes.events(),
                said,
                ts -> Arrays.binarySearch(table.times(), ts)));
      }
    }
    return labelled;
  }

  private static LabelledDevice device(
      SeriesValues values,
      SeriesValues.Table table,
      List<Window> events,
      List<JsonNode> alerts,
      LongToIntFunction rowAt) {
    var last = new LinkedHashMap<String, JsonNode>();
    alerts.stream()
        .sorted(Comparator.comparingLong(alert -> alert.get("ts").asLong()))
        .forEach(alert -> last.put(alert.get("alertId").asText(), alert));
    var episodes =
        last.values().stream()
            .map(alert -> episode(alert, rowAt, table.times().length - 1))
            .sorted(Comparator.comparingInt(Episode::first))
            .toList();
    return new LabelledDevice(values.device(), table.times(), table.variables(), events, episodes);
  }

  /** By its last alert, which knows all variables; one that is still open goes on to the end. */
  private static Episode episode(JsonNode alert, LongToIntFunction rowAt, int lastRow) {
    var variables = new HashSet<String>();
    alert.get("variables").forEach(variable -> variables.add(variable.get("name").asText()));
    var close = alert.get("closeTs");
    return new Episode(
        rowAt.applyAsInt(alert.get("openTs").asLong()),
        close.isNull() ? lastRow : rowAt.applyAsInt(close.asLong()),
        variables,
        alert.get("severity").asText());
  }

  /** The alerts by device. */
  private static Map<String, List<JsonNode>> alerts(StreamingRun run) throws IOException {
    var json = new ObjectMapper();
    var alerts = new HashMap<String, List<JsonNode>>();
    for (var line : run.kept(EPISODES)) {
      var alert = json.readTree(line);
      if (!alert.get("kind").asText().equals("REPORT")) {
        alerts.computeIfAbsent(alert.get("device").asText(), name -> new ArrayList<>()).add(alert);
      }
    }
    return alerts;
  }
}
