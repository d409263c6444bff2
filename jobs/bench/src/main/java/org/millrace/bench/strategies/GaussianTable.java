package org.millrace.bench.strategies;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.io.Serializable;
import java.util.SplittableRandom;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;

/**
 * Vectors around planted centres, in Parquet.
 *
 * @param k centres
 * @param dimensions numbers of a vector
 * @param separation of two centres, about, in standard deviations of one number
 * @param seed of all that is random
 */
record GaussianTable(int k, int dimensions, double separation, long seed) implements Serializable {

  /** Rows of a partition. */
  private static final long PART = 250_000;

  /** Writes {@code id long, vector array<float>}. */
  void write(SparkSession spark, long rows, String path) {
    table(spark, rows).write().mode("overwrite").parquet(path);
  }

  private Dataset<Row> table(SparkSession spark, long rows) {
    var centres = centres();
    var made =
        udf(
            (UDF1<Long, float[]>) id -> vector(centres, id),
            DataTypes.createArrayType(DataTypes.FloatType, false));
    int parts = (int) Math.max(2, rows / PART);
    return spark.range(0, rows, 1, parts).select(col("id"), made.apply(col("id")).as("vector"));
  }

  private double[][] centres() {
    var random = new SplittableRandom(seed);
    var centres = new double[k][dimensions];
    for (var centre : centres) {
      double squares = 0;
      for (int d = 0; d < dimensions; d++) {
        centre[d] = random.nextGaussian();
        squares += centre[d] * centre[d];
      }
      // Random directions in many dimensions are nearly at right angles.
      double scale = separation / Math.sqrt(2 * squares);
      for (int d = 0; d < dimensions; d++) {
        centre[d] *= scale;
      }
    }
    return centres;
  }

  private float[] vector(double[][] centres, long id) {
    var random = new SplittableRandom(seed + 0x9E3779B97F4A7C15L * (id + 1));
    var centre = centres[random.nextInt(centres.length)];
    var vector = new float[dimensions];
    for (int d = 0; d < dimensions; d++) {
      vector[d] = (float) (centre[d] + random.nextGaussian());
    }
    return vector;
  }
}
