package org.millrace.batch.corpus;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.concat_ws;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sha2;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.AnalysisException;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.millrace.command.UserError;

/** Texts that a step is given beside the corpus: examples, benchmarks, a held-out set. */
final class Texts {

  /** The column that Spark adds where a line can't be read. */
  private static final String BROKEN = "_broken";

  private Texts() {}

  /**
   * Reads texts.
   *
   * @param option that names the path, for messages
   * @param path of Parquet, JSON lines, or plain text, one a line, told by its ending; a folder is
   *     Parquet
   * @param fields whose texts are joined by a line end, those that there are
   * @return {@code id}: {@code doc_id} or {@code id} of the record, else a hash of the text; and
   *     {@code text}
   */
  static Dataset<Row> read(SparkSession spark, String option, String path, List<String> fields) {
    var rows = rows(spark, option, path);
    var present = Arrays.asList(rows.columns());
    var texts = new ArrayList<Column>();
    for (var field : fields) {
      if (present.contains(field)) {
        texts.add(col(field).cast("string"));
      }
    }
    if (texts.isEmpty()) {
      throw new UserError(
          "%s: %s has none of the columns %s; it has: %s",
          option, path, String.join(", ", fields), String.join(", ", present));
    }
    var text = concat_ws("\n", texts.toArray(Column[]::new));
    Column id = lit(null).cast("string");
    for (var name : new String[] {"doc_id", "id"}) {
      id = present.contains(name) ? coalesce(id, col(name).cast("string")) : id;
    }
    return rows.select(coalesce(id, sha2(text, 256)).as("id"), text.as("text"))
        .where(col("text").notEqual(""));
  }

  /** Half a benchmark, or half the examples, would be taken for all. */
  private static Dataset<Row> whole(Dataset<Row> rows, String option, String path) {
    if (List.of(rows.columns()).contains(BROKEN)) {
      throw new UserError("%s: %s has lines that are no JSON objects; mend them", option, path);
    }
    return rows;
  }

  private static Dataset<Row> rows(SparkSession spark, String option, String path) {
    var plain = path.replaceFirst("\\.(gz|bz2|zst)$", "");
    try {
      if (plain.endsWith(".jsonl") || plain.endsWith(".json")) {
        return whole(
            spark.read().option("columnNameOfCorruptRecord", BROKEN).json(path), option, path);
      }
      return plain.endsWith(".txt")
          ? spark.read().text(path).toDF("text")
          : spark.read().parquet(path);
    } catch (Exception e) {
      // Spark declares none, and throws its checked one.
      if (e instanceof AnalysisException) {
        throw new UserError("%s: can't read %s: no such file, or nothing in it", option, path);
      }
      throw e;
    }
  }
}
