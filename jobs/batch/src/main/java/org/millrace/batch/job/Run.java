package org.millrace.batch.job;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.substring_index;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.when;

import java.io.IOException;
import java.io.PrintWriter;
import java.time.Clock;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Observation;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.ArrayType;
import org.millrace.batch.job.JobOptions.OnError;
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

  private static final String QUARANTINE = "_quarantine";
  private static final String RECORDS_IN = "records_in";
  private static final String LOST_SCORES = "scores_not_a_number";
  private static final String BAD = "_bad";
  private static final String GOOD = "_good";
  private static final Column IS_BAD = col("_reason").isNotNull();
  // Options that say where and how to run, not what comes out.
  private static final Set<String> NOT_IN_FINGERPRINT =
      Set.of("output", "mode", "debug", "master", "input");

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
  private final List<Observation> observations = new ArrayList<>();
  private Dataset<Row> bad;
  private Tally tally;
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
            NOT_IN_FINGERPRINT,
            input.files(),
            "Spark " + spark.version() + " " + spark.sparkContext().master(),
            clock);
    manifest.setGpu(runsOnGpu(spark) ? "yes" : "no");
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
    var input = HadoopFiles.find(job.options.inputs, job.kinds(), hadoop);
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
    if (plan == OutputPlan.NOTHING_LEFT) {
      log("already done, nothing left to do: %s", options.output);
      return false;
    }
    if (plan == OutputPlan.START || job.resume() == Resume.START_OVER) {
      folder.clear();
    }
    return true;
  }

  /**
   * The input's samples.
   *
   * @param rows one a sample, every known column typed, {@code _reason} and {@code _raw} of the bad
   *     ones, {@code _file, _block, _row} of all
   * @param found our columns that the input really has
   */
  public record Samples(Dataset<Row> rows, Set<String> found) {

    /** Whether the input has one of our columns. */
    public boolean has(String column) {
      return found.contains(column);
    }

    /** The same samples after a step. */
    public Samples with(Dataset<Row> changed) {
      return new Samples(changed, found);
    }
  }

  /** The session. */
  public SparkSession spark() {
    return spark;
  }

  /**
   * The input as one row a sample with every known column, typed (a null where the input has none).
   * Rows that can't be used have a {@code _reason}; {@link #accept} sets them apart.
   */
  public Samples samples() throws IOException {
    var records = reader.read(input);
    return new Samples(SampleTable.of(records), Set.of(records.columns()));
  }

  /**
   * The input as one row a document with every known column, and {@code _file, _block, _row,
   * _reason, _raw}. Rows with a {@code _reason} can't be used: {@link #reject} is for them.
   */
  public Dataset<Row> documents() throws IOException {
    fixSplits();
    var rows =
        input.kind() == InputFiles.Kind.WARC
            ? Archives.read(spark, input)
            : DocumentTable.of(reader.read(input), columns, input, reader.firstLines(input));
    if (job.options.onError == OnError.FAIL) {
      failOnFirst(rows.where(col("_reason").isNotNull()));
    }
    return rows;
  }

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

  /** Deletes what an earlier run, cut short, has moved to the quarantine. */
  public void emptyQuarantine() throws IOException {
    folder.delete(QUARANTINE);
  }

  /**
   * Moves rows with a {@code _reason} to the quarantine.
   *
   * @return how many by the class of their reason, for {@link #recordQuarantined}
   */
  public Map<String, Long> reject(Dataset<Row> rows) throws IOException {
    return toQuarantine(located(rows));
  }

  /** Records how many records are in the quarantine for a class of reasons. */
  public void recordQuarantined(String kind, long count) {
    manifest.getQuarantined().merge(kind, count, Long::sum);
  }

  /**
   * Sets apart the rows that have a {@code _reason}: they go to the quarantine when the job is
   * done. To be called once, on rows that the job reads whole.
   *
   * @return the good rows, with the known columns and the columns that say where they were
   */
  public Dataset<Row> accept(Dataset<Row> rows) {
    setApart(rows);
    return counting(
            rows,
            Map.of(
                RECORDS_IN,
                count(lit(1)),
                BAD,
                count(when(IS_BAD, lit(1))),
                LOST_SCORES,
                count(when(isLost(rows).and(not(IS_BAD)), lit(1)))))
        .where(not(IS_BAD))
        .drop("_reason", "_raw", SampleTable.LOST);
  }

  /**
   * Like {@link #accept}, and much quicker, for a job that reads the good rows exactly once: a
   * second pass would count them twice. The rows of the latest call count.
   *
   * @return the good rows, with the known columns only
   */
  public Dataset<Row> acceptOnce(Dataset<Row> rows) {
    setApart(rows);
    tally = new Tally(spark.sparkContext());
    // A column first: Spark would push a condition down to where it converts every value again.
    return rows.drop("_raw", "_file", "_block", "_row")
        .withColumn(GOOD, tally.good(IS_BAD, isLost(rows)))
        .where(col(GOOD))
        .drop("_reason", SampleTable.LOST, GOOD);
  }

  private static Column isLost(Dataset<Row> rows) {
    return List.of(rows.columns()).contains(SampleTable.LOST) ? col(SampleTable.LOST) : lit(false);
  }

  private void setApart(Dataset<Row> rows) {
    var known = columns.names().stream().map(name -> col(name)).toArray(Column[]::new);
    var raw = coalesce(col("_raw"), RecordReader.rawOf(known));
    bad = rows.where(IS_BAD).withColumn("_raw", raw);
    if (job.options.onError == OnError.FAIL) {
      var reason = coalesce(col("_reason"), when(isLost(rows), "score is not a finite number"));
      failOnFirst(rows.withColumn("_reason", reason).where(IS_BAD).withColumn("_raw", raw));
    }
  }

  /**
   * Counts what passes, for the manifest, as a side effect of the pass that computes the rows.
   *
   * @param counts aggregates by the name of the count
   */
  public Dataset<Row> counting(Dataset<Row> rows, Map<String, Column> counts) {
    var observation = new Observation();
    observations.add(observation);
    var columns = new ArrayList<Column>();
    counts.forEach((name, aggregate) -> columns.add(aggregate.as(name)));
    return rows.observe(
        observation, columns.get(0), columns.subList(1, columns.size()).toArray(Column[]::new));
  }

  /**
   * Gives all but the first of the samples that have the same key a {@code _reason}.
   *
   * @param samples rows of {@link Samples} in which some key was found twice
   */
  public static Dataset<Row> markDuplicates(Dataset<Row> samples) {
    var order = Window.partitionBy("prompt_id", "sample_index").orderBy("_file", "_block", "_row");
    var numbered =
        samples
            .withColumn("_copy", row_number().over(order))
            .withColumn(
                "_reason",
                when(col("_reason").isNotNull(), col("_reason"))
                    .when(col("_copy").gt(1), "duplicate key (prompt_id, sample_index)"));
    return numbered.drop("_copy");
  }

  /** Bad rows with their line numbers, as the quarantine has them. */
  private Dataset<Row> located(Dataset<Row> rows) {
    if (input.kind() == InputFiles.Kind.WARC) {
      // Archives have no lines: where a record begins is told in bytes.
      return rows.select(
          col("_reason").as("reason"),
          col("_file").as("file"),
          col("_row").as("offset"),
          col("_raw").as("record"));
    }
    return rows.join(reader.firstLines(input), new String[] {"_file", "_block"}, "left")
        .select(
            col("_reason").as("reason"),
            col("_file").as("file"),
            col("_row").minus(col("_first_row")).plus(col("_first_line")).as("line"),
            col("_raw").as("record"));
  }

  /**
   * Moves records to the quarantine.
   *
   * @param records with {@code reason} (its class, and after a colon the case), {@code file},
   *     {@code line}, {@code record}
   */
  public void quarantine(Dataset<Row> records) {
    toQuarantine(records).forEach(this::recordQuarantined);
  }

  private Map<String, Long> toQuarantine(Dataset<Row> records) {
    var lines = records.persist();
    var kinds = new LinkedHashMap<String, Long>();
    for (var row :
        lines.groupBy(substring_index(col("reason"), ":", 1).as("kind")).count().collectAsList()) {
      kinds.put(row.getString(0), row.getLong(1));
    }
    lines.coalesce(1).write().mode(SaveMode.Append).json(folder.path(QUARANTINE).toString());
    lines.unpersist();
    return kinds;
  }

  /**
   * Leaves in the quarantine of a run that was cut short only the records of one kind: the others
   * are found again as this run goes on.
   *
   * @param kind the class of a reason
   * @return the records left; empty where there was no quarantine
   */
  public Optional<Dataset<Row>> keepQuarantined(String kind) throws IOException {
    if (!folder.has(QUARANTINE)) {
      return Optional.empty();
    }
    var aside = QUARANTINE + ".tmp";
    quarantined(QUARANTINE)
        .where(substring_index(col("reason"), ":", 1).equalTo(kind))
        .coalesce(1)
        .write()
        .mode(SaveMode.Overwrite)
        .json(folder.path(aside).toString());
    folder.replace(QUARANTINE, aside);
    var kept = quarantined(QUARANTINE);
    long count = kept.count();
    if (count > 0) {
      manifest.getQuarantined().merge(kind, count, Long::sum);
    }
    return Optional.of(kept);
  }

  private Dataset<Row> quarantined(String name) {
    return spark
        .read()
        .schema("reason string, file string, line long, record string")
        .json(folder.path(name).toString());
  }

  private void failOnFirst(Dataset<Row> rows) {
    var first = rows.limit(1).collectAsList();
    if (!first.isEmpty()) {
      var row = first.get(0);
      throw new UserError(
          "--on-error fail: %s in %s: %s",
          row.<String>getAs("_reason"), row.<String>getAs("_file"), row.<String>getAs("_raw"));
    }
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
    for (var observation : observations) {
      observation.getAsJava().forEach((name, value) -> record(name, ((Number) value).longValue()));
    }
    if (tally != null) {
      record(RECORDS_IN, tally.rows());
      record(BAD, tally.bad());
      record(LOST_SCORES, tally.lost());
    }
    if (counted(BAD) > 0) {
      quarantine(located(bad));
    }
    manifest.getCounts().remove(BAD);
    if (counted(LOST_SCORES) > 0) {
      log("%,d scores are no finite numbers and count as none", counted(LOST_SCORES));
    } else {
      manifest.getCounts().remove(LOST_SCORES);
    }
    long total = quarantined();
    if (total > 0) {
      log(
          "%,d bad records moved to %s: %s",
          total, folder.path(QUARANTINE), manifest.getQuarantined());
    }
    if (total > 0 && total == manifest.getCounts().getOrDefault(RECORDS_IN, -1L)) {
      throw new UserError(
          "no record could be used: %s", manifest.getQuarantined().keySet().iterator().next());
    }
  }

  /**
   * Writes a dataset in the user's format.
   *
   * @param name folder inside the output folder; empty for the output folder itself
   */
  public void write(Dataset<Row> rows, String name) {
    var to = folder.path(name).toString();
    switch (job.options.outputFormat) {
      case PARQUET -> rows.write().mode(SaveMode.Append).parquet(to);
      case JSONL -> rows.write().mode(SaveMode.Append).option("ignoreNullFields", false).json(to);
      case CSV -> flat(rows).write().mode(SaveMode.Append).option("header", true).csv(to);
    }
  }

  /**
   * Writes a dataset a second time, in the user's format, where that isn't Parquet.
   *
   * @param name folder inside the output folder; replaced if it is there
   */
  public void export(Dataset<Row> rows, String name) throws IOException {
    if (job.options.outputFormat != OutputFormat.PARQUET) {
      folder.delete(name);
      write(rows, name);
    }
  }

  /** CSV has no arrays: they are written as JSON text. */
  private static Dataset<Row> flat(Dataset<Row> rows) {
    var columns =
        Arrays.stream(rows.schema().fields())
            .map(
                field ->
                    field.dataType() instanceof ArrayType
                        ? to_json(col(field.name())).as(field.name())
                        : col(field.name()))
            .toArray(Column[]::new);
    return rows.select(columns);
  }

  /** Writes a small text file into the output folder. */
  public Path writeText(String name, String text) throws IOException {
    folder.write(name, text);
    return folder.path(name);
  }

  /** The rows that an earlier, cut-short run has already written to the output folder, if any. */
  public Optional<Dataset<Row>> written() throws IOException {
    var format = job.options.outputFormat.name().toLowerCase(Locale.ROOT);
    var ending = format.equals("jsonl") ? ".json" : "." + format;
    var parts = new ArrayList<String>();
    for (var name : folder.names()) {
      if (InputFiles.visible(name) && name.contains(ending)) {
        parts.add(folder.path(name).toString());
      }
    }
    if (parts.isEmpty()) {
      return Optional.empty();
    }
    var paths = parts.toArray(String[]::new);
    return Optional.of(
        switch (job.options.outputFormat) {
          case PARQUET -> spark.read().parquet(paths);
          case JSONL -> spark.read().json(paths);
          case CSV -> spark.read().option("header", true).csv(paths);
        });
  }

  /** Records a count for the manifest. */
  public void record(String name, long value) {
    manifest.getCounts().put(name, value);
  }

  /** A count recorded so far; 0 where there is none. */
  public long counted(String name) {
    return manifest.getCounts().getOrDefault(name, 0L);
  }

  /** How many records are in the quarantine. */
  public long quarantined() {
    return manifest.getQuarantined().values().stream().mapToLong(Long::longValue).sum();
  }

  /** Records how many rows a rule left out. */
  public void dropped(String rule, long count) {
    manifest.getDropped().put(rule, count);
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
