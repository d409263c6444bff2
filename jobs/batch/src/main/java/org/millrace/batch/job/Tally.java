package org.millrace.batch.job;

import static org.apache.spark.sql.functions.udf;

import org.apache.spark.SparkContext;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.util.LongAccumulator;

/**
 * Counts rows in the tasks that read them, which costs next to nothing; an {@code observe} would
 * copy every row. Rows that are read again are counted again, so it is for rows that are read once.
 */
final class Tally {

  private final LongAccumulator rows;
  private final LongAccumulator bad;
  private final LongAccumulator lost;

  Tally(SparkContext spark) {
    rows = spark.longAccumulator();
    bad = spark.longAccumulator();
    lost = spark.longAccumulator();
  }

  /** True for a row that is good; to be evaluated once for each row. */
  Column good(Column isBad, Column isLost) {
    return udf(new Counting(rows, bad, lost), DataTypes.BooleanType)
        .withName("good")
        .asNondeterministic()
        .apply(isBad, isLost);
  }

  long rows() {
    return rows.sum();
  }

  long bad() {
    return bad.sum();
  }

  long lost() {
    return lost.sum();
  }

  private record Counting(LongAccumulator rows, LongAccumulator bad, LongAccumulator lost)
      implements UDF2<Boolean, Boolean, Boolean> {
    @Override
    public Boolean call(Boolean isBad, Boolean isLost) {
      rows.add(1L);
      if (isBad) {
        bad.add(1L);
      } else if (isLost) {
        lost.add(1L);
      }
      return !isBad;
    }
  }
}
