package org.millrace.batch.strategies;

import static org.apache.spark.sql.functions.broadcast;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.min_by;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.ArrayList;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.Window;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.millrace.kernel.strategy.sample.Budget;
import org.millrace.kernel.strategy.sample.Sampling;

/**
 * The training sample: the same number of instances of every key, as far as it has them; of a key
 * the one nearest to its centres first, then drawn ones, as of {@link Sampling}.
 */
final class TrainingSample {

  private static final String[] KEY = {"student_cluster", "problem_cluster"};

  private TrainingSample() {}

  /**
   * @param instances with keys, as of {@link Keys}
   * @param total instances wanted
   * @param seed of the draws
   * @return some of the instances, with {@code place}, from 1 in each key
   */
  static Dataset<Row> of(Dataset<Row> instances, long total, long seed) {
    var keys =
        instances
            .groupBy(KEY[0], KEY[1])
            .agg(count(lit(1)).as("instances"), min_by(col("id"), struct("d2", "id")).as("nearest"))
            .orderBy(KEY[0], KEY[1])
            .collectAsList();
    var given = Budget.balanced(keys.stream().mapToLong(key -> key.getLong(2)).toArray(), total);
    var budgets = new ArrayList<Row>();
    for (int i = 0; i < given.length; i++) {
      var key = keys.get(i);
      budgets.add(RowFactory.create(key.getInt(0), key.getInt(1), given[i], key.getLong(3)));
    }
    var table =
        instances
            .sparkSession()
            .createDataFrame(
                budgets,
                StructType.fromDDL(
                    "student_cluster int, problem_cluster int, budget bigint, nearest bigint"));
    var rank =
        udf((UDF1<Long, Double>) id -> Sampling.rank(seed, id), DataTypes.DoubleType)
            .withName("sampling_rank");
    return instances
        .join(broadcast(table), KEY)
        .withColumn(
            "_rank",
            when(col("id").equalTo(col("nearest")), Sampling.NEAREST)
                .otherwise(rank.apply(col("id"))))
        .withColumn(
            "place", row_number().over(Window.partitionBy(KEY[0], KEY[1]).orderBy("_rank", "id")))
        .where(col("place").leq(col("budget")))
        .drop("_rank", "budget", "nearest");
  }
}
