package org.millrace.batch.strategies.cluster;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import java.util.stream.LongStream;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.kernel.strategy.cluster.Points;

/**
 * Vectors around planted centres, 10 standard deviations and more apart.
 *
 * @param truth each vector's centre
 */
record PlantedVectors(double[][] rows, int[] truth) {

  static final StructType SCHEMA =
      new StructType()
          .add("id", DataTypes.LongType)
          .add("vector", DataTypes.createArrayType(DataTypes.DoubleType));

  static PlantedVectors of(long seed, int k, int dimensions, int each) {
    var random = new Random(seed);
    var centres = new ArrayList<double[]>();
    double side = 20 * Math.pow(k, 1.0 / dimensions);
    while (centres.size() < k) {
      var candidate = random.doubles(dimensions, 0, side).toArray();
      if (centres.stream().allMatch(c -> squaredDistance(c, candidate) >= 100)) {
        centres.add(candidate);
      }
    }
    var rows = new double[k * each][dimensions];
    var truth = new int[rows.length];
    for (int i = 0; i < rows.length; i++) {
      truth[i] = random.nextInt(k);
      for (int d = 0; d < dimensions; d++) {
        rows[i][d] = centres.get(truth[i])[d] + random.nextGaussian() / Math.sqrt(dimensions);
      }
    }
    return new PlantedVectors(rows, truth);
  }

  private static double squaredDistance(double[] a, double[] b) {
    return IntStream.range(0, a.length).mapToDouble(d -> (a[d] - b[d]) * (a[d] - b[d])).sum();
  }

  /** All in one block, each with its place as id. */
  Points points() {
    return Points.of(
        LongStream.range(0, rows.length).toArray(),
        Arrays.stream(rows).flatMapToDouble(Arrays::stream).toArray(),
        rows[0].length);
  }

  /** The table in an order, in so many partitions. */
  Dataset<Row> table(SparkSession spark, List<Integer> order, int partitions) {
    var table = order.stream().map(i -> RowFactory.create((long) i, boxed(rows[i]))).toList();
    return spark.createDataFrame(
        org.apache.spark.api.java.JavaSparkContext.fromSparkContext(spark.sparkContext())
            .parallelize(table, partitions),
        SCHEMA);
  }

  Dataset<Row> table(SparkSession spark) {
    return table(spark, IntStream.range(0, rows.length).boxed().toList(), 3);
  }

  static Double[] boxed(double[] row) {
    return Arrays.stream(row).boxed().toArray(Double[]::new);
  }
}
