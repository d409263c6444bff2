package org.millrace.streaming.job;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.flink.api.common.JobExecutionResult;
import org.apache.flink.api.common.eventtime.WatermarkStrategy;
import org.apache.flink.api.common.typeinfo.TypeInformation;
import org.apache.flink.api.common.typeutils.TypeSerializer;
import org.apache.flink.configuration.CheckpointingOptions;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.StateRecoveryOptions;
import org.apache.flink.core.fs.Path;
import org.apache.flink.runtime.util.EnvironmentInformation;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.apache.flink.streaming.api.datastream.SingleOutputStreamOperator;
import org.apache.flink.streaming.api.environment.LocalStreamEnvironment;
import org.apache.flink.streaming.api.environment.StreamExecutionEnvironment;
import org.apache.flink.util.OutputTag;
import org.millrace.command.Commands;
import org.millrace.command.InputFiles;
import org.millrace.command.Manifests;
import org.millrace.command.Mode;
import org.millrace.command.OutputPlan;
import org.millrace.command.UserError;
import org.millrace.schema.InputFile;
import org.millrace.schema.RejectedRecord;
import org.millrace.schema.RunManifest;

/**
 * One run of a job: its environment, its input with the bad records set apart, its outputs, its
 * manifest. All that jobs have in common in dealing with the outside is here.
 */
public final class StreamingRun {

  /** Counts whose names begin with it are of records left out on purpose. */
  public static final String DROPPED = "dropped:";

  /** Counts whose names begin with it are of records and fields in the quarantine. */
  public static final String QUARANTINED = "quarantined:";

  static final String RECORDS_IN = "records_in";
  static final String RECORDS_REJECTED = "records_rejected";
  private static final String EMPTY_FILES = "empty_files";
  private static final String QUARANTINE = "_quarantine";

  private static final Set<String> NOT_IN_FINGERPRINT =
      Set.of(
          "output",
          "mode",
          "debug",
          "input",
          "parallelism",
          "checkpoint-interval",
          "checkpoint-dir",
          "state-backend",
          "idle-source",
          "metrics-port",
          "until",
          "kafka-bootstrap");

  private final StreamingJob job;
  private final StreamingOptions options;
  private final StreamExecutionEnvironment environment;
  private final InputFiles input;
  private final OutputFolder folder;
  private final Path checkpoints;
  private final RunManifest manifest;
  private final OutputPlan plan;
  private final PrintWriter progress;
  private final Clock clock = Clock.systemUTC();
  private final long started = clock.millis();
  private final OutputTag<RejectedRecord> rejected =
      new OutputTag<>("quarantine", ContractSerializer.type(RejectedRecord.class));
  private final List<DataStream<RejectedRecord>> quarantines = new ArrayList<>();
  private final Map<String, Class<? extends SpecificRecordBase>> datasets = new LinkedHashMap<>();

  /** Finds the first bad record of files. */
  private Callable<Optional<RejectedRecord>> firstRejected = Optional::empty;

  private StreamingRun(StreamingJob job) throws IOException {
    this.job = job;
    this.options = job.options;
    this.progress = job.spec.commandLine().getErr();
    this.input =
        options.inputs.isEmpty() ? null : Paths.find(options.inputs, job.notInput(), job.endings());
    boolean local = !submitted();
    this.manifest =
        Manifests.start(
            job.spec.name(),
            Commands.options(job.spec),
            notInFingerprint(),
            allInputFiles(),
            "Flink " + EnvironmentInformation.getVersion() + (local ? " in-process" : " cluster"),
            clock);
    this.folder = options.output == null ? null : new OutputFolder(options.output);
    this.plan =
        folder != null
            ? prepare()
            : options.mode == Mode.RESUME ? OutputPlan.RESUME : OutputPlan.START;
    this.checkpoints = checkpoints(local);
    var configuration =
        FlinkSettings.of(
            options,
            job.spec.name(),
            checkpoints,
            local ? FlinkSettings.Environment.IN_PROCESS : FlinkSettings.Environment.CLUSTER);
    resume(configuration);
    this.environment = StreamExecutionEnvironment.getExecutionEnvironment(configuration);
    if (options.parallelism != null) {
      environment.setParallelism(options.parallelism);
    }
  }

  static StreamingRun open(StreamingJob job) throws IOException {
    return new StreamingRun(job);
  }

  private List<InputFile> allInputFiles() throws IOException {
    var files = new ArrayList<>(inputFiles());
    for (var name : job.readsItself()) {
      files.add(Paths.file(name));
    }
    return files;
  }

  /** Whether a cluster's client runs this program, rather than it itself. */
  static boolean submitted() {
    return !(StreamExecutionEnvironment.getExecutionEnvironment()
        instanceof LocalStreamEnvironment);
  }

  private Set<String> notInFingerprint() {
    var all = new HashSet<>(NOT_IN_FINGERPRINT);
    all.addAll(job.notInFingerprint());
    return all;
  }

  private OutputPlan prepare() throws IOException {
    if (!options.readsKafka()) {
      for (var file : manifest.getInputs()) {
        if (file.getPath().startsWith(folder.path("") + "/")) {
          throw UserError.usage(
              "--output %s: the input %s lies in it; choose another folder",
              options.output, file.getPath());
        }
      }
    }
    return folder.prepare(options.mode, manifest);
  }

  private Path checkpoints(boolean local) throws IOException {
    if (options.checkpointDir != null) {
      return Paths.absolute(options.checkpointDir);
    }
    if (options.conf.containsKey(CheckpointingOptions.CHECKPOINTS_DIRECTORY.key())) {
      return new Path(options.conf.get(CheckpointingOptions.CHECKPOINTS_DIRECTORY.key()));
    }
    if (folder != null && local) {
      return folder.path("_checkpoints");
    }
    return local ? new Path(Files.createTempDirectory("millrace-checkpoints").toUri()) : null;
  }

  private void resume(Configuration configuration) throws IOException {
    if (plan == OutputPlan.RESUME
        && checkpoints != null
        && !configuration.contains(StateRecoveryOptions.SAVEPOINT_PATH)) {
      var last = OutputFolder.lastCheckpoint(checkpoints);
      if (last.isPresent()) {
        configuration.set(StateRecoveryOptions.SAVEPOINT_PATH, last.get().toString());
        log("resuming from %s", last.get());
      } else if (folder != null) {
        // It was cut short before its first checkpoint: nothing of it has become visible.
        folder.clear();
      } else {
        throw new UserError("--mode resume: no complete checkpoint in %s", options.checkpointDir);
      }
    }
  }

  /** The environment that the stream is built on. */
  public StreamExecutionEnvironment environment() {
    return environment;
  }

  /** The kind of the input files; null when there are none. */
  public InputFiles.Kind inputKind() {
    return input == null ? null : input.kind();
  }

  /**
   * The good records of the input; the others are set apart.
   *
   * @param format how its records are read
   * @param values writes the job's values between operators
   * @param type of the values
   * @param outOfOrderness how far behind the newest time a value may come for the stream's
   *     watermark
   */
  public <T> SingleOutputStreamOperator<T> read(
      Format<T> format, TypeSerializer<T> values, Class<T> type, Duration outOfOrderness)
      throws IOException {
    var watermarks =
        WatermarkStrategy.<Arrival<T>>forGenerator(context -> new ConfirmedTime<>(outOfOrderness))
            .withTimestampAssigner((arrival, before) -> arrival.ts());
    var arrivals = ArrivalSerializer.type(values);
    var source =
        input == null
            ? KafkaInput.arrivals(
                environment, options, job.spec.name(), format, arrivals, watermarks)
            : files(format, arrivals, watermarks);
    var taken =
        source
            .transform(
                "intake", new RecordType<>(type, values), new Intake<T>(rejected, options.onError))
            .uid("intake")
            .setParallelism(source.getParallelism());
    quarantines.add(taken.getSideOutput(rejected));
    return taken;
  }

  /**
   * Records that the job has read by itself, as a stream that ends at once, with the bad ones set
   * apart as those of {@link #read}.
   *
   * @param name of the stream
   */
  public <T> SingleOutputStreamOperator<T> of(
      String name,
      List<T> good,
      List<RejectedRecord> bad,
      TypeSerializer<T> values,
      Class<T> type) {
    var arrivals = new ArrayList<Arrival<T>>();
    good.forEach(value -> arrivals.add(Arrival.of(value, 0, name)));
    bad.forEach(record -> arrivals.add(Arrival.rejected(record)));
    var taken =
        environment
            .fromData(arrivals, ArrivalSerializer.type(values))
            .name(name)
            .uid("source-" + name)
            .setParallelism(1)
            .transform(
                "intake of " + name,
                new RecordType<>(type, values),
                new Intake<T>(rejected, options.onError))
            .uid("intake-" + name)
            .setParallelism(1);
    quarantines.add(taken.getSideOutput(rejected));
    return taken;
  }

  private <T> DataStream<Arrival<T>> files(
      Format<T> format, TypeInformation<Arrival<T>> type, WatermarkStrategy<Arrival<T>> watermarks)
      throws IOException {
    // A wrong column name should not cost the start of a cluster.
    var empty = FileScan.empty(input.paths(), format);
    if (!empty.isEmpty()) {
      log(
          "no records in %d of %d files, %s is one",
          empty.size(), input.paths().size(), empty.get(0));
      manifest.getCounts().put(EMPTY_FILES, (long) empty.size());
    }
    firstRejected = () -> FileScan.firstRejected(input.paths(), format);
    return environment
        .fromSource(new FilesSource<>(input.paths(), format), watermarks, "files", type)
        .uid("source-files")
        .setParallelism(1);
  }

  /** Adds to the quarantine what an operator further down could not use. */
  public void quarantine(DataStream<RejectedRecord> records) {
    quarantines.add(records);
  }

  /**
   * Writes records to wherever the user wants them.
   *
   * @param name of the dataset, a subfolder and the ending of a topic; empty for the main one
   */
  public <T extends SpecificRecordBase> void write(
      String name, DataStream<T> records, Class<T> type) {
    var label = name.isEmpty() ? job.spec.name() : label(name);
    if (folder != null) {
      datasets.put(name, type);
      // The quarantine is for people: text.
      var format =
          name.startsWith("_") ? StreamingOptions.OutputFormat.JSONL : options.outputFormat;
      records
          .sinkTo(FileOutput.sink(folder.path(name), type, format))
          .name("write " + label)
          .uid("files-" + label);
    }
    if (options.outputTopic != null) {
      var topic = name.isEmpty() ? options.outputTopic : options.outputTopic + "-" + label;
      records
          .sinkTo(KafkaOutput.sink(options, job.spec.name(), topic, type))
          .name("send " + label)
          .uid("kafka-" + label);
    }
  }

  private static String label(String name) {
    return name.replace("_", "");
  }

  /** Builds the whole stream without running it; the manifest says that it runs. */
  StreamingRun build() throws Exception {
    if (options.kafka != null) {
      Brokers.check(options);
    }
    write();
    job.build(this);
    if (!quarantines.isEmpty()) {
      var all = quarantines.get(0);
      for (var more : quarantines.subList(1, quarantines.size())) {
        all = all.union(more);
      }
      write(QUARANTINE, all, RejectedRecord.class);
    }
    return this;
  }

  void execute() throws Exception {
    if (plan == OutputPlan.NOTHING_LEFT) {
      log("already done, nothing left to do: %s", options.output);
      return;
    }
    try {
      build();
      var result = environment.execute();
      finish(result);
    } catch (Exception e) {
      manifest.setStatus("failed");
      manifest.setError(StreamingJob.oneLine(e));
      manifest.getDurationMs().put("total", clock.millis() - started);
      write();
      throw e;
    }
  }

  private void write() throws IOException {
    if (folder != null) {
      folder.write(manifest);
    }
  }

  private void finish(JobExecutionResult result) throws Exception {
    if (!result.isJobExecutionResult()) {
      log("submitted as job %s", result.getJobID());
      return;
    }
    Tally.tell(result.getAllAccumulatorResults(), manifest);
    requireAUsedRecord();
    manifest.setStatus("done");
    manifest.getDurationMs().put("total", clock.millis() - started);
    if (folder != null) {
      for (var dataset : datasets.entrySet()) {
        if (!dataset.getKey().startsWith("_") && !folder.hasParts(dataset.getKey())) {
          FileOutput.writeNothing(
              folder.path(dataset.getKey()), dataset.getValue(), options.outputFormat);
        }
      }
      job.finished(this, Manifests.json(manifest));
      deleteCheckpoints();
    }
    write();
    tell();
  }

  private void deleteCheckpoints() {
    if (checkpoints != null && checkpoints.equals(folder.path("_checkpoints"))) {
      folder.deleteUntilGone(checkpoints);
    }
  }

  /** A run that could use no record at all has failed, as much as it has done. */
  private void requireAUsedRecord() throws Exception {
    var counts = manifest.getCounts();
    long rejected = counts.getOrDefault(RECORDS_REJECTED, 0L);
    // What was left out on purpose was well-formed.
    if (rejected == 0
        || rejected < counts.getOrDefault(RECORDS_IN, 0L)
        || !manifest.getDropped().isEmpty()) {
      return;
    }
    if (folder != null) {
      deleteCheckpoints();
    }
    var first = firstRejected.call();
    var reason =
        first.isPresent()
            ? first.get().getReason()
            : String.join(", ", manifest.getQuarantined().keySet());
    throw new UserError(
        "no record could be used: %s%s; %s; all %d are in %s",
        first.isPresent() ? first.get().getSource() + ":" + first.get().getPosition() + ": " : "",
        reason,
        job.remedy(Rejects.kind(reason)),
        rejected,
        folder != null
            ? folder.path(QUARANTINE).getPath()
            : options.outputTopic + "-" + label(QUARANTINE));
  }

  private void tell() {
    log(
        "done in %.1f s: %s%s",
        manifest.getDurationMs().get("total") / 1000.0,
        manifest.getCounts(),
        manifest.getDropped().isEmpty() ? "" : ", dropped " + manifest.getDropped());
    if (!manifest.getQuarantined().isEmpty()) {
      log("bad records in the quarantine: %s", manifest.getQuarantined());
    }
  }

  /** Tells the user how far the run is. */
  public void log(String format, Object... arguments) {
    progress.printf("%s: %s%n", job.spec.name(), String.format(Locale.ROOT, format, arguments));
    progress.flush();
  }

  /** Puts a count into the manifest that no operator counts. */
  public void count(String name, long count) {
    manifest.getCounts().put(name, count);
  }

  /** Prints text for the user to read, as it is. */
  public void print(String text) {
    var out = job.spec.commandLine().getOut();
    out.print(text);
    out.flush();
  }

  /**
   * Writes a text file into the output folder.
   *
   * @return where it is
   */
  public String writeText(String name, String text) throws IOException {
    folder.write(name, text);
    return folder.path(name).getPath();
  }

  /**
   * Reads the input files here and now, one after the other; bad records are passed over. For what
   * needs the input beside the stream.
   */
  public <T> void scan(Format<T> format, FileScan.Visitor<T> visitor) throws IOException {
    for (var path : input.paths()) {
      FileScan.of(path, format, visitor);
    }
  }

  /**
   * A whole file as text.
   *
   * @param option that named it, for errors
   */
  public String text(String option, String name) throws IOException {
    return Paths.text(option, name);
  }

  /**
   * Keeps records for {@link StreamingJob#finished}, which finds them by {@link #kept}: written
   * beside the datasets, in files alone.
   *
   * @param name of a folder, with an underscore before
   */
  public <T extends SpecificRecordBase> void keep(
      String name, DataStream<T> records, Class<T> type) {
    records
        .sinkTo(FileOutput.sink(folder.path(name), type, StreamingOptions.OutputFormat.JSONL))
        .name("keep " + name.replace("_", ""))
        .uid("keep-" + name.replace("_", ""));
  }

  /** What was kept, as JSON, in no order. */
  public List<byte[]> kept(String name) throws IOException {
    return FileOutput.lines(folder.path(name));
  }

  /** Deletes what was kept. */
  public void discard(String name) throws IOException {
    folder.delete(folder.path(name));
  }

  /** The input files of the stream, none when reading topics. */
  public List<InputFile> inputFiles() {
    return input == null ? List.of() : input.files();
  }
}
