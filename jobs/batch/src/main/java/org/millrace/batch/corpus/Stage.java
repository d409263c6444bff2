package org.millrace.batch.corpus;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.explode;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.map;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.when;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.hadoop.fs.FileSystem;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructType;

/**
 * The folder of a stage: {@code kept} and {@code dropped} documents, and the mark that says that it
 * is whole, with its counts.
 */
final class Stage {

  /**
   * How many documents came of a stage, by the names that the manifest has.
   *
   * @param options of its steps
   * @param quarantined records that could not be used, by the class of the reason
   */
  record Counts(
      String options,
      Map<String, Long> counts,
      Map<String, Long> dropped,
      Map<String, Long> quarantined) {}

  private static final String DONE = "_done.json";
  private static final String BAD = "bad";
  private static final ObjectMapper JSON = new ObjectMapper();

  private final SparkSession spark;
  private final String name;
  private final Path folder;
  private final FileSystem files;

  Stage(SparkSession spark, Path output, String name) throws IOException {
    this.spark = spark;
    this.name = name;
    this.folder = new Path(output, name);
    this.files = folder.getFileSystem(spark.sparkContext().hadoopConfiguration());
  }

  Path folder() {
    return folder;
  }

  /** The counts of a stage that an earlier run has finished. */
  Optional<Counts> finished() throws IOException {
    var mark = new Path(folder, DONE);
    if (!files.exists(mark)) {
      return Optional.empty();
    }
    try (var in = files.open(mark)) {
      return Optional.of(JSON.readValue(in.readAllBytes(), Counts.class));
    }
  }

  /** Deletes what a run that was cut short has left. */
  Workshop begin() throws IOException {
    files.delete(folder, true);
    return new Workshop(spark, folder, files);
  }

  /**
   * Writes judged documents, in one reading.
   *
   * @param judged with {@link Fate#SCHEMA}, and with {@code _reason} where records may be bad
   */
  void write(Dataset<Row> judged) throws IOException {
    var fates = new Path(folder, "_fates");
    var fate = when(col("rule").isNotNull(), "dropped").otherwise("kept");
    boolean mayBeBad = List.of(judged.columns()).contains("_reason");
    var bad = when(col("_reason").isNotNull(), BAD).otherwise(fate);
    judged
        .withColumn("fate", mayBeBad ? bad : fate)
        .select(columns(mayBeBad))
        .write()
        .partitionBy("fate")
        .parquet(fates.toString());
    for (var part : files.listStatus(fates)) {
      var fateName = part.getPath().getName().replace("fate=", "");
      if (part.isDirectory()) {
        var to = new Path(folder, fateName.equals(BAD) ? "_bad" : fateName);
        if (!files.rename(part.getPath(), to)) {
          throw new IOException("can't rename " + part.getPath());
        }
      }
    }
    files.delete(fates, true);
    for (var part : new Path[] {keptFolder(), new Path(folder, "dropped")}) {
      if (!files.exists(part)) {
        // No document went there: whoever reads it finds the columns.
        spark.createDataFrame(List.of(), Fate.SCHEMA).write().parquet(part.toString());
      }
    }
  }

  /** A bad record is written in columns of documents, as one writing gives one set of columns. */
  private static Column[] columns(boolean mayBeBad) {
    var columns = new ArrayList<Column>();
    for (var name : Fate.SCHEMA.fieldNames()) {
      columns.add((mayBeBad ? packed(name) : col(name)).as(name));
    }
    columns.add(col("fate"));
    return columns.toArray(Column[]::new);
  }

  private static Column packed(String name) {
    var bad = col("_reason").isNotNull();
    return switch (name) {
      case "source" -> when(bad, col("_file")).otherwise(col(name));
      case "text" -> when(bad, col("_raw")).otherwise(col(name));
      case "rule" -> when(bad, col("_reason")).otherwise(col(name));
      case "edits" ->
          when(bad, map(lit("block"), col("_block"), lit("row"), col("_row"))).otherwise(col(name));
      default -> col(name);
    };
  }

  String name() {
    return name;
  }

  Path keptFolder() {
    return new Path(folder, "kept");
  }

  /** The documents that stayed. */
  Dataset<Row> kept() {
    return read("kept").select(Fate.documentColumns());
  }

  /** The documents that were dropped, with the columns of {@link Fate#SCHEMA}. */
  Dataset<Row> dropped() {
    return read("dropped");
  }

  /** The records that could not be used, if there are any. */
  Optional<Dataset<Row>> bad() throws IOException {
    var path = new Path(folder, "_bad");
    return files.exists(path)
        ? Optional.of(
            spark
                .read()
                .schema(Fate.SCHEMA)
                .parquet(path.toString())
                .select(
                    col("source").as("_file"),
                    col("edits").getItem("block").as("_block"),
                    col("edits").getItem("row").as("_row"),
                    col("rule").as("_reason"),
                    col("text").as("_raw")))
        : Optional.empty();
  }

  private Dataset<Row> read(String part) {
    return spark.read().schema(Fate.SCHEMA).parquet(new Path(folder, part).toString());
  }

  /**
   * Counts what was written.
   *
   * @param found what the stage has counted by itself
   * @param quarantined as of {@link Counts}
   */
  Counts counted(String options, Map<String, Long> found, Map<String, Long> quarantined) {
    var counts = new LinkedHashMap<String, Long>();
    counts.put(name + ".kept", kept().count());
    long gone = 0;
    var dropped = new LinkedHashMap<String, Long>();
    for (var row : dropped().groupBy("rule").agg(count(lit(1))).orderBy("rule").collectAsList()) {
      dropped.put(name + "." + row.getString(0), row.getLong(1));
      gone += row.getLong(1);
    }
    counts.put(name + ".dropped", gone);
    for (var part : new String[] {"kept", "dropped"}) {
      for (var row : edits(read(part)).collectAsList()) {
        counts.merge(name + "." + row.getString(0), row.getLong(1), Long::sum);
      }
    }
    counts.putAll(found);
    return new Counts(options, counts, dropped, quarantined);
  }

  private static Dataset<Row> edits(Dataset<Row> documents) {
    return documents
        .select(explode(col("edits")))
        .groupBy("key")
        .agg(coalesce(sum("value"), lit(0L)))
        .orderBy("key");
  }

  /** Marks the stage as whole, and gives its counts back. */
  Counts finish(Counts counts) throws IOException {
    files.delete(new Path(folder, "_bad"), true);
    // Written aside and renamed: half a mark would be taken for a whole one.
    var aside = new Path(folder, "_done.tmp");
    try (var out = files.create(aside, true)) {
      out.write(JSON.writeValueAsString(counts).getBytes(StandardCharsets.UTF_8));
    }
    if (!files.rename(aside, new Path(folder, DONE))) {
      throw new IOException("can't rename " + aside);
    }
    return counts;
  }

  /** The columns of documents that may be bad. */
  static StructType withPosition(StructType schema) {
    return schema
        .add("_file", "string")
        .add("_block", "long")
        .add("_row", "long")
        .add("_reason", "string")
        .add("_raw", "string");
  }
}
