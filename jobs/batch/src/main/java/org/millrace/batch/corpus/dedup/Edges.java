package org.millrace.batch.corpus.dedup;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.millrace.kernel.dedup.Jaccard;

/** Candidate pairs that are copies: of exact Jaccard similarity at or above a threshold. */
public final class Edges {

  private Edges() {}

  /**
   * Judges candidates.
   *
   * @param pairs {@code a, b}
   * @param sets {@code node, shingles}
   * @return {@code a, b, similarity} of the copies
   */
  public static Dataset<Row> of(Dataset<Row> pairs, Dataset<Row> sets, double threshold) {
    var similarity =
        udf(
                (UDF2<byte[], byte[], Double>)
                    (first, second) -> similarity(first, second, threshold),
                DataTypes.DoubleType)
            .withName("jaccard_of_sets");
    return pairs
        .join(sets.select(col("node").as("a"), col("shingles").as("first")), "a")
        .join(sets.select(col("node").as("b"), col("shingles").as("second")), "b")
        .select(col("a"), col("b"), similarity.apply(col("first"), col("second")).as("similarity"))
        .where(col("similarity").geq(threshold));
  }

  /** The similarity, or 0 where the sizes alone keep it below the threshold. */
  static double similarity(byte[] first, byte[] second, double threshold) {
    double smaller = Math.min(first.length, second.length);
    return smaller < threshold * Math.max(first.length, second.length) * (1 - 1e-9)
        ? 0
        : Jaccard.of(Prints.set(first), Prints.set(second));
  }
}
