package org.millrace.batch.bestofn;

import static org.apache.spark.sql.functions.array;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.sum;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.schema.CurvePoint;
import scala.collection.Seq;

/**
 * Means over prompts of per-prompt curves. Values are added as 64-bit fixed-point numbers with 52
 * binary places (in two halves, so that the sum can't overflow), so that the result does not depend
 * on the order of addition, hence not on partitioning; the rounding is below 1e-15.
 */
final class Curves {

  private static final double SCALE = 1L << 52;
  private static final int HALF = 26;

  /**
   * Rows of {@link Sums}: curve number times ks plus position of k; prompts; halves of the sums.
   */
  private static final StructType SUMS =
      StructType.fromDDL(
          "curve_at int, prompts long, v1 long, v0 long, vv1 long, vv0 long, ee1 long, ee0 long");

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
    int sums = curves.size() * width;
    MapPartitionsFunction<Row, Row> add = rows -> new Sums(sums).add(rows, width).rows();
    var columns = Arrays.stream(SUMS.fieldNames()).skip(1).map(name -> sum(name)).toList();
    var totals =
        prompts
            .select("values", "errors")
            .mapPartitions(add, Encoders.row(SUMS))
            .groupBy("curve_at")
            .agg(columns.get(0), columns.subList(1, columns.size()).toArray(Column[]::new))
            .collectAsList();
    var points = new ArrayList<CurvePoint>();
    var ordered = new ArrayList<>(totals);
    ordered.sort(Comparator.comparingInt(row -> row.getInt(0)));
    for (var row : ordered) {
      var curve = curves.get(row.getInt(0) / width);
      long n = row.getLong(1);
      double mean = total(row, 2) / n;
      double variance = n == 1 ? 0 : Math.max(0, total(row, 4) - n * mean * mean) / (n - 1);
      double drawing = Math.sqrt(Math.max(0, total(row, 6))) / n;
      points.add(
          CurvePoint.newBuilder()
              .setSelector(curve.name())
              .setK(ks.get(row.getInt(0) % width))
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

  private static double total(Row row, int at) {
    return row.getLong(at) * (double) (1L << HALF) / SCALE + row.getLong(at + 1) / SCALE;
  }

  /**
   * Sums over the prompts of a partition, by curve and k: the values, their squares, the errors'.
   */
  private static final class Sums {
    private final long[] prompts;
    private final long[][] halves = new long[6][];

    Sums(int size) {
      prompts = new long[size];
      Arrays.setAll(halves, half -> new long[size]);
    }

    Sums add(Iterator<Row> rows, int width) {
      rows.forEachRemaining(
          row -> {
            var values = row.<Seq<Double>>getList(0);
            var errors = row.<Seq<Double>>getList(1);
            for (int curve = 0; curve < values.size(); curve++) {
              for (int at = 0; at < width; at++) {
                add(curve * width + at, values.get(curve).apply(at), at, errors.get(curve));
              }
            }
          });
      return this;
    }

    private void add(int to, Double value, int at, Seq<Double> errors) {
      if (value == null) {
        return;
      }
      prompts[to]++;
      add(0, to, value);
      add(2, to, value * value);
      if (errors != null && errors.apply(at) != null) {
        double error = errors.apply(at);
        add(4, to, error * error);
      }
    }

    private void add(int half, int to, double value) {
      long fixed = (long) Math.rint(value * SCALE);
      halves[half][to] += fixed >> HALF;
      halves[half + 1][to] += fixed & ((1L << HALF) - 1);
    }

    Iterator<Row> rows() {
      return IntStream.range(0, prompts.length)
          .filter(i -> prompts[i] > 0)
          .mapToObj(this::row)
          .iterator();
    }

    private Row row(int i) {
      var row = new Object[2 + halves.length];
      row[0] = i;
      row[1] = prompts[i];
      for (int half = 0; half < halves.length; half++) {
        row[2 + half] = halves[half][i];
      }
      return RowFactory.create(row);
    }
  }
}
