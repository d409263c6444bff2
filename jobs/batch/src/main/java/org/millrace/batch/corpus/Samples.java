package org.millrace.batch.corpus;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/** A few documents of many, chosen by the hash of their ids: the same ones in every run. */
final class Samples {

  /** A document of which so much is shown. */
  static final int CHARACTERS = 2000;

  /**
   * What a rule dropped.
   *
   * @param count of all its documents
   * @param documents a few of them
   */
  record Dropped(long count, List<Shown> documents) {}

  /**
   * A document on the page.
   *
   * @param value what the rule measured; NaN for one that stayed
   * @param detail what the rule found; null if nothing
   * @param text the beginning of it
   */
  record Shown(String id, double value, String detail, String text) {}

  private Samples() {}

  private static Column order() {
    return xxhash64(col("doc_id"));
  }

  /** By the rule that dropped them, those of most documents first. */
  static Map<String, Dropped> byRule(Dataset<Row> dropped, int most) {
    var byRule = new LinkedHashMap<String, Dropped>();
    for (var row :
        dropped
            .groupBy("rule")
            .agg(count(lit(1)).as("n"))
            .orderBy(col("n").desc(), col("rule"))
            .collectAsList()) {
      byRule.put(row.getString(0), new Dropped(row.getLong(1), new ArrayList<>()));
    }
    var window = Window.partitionBy("rule").orderBy(order(), col("doc_id"));
    var rows =
        dropped
            .select(
                col("doc_id"),
                col("value"),
                col("detail"),
                substring(col("text"), 1, CHARACTERS).as("text"),
                col("rule"))
            .withColumn("place", row_number().over(window))
            .where(col("place").leq(most))
            .orderBy("rule", "place");
    for (var row : rows.collectAsList()) {
      byRule.get(row.getString(4)).documents().add(shown(row));
    }
    return byRule;
  }

  /** Of those that stayed. */
  static List<Shown> kept(Dataset<Row> documents, int most) {
    return documents
        .select(
            col("doc_id"),
            lit(Double.NaN),
            lit(null).cast("string"),
            substring(col("text"), 1, CHARACTERS))
        .orderBy(order(), col("doc_id"))
        .limit(most)
        .collectAsList()
        .stream()
        .map(Samples::shown)
        .toList();
  }

  private static Shown shown(Row row) {
    return new Shown(row.getString(0), row.getDouble(1), row.getString(2), row.getString(3));
  }
}
