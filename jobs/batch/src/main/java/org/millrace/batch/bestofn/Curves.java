package org.millrace.batch.bestofn;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.round;
import static org.apache.spark.sql.functions.shiftright;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.millrace.schema.CurvePoint;

/**
 * Means over prompts of per-prompt curves. Values are added as 64-bit fixed-point numbers with 52
 * binary places (in two halves, so that the sum can't overflow), so that the result does not depend
 * on the order of addition, hence not on partitioning; the rounding is below 1e-15.
 */
final class Curves {

  private static final double SCALE = 1L << 52;
  private static final int HALF = 26;

  private Curves() {}

  /** The curves' values and errors as columns {@code values} and {@code errors}. */
  static Column[] columns(List<Selectors.Curve> curves) {
    var none = lit(null).cast(DataTypes.createArrayType(DataTypes.DoubleType));
    return new Column[] {
      array(curves.stream().map(Selectors.Curve::values).toArray(Column[]::new)).as("values"),
      array(
              curves.stream()
                  .map(curve -> curve.errors() == null ? none : curve.errors())
                  .toArray(Column[]::new))
          .as("errors")
    };
  }

  /**
   * Averages.
   *
   * @param prompts with the columns of {@link #columns}
   * @param all number of prompts
   * @return points in the order of the curves, then of k; none where no prompt has k samples
   */
  static List<CurvePoint> average(
      Dataset<Row> prompts, List<Selectors.Curve> curves, List<Integer> ks, long all) {
    var value = col("value");
    var error = get(col("curve_errors"), col("at"));
    var sums =
        prompts
            .select(col("errors"), posexplode(col("values")).as(new String[] {"curve", "ys"}))
            .select(
                col("curve"),
                get(col("errors"), col("curve")).as("curve_errors"),
                posexplode(col("ys")).as(new String[] {"at", "value"}))
            .where(value.isNotNull())
            .select(
                col("curve"),
                col("at"),
                fixed(value).as("v"),
                fixed(value.multiply(value)).as("vv"),
                fixed(error.multiply(error)).as("ee"))
            .groupBy("curve", "at")
            .agg(count(lit(1)).as("prompts"), halves("v", "vv", "ee"))
            .collectAsList();
    var points = new ArrayList<CurvePoint>();
    var ordered = new ArrayList<>(sums);
    ordered.sort(
        Comparator.comparingInt((Row row) -> row.getInt(0)).thenComparing(row -> row.getInt(1)));
    for (var row : ordered) {
      var curve = curves.get(row.getInt(0));
      long n = row.getLong(2);
      double mean = total(row, 3) / n;
      double variance = n == 1 ? 0 : Math.max(0, total(row, 5) - n * mean * mean) / (n - 1);
      double drawing = Math.sqrt(Math.max(0, total(row, 7))) / n;
      points.add(
          CurvePoint.newBuilder()
              .setSelector(curve.name())
              .setK(ks.get(row.getInt(1)))
              .setValue(mean)
              .setStderr(Math.sqrt(variance / n))
              .setPrompts(n)
              .setExcluded(all - n)
              .setMethod(method(curve.method(), drawing))
              .setSamplingError(drawing)
              .build());
    }
    return points;
  }

  private static String method(Selectors.Method method, double drawing) {
    return switch (method) {
      case EXACT -> "exact";
      case FIRST_K -> "first-k";
      case DRAWN -> drawing == 0 ? "enumerated" : "sampled";
    };
  }

  private static Column fixed(Column value) {
    return round(value.multiply(SCALE)).cast("long");
  }

  private static Column[] halves(String... names) {
    var halves = new ArrayList<Column>();
    for (var name : names) {
      halves.add(sum(shiftright(col(name), HALF)));
      halves.add(sum(col(name).bitwiseAND((1L << HALF) - 1)));
    }
    return halves.toArray(Column[]::new);
  }

  private static double total(Row row, int at) {
    return row.isNullAt(at)
        ? 0
        : row.getLong(at) * (double) (1L << HALF) / SCALE + row.getLong(at + 1) / SCALE;
  }
}
