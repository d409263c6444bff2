package org.millrace.batch.job;

import static org.apache.spark.sql.functions.udf;

import org.apache.spark.SparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.millrace.batch.job.PartitionCounts.Kind;

/**
 * Counts rows in the tasks that read them, which costs next to nothing; an {@code observe} would
 * copy every row, and RAPIDS can't plan one.
 */
final class Tally {

  private final PartitionCounts counts = new PartitionCounts();

  Tally(SparkContext spark) {
    spark.register(counts);
  }

  /** True for a row that is good; to be evaluated once for each row of a partition. */
  Column good(Column isBad, Column isLost) {
    return udf(new Counting(counts), DataTypes.BooleanType)
        .withName("good")
        .asNondeterministic()
        .apply(isBad, isLost);
  }

  /** All rows, good and bad. */
  long rows() {
    return counts.of(Kind.GOOD) + counts.of(Kind.LOST) + bad();
  }

  /** Rows that can't be used. */
  long bad() {
    return counts.of(Kind.BAD);
  }

  /** Rows that can be used but have lost a value. */
  long lost() {
    return counts.of(Kind.LOST);
  }

  private record Counting(PartitionCounts counts) implements UDF2<Boolean, Boolean, Boolean> {
    @Override
    public Boolean call(Boolean isBad, Boolean isLost) {
      counts.add(isBad ? Kind.BAD : isLost ? Kind.LOST : Kind.GOOD);
      return !isBad;
    }
  }
}
