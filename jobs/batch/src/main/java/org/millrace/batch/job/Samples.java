package org.millrace.batch.job;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.when;

import java.util.Set;
import java.util.function.UnaryOperator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;

/**
 * An input's samples.
 *
 * @param rows one a sample, every known column typed, {@code _reason} and {@code _raw} of the bad
 *     ones, {@code _file, _block, _row} of all
 * @param bare the same rows in no order and without their places, for what needs none: a Parquet
 *     file that must tell places is read slower, and not by a GPU
 * @param found our columns that the input really has
 */
public record Samples(Dataset<Row> rows, Dataset<Row> bare, Set<String> found) {

  /** Whether the input has one of our columns. */
  public boolean has(String column) {
    return found.contains(column);
  }

  /** The samples with a column more or less, the places left as they are. */
  public Samples map(UnaryOperator<Dataset<Row>> change) {
    return new Samples(change.apply(rows), change.apply(bare), found);
  }

  /** The samples as a step that needed their places has made them. */
  public Samples with(Dataset<Row> changed) {
    return new Samples(changed, changed, found);
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
    return with(marked);
  }
}
