package org.millrace.batch.corpus;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.when;
import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.LongType;
import static org.apache.spark.sql.types.DataTypes.StringType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;
import static org.apache.spark.sql.types.DataTypes.createMapType;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.StructType;
import scala.jdk.javaapi.CollectionConverters;

/** Documents as rows, and what became of them: the columns of {@code Document.avsc}. */
final class Fate {

  /** Of every document. */
  static final StructType DOCUMENT =
      new StructType()
          .add("doc_id", StringType)
          .add("source", StringType)
          .add("url", StringType)
          .add("title", StringType)
          .add("language", StringType)
          .add("score", DoubleType)
          .add("text", StringType);

  private static final StructType FAILURE =
      new StructType().add("rule", StringType).add("value", DoubleType);

  private static final StructType JUDGED =
      new StructType()
          .add("step", StringType)
          .add("rule", StringType)
          .add("value", DoubleType)
          .add("detail", StringType)
          .add("failures", createArrayType(FAILURE))
          .add("edits", createMapType(StringType, LongType));

  /** Of documents that a step has judged: {@code rule} is null where one stays. */
  static final StructType SCHEMA = with(DOCUMENT, JUDGED);

  private Fate() {}

  private static StructType with(StructType first, StructType second) {
    var all = first;
    for (var field : second.fields()) {
      all = all.add(field);
    }
    return all;
  }

  static Column[] documentColumns() {
    return columns(DOCUMENT);
  }

  static Column[] columns(StructType type) {
    return Arrays.stream(type.fieldNames()).map(name -> col(name)).toArray(Column[]::new);
  }

  static Document document(Row row) {
    return new Document(
        row.getString(0),
        row.getString(1),
        row.getString(2),
        row.getString(3),
        row.getString(4),
        row.isNullAt(5) ? null : row.getDouble(5),
        row.getString(6));
  }

  /** A row of {@link #SCHEMA}. */
  static Row row(String step, Outcome outcome) {
    var document = outcome.document();
    var values = new ArrayList<Object>();
    values.addAll(
        Arrays.asList(
            document.id(),
            document.source(),
            document.url(),
            document.title(),
            document.language(),
            document.score(),
            document.text()));
    if (outcome.kept()) {
      values.addAll(Arrays.asList(null, null, null, null, null));
    } else {
      var first = outcome.failures().get(0);
      var all =
          outcome.failures().stream()
              .map(failure -> RowFactory.create(failure.reason(), failure.value()))
              .toArray();
      values.addAll(Arrays.asList(step, first.reason(), first.value(), outcome.detail(), all));
    }
    values.add(outcome.edits().isEmpty() ? null : CollectionConverters.asScala(outcome.edits()));
    return RowFactory.create(values.toArray());
  }

  /**
   * Documents with the fate that a step gave to some of them.
   *
   * @param drops with {@code doc_id, rule, value, detail}, at most one a document
   */
  static Dataset<Row> dropped(Dataset<Row> documents, String step, Dataset<Row> drops) {
    return judged(
        documents.join(drops, new String[] {"doc_id"}, "left"),
        new Judgement(step, col("rule"), col("value"), col("detail"), null));
  }

  /** Documents that a step has edited, with the rule by which some of them go. */
  static Dataset<Row> edited(Dataset<Row> documents, String step, Column rule, Column edits) {
    var none = lit(null).cast("string");
    return judged(documents, new Judgement(step, rule, when(rule.isNotNull(), 0.0), none, edits));
  }

  /** What stands in the columns; edits are null where there are none. */
  private record Judgement(String step, Column rule, Column value, Column detail, Column edits) {}

  private static Dataset<Row> judged(Dataset<Row> documents, Judgement judgement) {
    var columns = new ArrayList<>(List.of(documentColumns()));
    columns.add(when(judgement.rule().isNotNull(), lit(judgement.step())).as("step"));
    columns.add(judgement.rule().as("rule"));
    columns.add(judgement.value().as("value"));
    columns.add(judgement.detail().as("detail"));
    var failure = struct(judgement.rule().as("rule"), judgement.value().as("value"));
    columns.add(
        when(judgement.rule().isNotNull(), array(failure))
            .cast(JUDGED.apply("failures").dataType())
            .as("failures"));
    var edits = judgement.edits() == null ? lit(null) : judgement.edits();
    columns.add(edits.cast(JUDGED.apply("edits").dataType()).as("edits"));
    return documents.select(columns.toArray(Column[]::new));
  }
}
