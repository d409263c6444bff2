package org.millrace.batch.corpus;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.length;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.substring;
import static org.apache.spark.sql.functions.when;
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
   * @param length characters of all of it
   */
  record Shown(String id, double value, String detail, String text, int length) {}

  /** How many more documents than wanted are looked at: enough that none lacks by bad luck. */
  private static final int FACTOR = 4;

  private static final int EXTRA = 100;

  private Samples() {}

  private static Column order() {
    return xxhash64(col("doc_id"));
  }

  private static Column text() {
    return substring(col("text"), 1, CHARACTERS).as("text");
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
            .where(order().leq(bound(byRule, most)))
            .select(
                col("doc_id"),
                col("value"),
                col("detail"),
                text(),
                length(col("text")).as("length"),
                col("rule"))
            .withColumn("place", row_number().over(window))
            .where(col("place").leq(most))
            .orderBy("rule", "place");
    for (var row : rows.collectAsList()) {
      byRule.get(row.getString(5)).documents().add(shown(row));
    }
    return byRule;
  }

  /**
   * A hash that is above those of the first documents of each rule, so that only few have to be
   * sorted, however many there are.
   */
  private static Column bound(Map<String, Dropped> byRule, int most) {
    var bound = lit(Long.MAX_VALUE);
    for (var rule : byRule.entrySet()) {
      double part = ((double) FACTOR * most + EXTRA) / rule.getValue().count();
      if (part < 1) {
        long last = Long.MIN_VALUE + (long) (part * 0x1p63) * 2;
        bound = when(col("rule").equalTo(rule.getKey()), last).otherwise(bound);
      }
    }
    return bound;
  }

  /** Of those that stayed. */
  static List<Shown> kept(Dataset<Row> documents, int most) {
    return documents
        .select(
            col("doc_id"), lit(Double.NaN), lit(null).cast("string"), text(), length(col("text")))
        .orderBy(order(), col("doc_id"))
        .limit(most)
        .collectAsList()
        .stream()
        .map(Samples::shown)
        .toList();
  }

  private static Shown shown(Row row) {
    return new Shown(
        row.getString(0),
        row.isNullAt(1) ? Double.NaN : row.getDouble(1),
        row.getString(2),
        row.getString(3),
        row.getInt(4));
  }
}
