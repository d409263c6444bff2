package org.millrace.batch.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.to_json;

import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.DataFrameReader;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.ArrayType;
import org.millrace.batch.job.JobOptions.OutputFormat;
import org.millrace.command.InputFiles;

/** The tables of a run's output folder, in the user's format. */
record OutputTables(OutputFolder folder, OutputFormat format) {

  /**
   * Adds rows to a table.
   *
   * @param name folder inside the output folder; empty for the output folder itself
   */
  void write(Dataset<Row> rows, String name) {
    var to = folder.path(name).toString();
    switch (format) {
      case PARQUET -> rows.write().mode(SaveMode.Append).parquet(to);
      case JSONL -> rows.write().mode(SaveMode.Append).option("ignoreNullFields", false).json(to);
      case CSV -> flat(rows).write().mode(SaveMode.Append).option("header", true).csv(to);
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

  /** The files of the table in the output folder itself. */
  List<String> files() throws IOException {
    var name = format.name().toLowerCase(Locale.ROOT);
    var ending = name.equals("jsonl") ? ".json" : "." + name;
    var parts = new ArrayList<String>();
    if (folder.isEmpty()) {
      return parts;
    }
    for (var file : folder.names()) {
      if (InputFiles.visible(file) && file.contains(ending)) {
        parts.add(folder.path(file).toString());
      }
    }
    return parts;
  }

  /** The rows of those files. */
  Dataset<Row> read(SparkSession spark, List<String> files) {
    return read(spark.read(), files);
  }

  /** A column of text of those files. */
  Dataset<Row> read(SparkSession spark, List<String> files, String column) {
    // A schema makes JSON quick to read; in CSV it would be taken by position.
    var reader =
        format == OutputFormat.JSONL ? spark.read().schema(column + " string") : spark.read();
    return read(reader, files).select(column);
  }

  private Dataset<Row> read(DataFrameReader reader, List<String> files) {
    var paths = files.toArray(String[]::new);
    return switch (format) {
      case PARQUET -> reader.parquet(paths);
      case JSONL -> reader.json(paths);
      case CSV -> reader.option("header", true).option("multiLine", true).csv(paths);
    };
  }
}
