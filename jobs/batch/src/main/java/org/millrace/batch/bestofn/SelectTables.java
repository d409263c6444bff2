package org.millrace.batch.bestofn;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.explode;

import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.schema.CurvePoint;

/** What select writes, as tables: the choices, and the curves as CSV and as rows. */
final class SelectTables {

  private SelectTables() {}

  static Dataset<Row> selections(Dataset<Row> prompts) {
    return prompts
        .select(col("prompt_id"), col("n"), explode(col("choices")).as("choice"))
        .select(
            col("prompt_id"),
            col("choice.selector"),
            col("choice.sample_index"),
            col("choice.answer"),
            col("choice.score"),
            col("choice.credit"),
            col("choice.tied"),
            col("n").as("samples"));
  }

  static String csv(List<CurvePoint> points) {
    var text = new StringBuilder("selector,k,value,stderr,prompts\n");
    for (var point : points) {
      text.append(point.getSelector())
          .append(',')
          .append(point.getK())
          .append(',')
          .append(point.getValue())
          .append(',')
          .append(point.getStderr())
          .append(',')
          .append(point.getPrompts())
          .append('\n');
    }
    return text.toString();
  }

  static Dataset<Row> table(SparkSession spark, List<CurvePoint> points) {
    var type =
        new StructType()
            .add("selector", DataTypes.StringType, false)
            .add("k", DataTypes.IntegerType, false)
            .add("value", DataTypes.DoubleType, false)
            .add("stderr", DataTypes.DoubleType, false)
            .add("prompts", DataTypes.LongType, false)
            .add("excluded", DataTypes.LongType, false)
            .add("method", DataTypes.StringType, false)
            .add("sampling_error", DataTypes.DoubleType, false);
    var rows =
        points.stream()
            .map(
                point ->
                    RowFactory.create(
                        point.getSelector(),
                        point.getK(),
                        point.getValue(),
                        point.getStderr(),
                        point.getPrompts(),
                        point.getExcluded(),
                        point.getMethod(),
                        point.getSamplingError()))
            .toList();
    return spark.createDataFrame(rows, type).coalesce(1);
  }

  /** Rows of {@link #table} as points again. */
  static List<CurvePoint> points(Dataset<Row> curves) {
    return curves.collectAsList().stream()
        .map(
            row ->
                CurvePoint.newBuilder()
                    .setSelector(row.<String>getAs("selector"))
                    .setK(row.<Integer>getAs("k"))
                    .setValue(row.<Double>getAs("value"))
                    .setStderr(row.<Double>getAs("stderr"))
                    .setPrompts(row.<Long>getAs("prompts"))
                    .setExcluded(row.<Long>getAs("excluded"))
                    .setMethod(row.<String>getAs("method"))
                    .setSamplingError(row.<Double>getAs("sampling_error"))
                    .build())
        .toList();
  }
}
