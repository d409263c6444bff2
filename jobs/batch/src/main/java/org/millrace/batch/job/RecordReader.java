package org.millrace.batch.job;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.from_csv;
import static org.apache.spark.sql.functions.from_json;
import static org.apache.spark.sql.functions.get_json_object;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min;
import static org.apache.spark.sql.functions.monotonically_increasing_id;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.regexp_replace;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.to_json;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.apache.hadoop.fs.Path;
import org.apache.hadoop.io.compress.CompressionCodecFactory;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.command.InputFiles;
import org.millrace.command.UserError;
import org.millrace.command.Utf8;

/**
 * Reads the records of a user's files: the columns that the job knows, under our names but still of
 * the user's types, and where each record stands.
 *
 * <p>Added columns: {@code _file}; {@code _block} and {@code _row}, whose order within a file is
 * the order of its records; {@code _raw}, the record as text where it is bad, its first 4,096
 * characters; {@code _reason}, why it can't be used, null where it can.
 */
final class RecordReader {

  /** How much of a bad record the quarantine keeps, in characters. */
  static final int KEPT_OF_RAW = 4096;

  private static final int SAMPLED_LINES = 100;
  private static final int LONGEST_SAMPLED_LINE = 1 << 22;
  private static final String CORRUPT = "_corrupt";
  private static final Pattern NEWLINE = Pattern.compile("[\\r\\n]");

  private static final UserDefinedFunction IS_UTF8 =
      udf((UDF1<byte[], Boolean>) Utf8::valid, DataTypes.BooleanType).withName("is_utf8");

  private final SparkSession spark;
  private final Columns columns;

  RecordReader(SparkSession spark, Columns columns) {
    this.spark = spark;
    this.columns = columns;
  }

  Dataset<Row> read(InputFiles input) throws IOException {
    return switch (input.kind()) {
      case PARQUET -> parquet(input, true);
      case JSONL -> jsonl(lines(input), input);
      case CSV -> delimited(lines(input), input, ",");
      case TSV -> delimited(lines(input), input, "\t");
      case WARC -> throw new IllegalArgumentException("archives have pages, not records");
    };
  }

  /** The records of Parquet files without their places: no {@code _file}, {@code _row} 0. */
  Dataset<Row> readBare(InputFiles input) {
    return parquet(input, false);
  }

  private Dataset<Row> parquet(InputFiles input, boolean placed) {
    var files = spark.read().parquet(paths(input));
    var found = new LinkedHashMap<String, Column>();
    columns
        .candidates()
        .forEach(
            (ours, path) -> {
              if (List.of(files.columns()).contains(path.root())) {
                found.put(ours, path.in(files.col("`" + path.root() + "`")));
              }
            });
    requireMapped(found, List.of(files.columns()), input);
    var all = new ArrayList<Column>();
    found.forEach((ours, value) -> all.add(value.as(ours)));
    all.add((placed ? col("_metadata.file_path") : lit(null).cast("string")).as("_file"));
    all.add(lit(0L).as("_block"));
    all.add((placed ? col("_metadata.row_index") : lit(0L)).as("_row"));
    all.add(lit(null).cast("string").as("_raw"));
    all.add(lit(null).cast("string").as("_reason"));
    return files.select(all.toArray(Column[]::new));
  }

  private Dataset<Row> allLines(InputFiles input) {
    return spark
        .read()
        .text(paths(input))
        .select(
            col("value"),
            col("_metadata.file_path").as("_file"),
            col("_metadata.file_block_start").as("_block"),
            monotonically_increasing_id().as("_row"));
  }

  private Dataset<Row> lines(InputFiles input) {
    return allLines(input).where(not(trim(col("value")).equalTo("")));
  }

  /**
   * Where the blocks of the files begin: {@code _file, _block}, the {@code _row} of the block's
   * first record and its line number. A pass over the input, for when a bad record must be named.
   */
  Dataset<Row> firstLines(InputFiles input) {
    if (input.kind() == InputFiles.Kind.PARQUET) {
      return spark
          .read()
          .parquet(paths(input))
          .select(
              col("_metadata.file_path").as("_file"),
              lit(0L).as("_block"),
              lit(0L).as("_first_row"),
              lit(1L).as("_first_line"))
          .distinct();
    }
    var earlier =
        Window.partitionBy("_file").orderBy("_block").rowsBetween(Window.unboundedPreceding(), -1);
    return allLines(input)
        .groupBy("_file", "_block")
        .agg(min("_row").as("_first_row"), count(lit(1)).as("_lines"))
        .withColumn("_first_line", coalesce(sum("_lines").over(earlier), lit(0L)).plus(1))
        .drop("_lines");
  }

  private Dataset<Row> jsonl(Dataset<Row> lines, InputFiles input) {
    var sample =
        lines
            .where(length(col("value")).leq(LONGEST_SAMPLED_LINE))
            .select("value")
            .limit(SAMPLED_LINES)
            .as(Encoders.STRING())
            .collectAsList();
    var shape = JsonShape.of(sample, columns.candidates(), columns.sparse());
    if (sample.isEmpty() && lines.isEmpty()) {
      throw new UserError("--input %s: no records in it", input.files().get(0).getPath());
    }
    if (shape.objects() == 0) {
      throw new UserError(
          "--input %s: none of the first %d lines is a JSON object; each line must be one",
          input.files().get(0).getPath(), sample.size());
    }
    requireMapped(shape.forms(), shape.fields(), input);
    var options = Map.of("columnNameOfCorruptRecord", CORRUPT, "maxStringLen", "1073741824");
    var record =
        from_json(col("value"), shape.schema().add(CORRUPT, DataTypes.StringType), options);
    var bad = col("_record").isNull().or(col("_record." + CORRUPT).isNotNull());
    var reason =
        when(not(IS_UTF8.apply(col("value").cast("binary"))), "not UTF-8")
            .when(
                bad,
                when(get_json_object(col("value"), "$").isNull(), "not valid JSON")
                    .when(not(trim(col("value")).startsWith("{")), "not a JSON object")
                    .otherwise("a field has another form than in other records: " + shape.forms()));
    return decoded(lines.withColumn("_record", record), reason, shape.paths());
  }

  private Dataset<Row> delimited(Dataset<Row> lines, InputFiles input, String separator)
      throws IOException {
    var header = header(input);
    var names =
        List.of(header.split(Pattern.quote(separator), -1)).stream()
            .map(name -> name.strip().replaceAll("^\"|\"$", ""))
            .toList();
    var paths = new LinkedHashMap<String, FieldPath>();
    columns
        .candidates()
        .forEach(
            (ours, path) -> {
              if (names.contains(path.toString())) {
                paths.put(ours, FieldPath.of(path.toString()));
              }
            });
    requireMapped(paths, names, input);
    var schema = new StructType();
    for (var name : names) {
      schema = schema.add(name, DataTypes.StringType);
    }
    var quoted = separator.equals(",");
    var options =
        Map.of(
            "sep",
            separator,
            "quote",
            quoted ? "\"" : "",
            "escape",
            quoted ? "\"" : "\\",
            "columnNameOfCorruptRecord",
            CORRUPT);
    var record =
        from_csv(col("value"), lit(schema.add(CORRUPT, DataTypes.StringType).toDDL()), options);
    var quotes = length(regexp_replace(col("value"), "[^\"]", ""));
    var reason =
        when(not(IS_UTF8.apply(col("value").cast("binary"))), "not UTF-8")
            .when(
                lit(quoted).and(quotes.mod(2).equalTo(1)),
                "a quoted field goes over the end of the line")
            .when(
                col("_record").isNull().or(col("_record." + CORRUPT).isNotNull()),
                "another number of fields than the header: expected " + names.size());
    return decoded(
        lines.where(not(col("value").equalTo(header))).withColumn("_record", record),
        reason,
        paths);
  }

  private Dataset<Row> decoded(Dataset<Row> records, Column reason, Map<String, FieldPath> paths) {
    var all = new ArrayList<Column>();
    paths.forEach((ours, path) -> all.add(path.in(col("_record.`" + path.root() + "`")).as(ours)));
    all.add(col("_file"));
    all.add(col("_block"));
    all.add(col("_row"));
    all.add(when(col("_reason").isNotNull(), substring(col("value"), 1, KEPT_OF_RAW)).as("_raw"));
    all.add(col("_reason"));
    return records.withColumn("_reason", reason).select(all.toArray(Column[]::new));
  }

  /**
   * The lines of text files that begin with the same header, without it and without blank ones:
   * {@code value} in bytes as they stand there, {@code _file}, {@code _block}, {@code _row}.
   */
  Dataset<Row> linesBelow(String header, InputFiles input) {
    return lines(input)
        .where(not(col("value").equalTo(header)))
        .withColumn("value", col("value").cast("binary"));
  }

  /** The first line, the same in all files. */
  String header(InputFiles input) throws IOException {
    var hadoop = spark.sparkContext().hadoopConfiguration();
    var codecs = new CompressionCodecFactory(hadoop);
    String header = null;
    for (var file : input.files()) {
      var path = new Path(file.getPath());
      var codec = codecs.getCodec(path);
      var raw = path.getFileSystem(hadoop).open(path);
      try (var reader =
          new BufferedReader(
              new InputStreamReader(
                  codec == null ? raw : codec.createInputStream(raw), StandardCharsets.UTF_8))) {
        var first = reader.readLine();
        if (first == null) {
          continue;
        }
        if (header != null && !header.equals(first)) {
          throw new UserError("--input %s: its header differs from the other files'", path);
        }
        header = first;
      }
    }
    if (header == null) {
      throw new UserError("--input %s: empty, not even a header", input.files().get(0).getPath());
    }
    return NEWLINE.matcher(header).replaceAll("");
  }

  private void requireMapped(Map<String, ?> found, List<String> fields, InputFiles input) {
    columns
        .mapped()
        .forEach(
            (ours, path) -> {
              if (!found.containsKey(ours)) {
                throw new UserError(
                    "--columns %s=%s: no '%s' in %s; it has: %s",
                    ours, path, path, input.files().get(0).getPath(), String.join(", ", fields));
              }
            });
    var required = columns.required();
    if (!found.containsKey(required)) {
      throw new UserError(
          "%s has no column %s; name it with --columns %s=…; it has: %s",
          input.files().get(0).getPath(), required, required, String.join(", ", fields));
    }
  }

  /** A record as JSON text, for the quarantine. */
  static Column rawOf(Column... fields) {
    return substring(coalesce(to_json(struct(fields)), lit("")), 1, KEPT_OF_RAW);
  }

  private static String[] paths(InputFiles input) {
    return input.paths().toArray(String[]::new);
  }
}
