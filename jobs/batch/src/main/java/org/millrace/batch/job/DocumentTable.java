package org.millrace.batch.job;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.expr;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.trim;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.DataTypes;
import org.millrace.command.InputFiles;
import org.millrace.command.UserError;

/**
 * Turns a user's records into one row a document with every known column. A document without an id
 * is named after its file and line; one without a source after the folder of its file below the one
 * that all share, or after the file.
 */
final class DocumentTable {

  private static final List<String> POSITION = List.of("_file", "_block", "_row");

  private DocumentTable() {}

  /**
   * Records of {@link RecordReader} to documents, with the position columns, {@code _reason} and
   * {@code _raw}.
   *
   * @param firstLines as of {@link RecordReader#firstLines}
   */
  static Dataset<Row> of(
      Dataset<Row> records, Columns columns, InputFiles input, Dataset<Row> firstLines) {
    var present = List.of(records.columns());
    for (var name : columns.names()) {
      if (present.contains(name) && records.schema().apply(name).dataType() instanceof ArrayType) {
        throw new UserError(
            "column %s is an array; it must be one value a document: take an element, as in"
                + " --columns %s=field[0]",
            name, name);
      }
    }
    var placed = present.contains("doc_id") ? records : numbered(records, firstLines);
    var values = new ArrayList<Column>();
    for (var name : columns.names()) {
      values.add(value(name, present, input).as(name));
    }
    POSITION.forEach(name -> values.add(col(name)));
    var known =
        columns.names().stream().filter(present::contains).map(n -> col(n)).toArray(Column[]::new);
    var reason = reason(present);
    values.add(reason.as("_reason"));
    values.add(
        when(reason.isNotNull(), coalesce(col("_raw"), RecordReader.rawOf(known))).as("_raw"));
    var documents =
        placed
            .select(values.toArray(Column[]::new))
            .withColumn(
                "_reason", coalesce(col("_reason"), when(col("doc_id").isNull(), "no doc_id")));
    return present.contains("doc_id") ? withoutTwins(documents) : documents;
  }

  private static Column reason(List<String> present) {
    var reason =
        when(col("_reason").isNotNull(), col("_reason")).when(col("text").isNull(), "no text");
    return present.contains("doc_id")
        ? reason.when(
            coalesce(trim(col("doc_id").cast("string")), lit("")).equalTo(""), "no doc_id")
        : reason;
  }

  private static Column value(String name, List<String> present, InputFiles input) {
    return switch (name) {
      case "doc_id" ->
          present.contains(name)
              ? col(name).cast("string")
              : concat(fileName(input), lit(":"), col("_line").cast("string"));
      case "source" ->
          present.contains(name)
              ? coalesce(col(name).cast("string"), source(input))
              : source(input);
      case "score" ->
          present.contains(name) ? expr("try_cast(score as double)") : lit(null).cast("double");
      default -> present.contains(name) ? col(name).cast("string") : lit(null).cast("string");
    };
  }

  private static Dataset<Row> numbered(Dataset<Row> records, Dataset<Row> firstLines) {
    return records
        .join(broadcast(firstLines), new String[] {"_file", "_block"}, "left")
        .withColumn("_line", col("_row").minus(col("_first_row")).plus(col("_first_line")));
  }

  /** A file's path below the folder that all inputs share. */
  private static Column fileName(InputFiles input) {
    int shared = sharedFolders(input);
    var name =
        udf((UDF1<String, String>) file -> name(file, shared), DataTypes.StringType)
            .withName("file_name");
    return name.apply(col("_file"));
  }

  private static Column source(InputFiles input) {
    int shared = sharedFolders(input);
    var source =
        udf((UDF1<String, String>) file -> source(name(file, shared)), DataTypes.StringType)
            .withName("source_name");
    return source.apply(col("_file"));
  }

  /** What a document without a source is named after: the first folder of its file, or the file. */
  static String source(String name) {
    int slash = name.indexOf('/');
    return slash < 0 ? name : name.substring(0, slash);
  }

  /** How many folders all inputs share, from the root. */
  static int sharedFolders(InputFiles input) {
    var folders = folders(input.paths().get(0));
    for (var path : input.paths()) {
      var other = folders(path);
      int same = 0;
      while (same < Math.min(folders.size(), other.size())
          && folders.get(same).equals(other.get(same))) {
        same++;
      }
      folders = folders.subList(0, same);
    }
    return folders.size();
  }

  /** A file's path without its first folders. */
  static String name(String path, int folders) {
    var steps = steps(path);
    return String.join("/", steps.subList(Math.min(folders, steps.size() - 1), steps.size()));
  }

  private static List<String> folders(String path) {
    var steps = steps(path);
    return steps.subList(0, steps.size() - 1);
  }

  private static List<String> steps(String path) {
    return List.of(path.replaceFirst("^[^:/]+:/+|^/+", "").split("/"));
  }

  /** Only the first document of an id can be used. */
  private static Dataset<Row> withoutTwins(Dataset<Row> documents) {
    boolean twins =
        !documents
            .where(col("_reason").isNull())
            .groupBy("doc_id")
            .agg(count(lit(1)).as("copies"))
            .where(col("copies").gt(1))
            .isEmpty();
    if (!twins) {
      return documents;
    }
    var order =
        Window.partitionBy(col("doc_id"), col("_reason").isNull())
            .orderBy("_file", "_block", "_row");
    return documents
        .withColumn("_copy", row_number().over(order))
        .withColumn(
            "_reason",
            coalesce(col("_reason"), when(col("_copy").gt(1), lit("duplicate key (doc_id)"))))
        .withColumn("_raw", coalesce(col("_raw"), when(col("_reason").isNotNull(), col("text"))))
        .drop("_copy");
  }
}
