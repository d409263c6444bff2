package org.millrace.batch.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * An input's samples.
 *
 * @param rows one a sample, every known column typed, {@code _reason} and {@code _raw} of the bad
 *     ones, {@code _file, _block, _row} of all
 * @param found our columns that the input really has
 */
public record Samples(Dataset<Row> rows, Set<String> found) {

  /** Whether the input has one of our columns. */
  public boolean has(String column) {
    return found.contains(column);
  }

  /**
   * The same samples, where all but the first of those that have the same key have a {@code
   * _reason}. Costs a sort: for samples in which some key was found twice.
   */
  public Samples withDuplicatesMarked() {
    var order = Window.partitionBy("prompt_id", "sample_index").orderBy("_file", "_block", "_row");
    var marked =
        rows.withColumn("_copy", row_number().over(order))
            .withColumn(
                "_reason",
                when(col("_reason").isNotNull(), col("_reason"))
                    .when(col("_copy").gt(1), "duplicate key (prompt_id, sample_index)"))
            .drop("_copy");
    return new Samples(marked, found);
  }
}
