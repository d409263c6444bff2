package org.millrace.batch.bestofn;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.lit;

import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.types.DataTypes;
import org.millrace.batch.bestofn.analysis.FixedSums;
import org.millrace.schema.CurvePoint;
import scala.collection.Seq;

/**
 * Means over prompts of per-prompt curves. Values are added in fixed point, so that the result does
 * not depend on partitioning; the rounding is below 1e-15.
 */
final class Curves {

  // Squares of values up to 1 leave room for values up to 2,000.
  private static final int PLACES = 52;

  private static final int VALUE = 0;
  private static final int SQUARE = 1;
  private static final int ERROR = 2;
  private static final int QUANTITIES = 3;

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
    int width = ks.size();
    int slots = curves.size() * width;
    MapPartitionsFunction<Row, Row> add = rows -> sums(rows, slots, width).rows();
    var sums =
        prompts
            .select("values", "errors")
            .mapPartitions(add, Encoders.row(FixedSums.schema(QUANTITIES)));
    var points = new ArrayList<CurvePoint>();
    for (var total : FixedSums.totals(sums, PLACES)) {
      var curve = curves.get(total.slot() / width);
      long n = total.count();
      double mean = total.sums()[VALUE] / n;
      double variance = n == 1 ? 0 : Math.max(0, total.sums()[SQUARE] - n * mean * mean) / (n - 1);
      double drawing = Math.sqrt(Math.max(0, total.sums()[ERROR])) / n;
      points.add(
          CurvePoint.newBuilder()
              .setSelector(curve.name())
              .setK(ks.get(total.slot() % width))
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

  /** By curve and k, at curve number times ks plus position of k. */
  private static FixedSums sums(Iterator<Row> prompts, int slots, int width) {
    var sums = new FixedSums(slots, QUANTITIES, PLACES);
    prompts.forEachRemaining(
        row -> {
          var values = row.<Seq<Double>>getList(0);
          var errors = row.<Seq<Double>>getList(1);
          for (int curve = 0; curve < values.size(); curve++) {
            for (int at = 0; at < width; at++) {
              add(sums, curve * width + at, values.get(curve).apply(at), at, errors.get(curve));
            }
          }
        });
    return sums;
  }

  private static void add(FixedSums sums, int slot, Double value, int at, Seq<Double> errors) {
    if (value == null) {
      return;
    }
    sums.count(slot);
    sums.add(slot, VALUE, value);
    sums.add(slot, SQUARE, value * value);
    if (errors != null && errors.apply(at) != null) {
      double error = errors.apply(at);
      sums.add(slot, ERROR, error * error);
    }
  }
}
