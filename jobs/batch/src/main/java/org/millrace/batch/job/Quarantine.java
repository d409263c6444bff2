package org.millrace.batch.job;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.substring_index;
import static org.apache.spark.sql.functions.when;

import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.millrace.batch.job.JobOptions.OnError;
import org.millrace.command.InputFiles;
import org.millrace.command.UserError;

/**
 * Records that could not be used: a folder of them beside the output, each with its reason and
 * place, and how many there are by the class of the reason, which is what stands before its first
 * colon.
 */
public final class Quarantine {

  private static final String FOLDER = "_quarantine";
  private static final String GOOD = "_good";
  private static final Column IS_BAD = col("_reason").isNotNull();

  private final SparkSession spark;
  private final RecordReader reader;
  private final Columns columns;
  private final InputFiles input;
  private final OutputFolder folder;
  private final OnError onError;
  private final Map<String, Long> kinds;
  private Dataset<Row> bad;
  private Tally tally;
  private long unusable;

  /**
   * @param reader of the input, which knows where records stand
   * @param kinds out: how many by the class of their reason
   */
  Quarantine(
      SparkSession spark,
      RecordReader reader,
      Columns columns,
      InputFiles input,
      OutputFolder folder,
      OnError onError,
      Map<String, Long> kinds) {
    this.spark = spark;
    this.reader = reader;
    this.columns = columns;
    this.input = input;
    this.folder = folder;
    this.onError = onError;
    this.kinds = kinds;
  }

  /**
   * Sets apart the rows that have a {@code _reason}: they go to the quarantine when the run
   * settles. The rows of the latest call count, in the job that reads the good ones.
   *
   * @return the good rows, with the known columns only
   */
  public Dataset<Row> accept(Samples samples) {
    var rows = samples.rows();
    var known = columns.names().stream().map(name -> col(name)).toArray(Column[]::new);
    var raw = coalesce(col("_raw"), RecordReader.rawOf(known));
    bad = rows.where(IS_BAD).withColumn("_raw", raw);
    if (onError == OnError.FAIL) {
      var reason = coalesce(col("_reason"), when(isLost(rows), "score is not a finite number"));
      failOnFirst(rows.withColumn("_reason", reason).withColumn("_raw", raw));
    }
    tally = new Tally(spark.sparkContext());
    // A column first: Spark would push a condition down to where it converts every value again.
    return samples
        .bare()
        .drop("_raw", "_file", "_block", "_row")
        .withColumn(GOOD, tally.good(IS_BAD, isLost(rows)))
        .where(col(GOOD))
        .drop("_reason", SampleTable.LOST, GOOD);
  }

  private static Column isLost(Dataset<Row> rows) {
    return List.of(rows.columns()).contains(SampleTable.LOST) ? col(SampleTable.LOST) : lit(false);
  }

  /** Ends a run that the user wants to fail if a row has a {@code _reason}. */
  public void check(Dataset<Row> rows) {
    if (onError == OnError.FAIL) {
      failOnFirst(rows);
    }
  }

  private static void failOnFirst(Dataset<Row> rows) {
    var first = rows.where(IS_BAD).limit(1).collectAsList();
    if (!first.isEmpty()) {
      var row = first.get(0);
      throw new UserError(
          "--on-error fail: %s in %s: %s",
          row.<String>getAs("_reason"), row.<String>getAs("_file"), row.<String>getAs("_raw"));
    }
  }

  /** What {@link #accept} counted, if anything was accepted; it writes the bad rows there were. */
  Optional<Tally> settle() {
    if (tally != null && tally.bad() > 0) {
      write(located(bad)).forEach(this::record);
    }
    return Optional.ofNullable(tally);
  }

  /**
   * Moves rows with a {@code _reason} to the quarantine.
   *
   * @param rows of {@link Run#documents}
   * @return how many by the class of their reason, for {@link #record}
   */
  public Map<String, Long> reject(Dataset<Row> rows) {
    return write(located(rows));
  }

  /**
   * Moves records to the quarantine that the input had right, and that came to nothing later.
   *
   * @param records with {@code reason}, {@code file}, {@code line}, {@code record}
   */
  public void add(Dataset<Row> records) {
    write(records).forEach(this::count);
  }

  /** Records how many of the input can't be used for a class of reasons. */
  public void record(String kind, long count) {
    unusable += count;
    count(kind, count);
  }

  private void count(String kind, long count) {
    kinds.merge(kind, count, Long::sum);
  }

  /** How many records of the input can't be used, as recorded so far. */
  long unusable() {
    return unusable;
  }

  /** How many there are, as recorded so far. */
  public long size() {
    return kinds.values().stream().mapToLong(Long::longValue).sum();
  }

  /** Deletes what an earlier run, cut short, has moved here. */
  public void empty() throws IOException {
    folder.delete(FOLDER);
  }

  /** Rows with their line numbers, as the folder has them. */
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

  private Map<String, Long> write(Dataset<Row> records) {
    var lines = records.persist();
    var found = new LinkedHashMap<String, Long>();
    for (var row :
        lines.groupBy(substring_index(col("reason"), ":", 1).as("kind")).count().collectAsList()) {
      found.put(row.getString(0), row.getLong(1));
    }
    lines.coalesce(1).write().mode(SaveMode.Append).json(path());
    lines.unpersist();
    return found;
  }

  /**
   * Leaves of what a run that was cut short had moved here only the records of one kind: the others
   * are found again as this run goes on.
   *
   * @param kind the class of a reason
   * @return the records left; empty where there was no quarantine
   */
  public Optional<Dataset<Row>> keep(String kind) throws IOException {
    if (!folder.has(FOLDER)) {
      return Optional.empty();
    }
    var aside = FOLDER + ".tmp";
    read()
        .where(substring_index(col("reason"), ":", 1).equalTo(kind))
        .coalesce(1)
        .write()
        .mode(SaveMode.Overwrite)
        .json(folder.path(aside).toString());
    folder.replace(FOLDER, aside);
    var kept = read();
    long count = kept.count();
    if (count > 0) {
      count(kind, count);
    }
    return Optional.of(kept);
  }

  private Dataset<Row> read() {
    return spark.read().schema("reason string, file string, line long, record string").json(path());
  }

  /** Where it is, for the user. */
  String path() {
    return folder.path(FOLDER).toString();
  }
}
