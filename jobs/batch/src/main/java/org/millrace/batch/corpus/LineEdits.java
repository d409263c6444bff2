package org.millrace.batch.corpus;

import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.not;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.HashSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.kernel.extract.SiteLines;
import scala.collection.Seq;

/** Takes lines out of documents by their keys. */
final class LineEdits {

  private static final UserDefinedFunction WITHOUT =
      udf(
              (UDF2<String, Seq<Long>, Row>) LineEdits::without,
              new StructType().add("text", DataTypes.StringType).add("removed", DataTypes.LongType))
          .withName("without_lines");

  /** Whether a document's {@code text} is blank. */
  static final Column NOTHING_LEFT = not(col("text").rlike("[^\\s\\p{Z}]"));

  private LineEdits() {}

  /**
   * Edits documents.
   *
   * @param documents with {@code keys} of the lines that go; null where none does
   * @return them with {@code text} edited, and {@code removed}, the number of lines that went; null
   *     where there were no keys
   */
  static Dataset<Row> of(Dataset<Row> documents) {
    return documents
        .withColumn("_edit", when(col("keys").isNotNull(), WITHOUT.apply(col("text"), col("keys"))))
        .withColumn("text", coalesce(col("_edit.text"), col("text")))
        .withColumn("removed", col("_edit.removed"))
        .drop("keys", "_edit");
  }

  private static Row without(String text, Seq<Long> keys) {
    var set = new HashSet<Long>();
    var each = keys.iterator();
    while (each.hasNext()) {
      set.add((Long) each.next());
    }
    var edit = SiteLines.without(text, set);
    return RowFactory.create(edit.text(), edit.removed());
  }
}
