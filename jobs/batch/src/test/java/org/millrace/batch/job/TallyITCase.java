package org.millrace.batch.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.MapOutputTrackerMaster;
import org.apache.spark.SparkEnv;
import org.apache.spark.TaskContext;
import org.apache.spark.shuffle.MetadataFetchFailedException;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.expressions.UserDefinedFunction;
import org.apache.spark.sql.types.DataTypes;
import org.junit.jupiter.api.Test;
import scala.math.Ordering;

/** What the manifest counts is what is there, whatever became of the tasks that read it. */
class TallyITCase {

  private static final AtomicInteger LOSSES = new AtomicInteger();

  /** The first time, it loses what was shuffled before it, as when a machine goes. */
  private static final UserDefinedFunction LOSING =
      udf((UDF1<Long, Long>) TallyITCase::losing, DataTypes.LongType).asNondeterministic();

  private final SparkSession spark =
      SparkSession.builder()
          .master("local[2]")
          .config("spark.ui.enabled", false)
          .config("spark.sql.shuffle.partitions", 4)
          .getOrCreate();
  private final Tally tally = new Tally(spark.sparkContext());

  /** 100 rows in 5 partitions; every tenth is bad and every fifth that is not has lost a value. */
  private Dataset<Row> counted() {
    return spark
        .range(0, 100, 1, 5)
        .toDF("id")
        .withColumn("good", tally.good(col("id").mod(10).equalTo(0), col("id").mod(5).equalTo(0)));
  }

  private static void read(Dataset<Row> rows) {
    rows.where(col("good")).write().format("noop").mode("overwrite").save();
  }

  private void assertCounts() {
    assertThat(tally.rows()).isEqualTo(100);
    assertThat(tally.bad()).isEqualTo(10);
    assertThat(tally.lost()).isEqualTo(10);
  }

  @Test
  void countsWhatIsRead() {
    read(counted());

    assertCounts();
  }

  @Test
  void rowsThatAreReadTwiceCountOnce() {
    var rows = counted();

    read(rows);
    read(rows);

    assertCounts();
  }

  @Test
  void aStageThatIsRunAgainCountsOnce() {
    LOSSES.set(0);
    var mapped = counted();
    var shuffled = mapped.repartition(3, col("id")).withColumn("id", LOSING.apply(col("id")));

    read(shuffled);

    assertThat(LOSSES).hasValue(1);
    assertCounts();
  }

  private static long losing(long id) throws MetadataFetchFailedException {
    if (LOSSES.compareAndSet(0, 1)) {
      var tracker = (MapOutputTrackerMaster) SparkEnv.get().mapOutputTracker();
      int shuffle = (int) tracker.shuffleStatuses().keys().max(Ordering.Int$.MODULE$);
      tracker.unregisterAllMapAndMergeOutput(shuffle);
      throw new MetadataFetchFailedException(
          shuffle, TaskContext.getPartitionId(), "a machine is gone");
    }
    return id;
  }
}
