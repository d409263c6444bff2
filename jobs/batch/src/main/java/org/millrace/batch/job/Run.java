package org.millrace.batch.job;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.millrace.batch.job.JobOptions.OutputFormat;
import org.millrace.command.InputFiles;
import org.millrace.command.Manifests;
import org.millrace.command.OutputPlan;
import org.millrace.command.UserError;
import org.millrace.schema.RunManifest;

/**
 * One run of a job: its input with the bad records set apart, its output folder, its manifest. All
 * that jobs have in common in dealing with the outside is here.
 */
public final class Run {

  /** What a resumed run does with what is already in its output folder. */
  public enum Resume {
    /** Deletes it: the job is quick, or its result appears at once. */
    START_OVER,
    /** Keeps it, and adds what lacks. */
    CONTINUE
  }

  private static final String RECORDS_IN = "records_in";
  // Options that say where and how to run, not what comes out.
  private static final Set<String> NOT_IN_FINGERPRINT =
      Set.of("output", "mode", "debug", "master", "input", "then");

  private final BatchJob job;
  private final SparkSession spark;
  private final InputFiles input;
  private final Columns columns;
  private final RecordReader reader;
  private final OutputFolder folder;
  private final RunManifest manifest;
  private final PrintWriter progress;
  private final Clock clock = Clock.systemUTC();
  private final long started = clock.millis();
  private final OutputTables tables;
  private final Quarantine quarantine;
  private boolean settled;

  private Run(
      BatchJob job, Columns columns, SparkSession spark, InputFiles input, OutputFolder folder) {
    this.job = job;
    this.spark = spark;
    this.input = input;
    this.columns = columns;
    this.reader = new RecordReader(spark, columns);
    this.folder = folder;
    this.progress = job.spec.commandLine().getErr();
    this.manifest =
        Manifests.start(
            job.spec.name(),
            job.manifestOptions(),
            notInFingerprint(job),
            input.files(),
            "Spark " + spark.version() + " " + spark.sparkContext().master(),
            clock);
    this.tables = new OutputTables(folder, job.options.outputFormat);
    this.quarantine =
        new Quarantine(
            spark, reader, columns, input, folder, job.options.onError, manifest.getQuarantined());
    manifest.setGpu(runsOnGpu(spark) ? "yes" : "no");
  }

  private static Set<String> notInFingerprint(BatchJob job) {
    var names = new HashSet<>(NOT_IN_FINGERPRINT);
    names.addAll(job.outsideFingerprint());
    return names;
  }

  /** Whether RAPIDS runs plans, rather than is there and only explains them or is turned off. */
  private static boolean runsOnGpu(SparkSession spark) {
    var conf = spark.conf();
    return conf.get("spark.plugins", "").contains("com.nvidia.spark.SQLPlugin")
        && Boolean.parseBoolean(conf.get("spark.rapids.sql.enabled", "true"))
        && !conf.get("spark.rapids.sql.mode", "executeOnGPU").equalsIgnoreCase("explainOnly");
  }

  static Run open(BatchJob job, Columns columns, SparkSession spark) throws IOException {
    var hadoop = spark.sparkContext().hadoopConfiguration();
    var input = HadoopFiles.find(job.options.inputs, job.kinds(), job.furtherEndings(), hadoop);
    var path = new Path(job.options.output);
    var files = path.getFileSystem(hadoop);
    path = files.makeQualified(path);
    for (var file : input.files()) {
      if (file.getPath().startsWith(path + "/")) {
        throw UserError.usage(
            "--output %s: the input %s lies in it; choose another folder",
            job.options.output, file.getPath());
      }
    }
    return new Run(job, columns, spark, input, new OutputFolder(path, files));
  }

  int execute() throws Exception {
    if (!prepare()) {
      return 0;
    }
    folder.write(manifest);
    try {
      job.run(this);
      settle();
      manifest.setStatus("done");
      manifest.getDurationMs().put("total", clock.millis() - started);
      folder.write(manifest);
      return 0;
    } catch (Exception e) {
      manifest.setStatus("failed");
      manifest.setError(BatchJob.oneLine(e));
      manifest.getDurationMs().put("total", clock.millis() - started);
      folder.write(manifest);
      throw e;
    }
  }

  /** Makes the output folder ready; false if there is nothing left to do. */
  private boolean prepare() throws IOException {
    var options = job.options;
    var plan = OutputPlan.of(options.output, folder, options.mode, manifest);
    if (plan == OutputPlan.NOTHING_LEFT && !job.wantsMoreThan(before())) {
      log("already done, nothing left to do: %s", options.output);
      return false;
    }
    if (plan == OutputPlan.START || job.resume() == Resume.START_OVER) {
      folder.clear();
    }
    return true;
  }

  /** The options of the run that has written the folder. */
  private Map<String, String> before() throws IOException {
    return Manifests.parse(folder.manifest().orElseThrow()).getOptions();
  }

  /** The session. */
  public SparkSession spark() {
    return spark;
  }

  /**
   * The input as one row a sample with every known column, typed (a null where the input has none).
   * Rows that can't be used have a {@code _reason}; {@link Quarantine#accept} sets them apart.
   */
  public Samples samples() throws IOException {
    return samples(reader, input);
  }

  /**
   * Another table of samples, which must have our columns' names.
   *
   * @param paths files or folders
   */
  public Samples samplesOf(List<String> paths) throws IOException {
    var hadoop = spark.sparkContext().hadoopConfiguration();
    var own = new RecordReader(spark, Columns.samples(Map.of()));
    return samples(own, HadoopFiles.find(paths, job.kinds(), job.furtherEndings(), hadoop));
  }

  private static Samples samples(RecordReader reader, InputFiles input) throws IOException {
    var records = reader.read(input);
    var rows = SampleTable.of(records);
    var found = Set.of(records.columns());
    // Samples without an index are numbered by their places.
    boolean quicker = input.kind() == InputFiles.Kind.PARQUET && found.contains("sample_index");
    var bare = quicker ? SampleTable.of(reader.readBare(input)) : rows;
    return new Samples(rows, bare, found);
  }

  /**
   * The input as one row a document with every known column, and {@code _file, _block, _row,
   * _reason, _raw}. Rows with a {@code _reason} can't be used: {@link Quarantine#reject} is for
   * them.
   */
  public Dataset<Row> documents() throws IOException {
    fixSplits();
    var rows =
        input.kind() == InputFiles.Kind.WARC
            ? Archives.read(spark, input)
            : DocumentTable.of(reader.read(input), columns, input, reader.firstLines(input));
    quarantine.check(rows);
    return rows;
  }

  /**
   * The input as lines of text under a header, for a format of its own. Where a line stands is in
   * {@code _file, _block, _row}; with a {@code _reason} and its {@code _raw} text added, {@link
   * Quarantine#reject} is for it.
   */
  public Lines lines() throws IOException {
    fixSplits();
    var header = reader.header(input);
    return new Lines(header, reader.linesBelow(header, input));
  }

  /**
   * Lines of text files.
   *
   * @param header the first line of each file, read as UTF-8
   * @param rows the others, but blank ones: {@code value} in bytes, {@code _file, _block, _row}
   */
  public record Lines(String header, Dataset<Row> rows) {}

  /**
   * Two readings of the input must cut its files alike, as line numbers come of both; without this
   * Spark goes by the number of executors at the time.
   */
  private void fixSplits() {
    var name = "spark.sql.files.minPartitionNum";
    if (spark.conf().getOption(name).isEmpty()) {
      spark.conf().set(name, String.valueOf(spark.sparkContext().defaultParallelism()));
    }
  }

  /** The records that could not be used. */
  public Quarantine quarantine() {
    return quarantine;
  }

  /**
   * Takes up what was counted on the way, and writes the bad rows if there were any. Happens at the
   * end by itself; earlier for a job that shows the counts.
   */
  public void settle() throws IOException, InterruptedException {
    if (settled) {
      return;
    }
    settled = true;
    quarantine.settle().ifPresent(this::record);
    long total = quarantine.size();
    long unusable = quarantine.unusable();
    if (total > 0) {
      var bad = unusable == total ? "bad " : "";
      log(
          "%,d %srecords moved to %s: %s",
          total, bad, quarantine.path(), manifest.getQuarantined());
    }
    if (unusable > 0 && unusable == manifest.getCounts().getOrDefault(RECORDS_IN, -1L)) {
      throw new UserError(
          "no record could be used: %s", manifest.getQuarantined().keySet().iterator().next());
    }
  }

  private void record(Tally tally) {
    record(RECORDS_IN, tally.rows());
    if (tally.lost() > 0) {
      record("scores_not_a_number", tally.lost());
      log("%,d scores are no finite numbers and count as none", tally.lost());
    }
  }

  /**
   * Writes a dataset in the user's format.
   *
   * @param name folder inside the output folder; empty for the output folder itself
   */
  public void write(Dataset<Row> rows, String name) {
    tables.write(rows, name);
  }

  /**
   * Writes a dataset a second time, in the user's format, where that isn't Parquet.
   *
   * @param name folder inside the output folder; replaced if it is there
   */
  public void export(Dataset<Row> rows, String name) throws IOException {
    if (job.options.outputFormat != OutputFormat.PARQUET) {
      folder.delete(name);
      tables.write(rows, name);
    }
  }

  /**
   * Writes the dataset of the output folder itself, in the place of what an earlier run has
   * written.
   *
   * @param rows made of other folders, or of the input
   */
  public void rewrite(Dataset<Row> rows) throws IOException {
    for (var file : tables.files()) {
      folder.delete(new Path(file).getName());
    }
    tables.write(rows, "");
  }

  /** Writes a small text file into the output folder. */
  public Path writeText(String name, String text) throws IOException {
    folder.write(name, text);
    return folder.path(name);
  }

  /** The rows that an earlier, cut-short run has already written to the output folder, if any. */
  public Optional<Dataset<Row>> written() throws IOException {
    var files = tables.files();
    return files.isEmpty() ? Optional.empty() : Optional.of(tables.read(spark, files));
  }

  /** A column of text of the rows that are in the output folder, if any. */
  public Optional<Dataset<Row>> written(String column) throws IOException {
    var files = tables.files();
    return files.isEmpty() ? Optional.empty() : Optional.of(tables.read(spark, files, column));
  }

  /** Records a count for the manifest. */
  public void record(String name, long value) {
    manifest.getCounts().put(name, value);
  }

  /** A count recorded so far; 0 where there is none. */
  public long counted(String name) {
    return manifest.getCounts().getOrDefault(name, 0L);
  }

  /** Records how many rows a rule left out. */
  public void dropped(String rule, long count) {
    manifest.getDropped().put(rule, count);
  }

  /** How many rows a rule has left out so far; 0 where it has none. */
  public long droppedSoFar(String rule) {
    return manifest.getDropped().getOrDefault(rule, 0L);
  }

  /** Runs and times one phase of the job. */
  public <T> T phase(String name, Phase<T> work) throws Exception {
    long from = clock.millis();
    spark.sparkContext().setJobDescription("millrace " + job.spec.name() + ": " + name);
    var result = work.run();
    long took = clock.millis() - from;
    manifest.getDurationMs().put(name, took);
    log("%s (%.1f s)", name, took / 1000.0);
    return result;
  }

  /** A piece of a job. */
  @FunctionalInterface
  public interface Phase<T> {
    T run() throws Exception;
  }

  /** Tells the user how far the run is. */
  public void log(String format, Object... arguments) {
    progress.printf("%s: %s%n", job.spec.name(), String.format(format, arguments));
    progress.flush();
  }

  /** The manifest so far, as the JSON that is written at the end. */
  public String manifestJson() {
    return Manifests.json(manifest);
  }

  /** Where the input came from, for a title. */
  public String inputName() {
    return String.join(", ", job.options.inputs);
  }

  /** The output folder. */
  public Path folder() {
    return folder.path("");
  }
}
