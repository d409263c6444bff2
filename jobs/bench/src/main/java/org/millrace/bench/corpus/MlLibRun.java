package org.millrace.bench.corpus;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.udf;

import java.util.Arrays;
import org.apache.spark.ml.feature.MinHashLSH;
import org.apache.spark.ml.linalg.SQLDataTypes;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.ml.linalg.Vectors;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.millrace.kernel.dedup.Shingles;

/**
 * Spark ML's {@code MinHashLSH} as its guide has it: shingles hashed to a sparse vector, 20 tables,
 * {@code approxSimilarityJoin} of the corpus with itself. Timed once it has run on a small corpus.
 */
public final class MlLibRun {

  /** Before the line with wall and CPU seconds and the pairs found. */
  static final String TIME = "@time ";

  private static final int TABLES = 20;

  /** Dimensions of the vectors: so many that shingles seldom meet. */
  private static final int DIMENSIONS = 1 << 30;

  private static final Shingles SHINGLES = Shingles.of(Shingles.Unit.CHARACTERS, Shingles.SIZE);

  private MlLibRun() {}

  /**
   * Runs it.
   *
   * @param arguments small corpus, corpus
   */
  public static void main(String[] arguments) throws Exception {
    var spark =
        SparkSession.builder()
            .appName("millrace bench")
            .master("local[*]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", 2 * Runtime.getRuntime().availableProcessors())
            .getOrCreate();
    pairs(spark, arguments[0]);
    var pairs = new long[1];
    var time = Machine.timed(() -> pairs[0] = pairs(spark, arguments[1]));
    System.out.printf(TIME + "%.3f %.3f %d%n", time.wall(), time.cpu(), pairs[0]);
  }

  private static long pairs(SparkSession spark, String corpus) {
    var vector =
        udf(
            (UDF1<String, Vector>) text -> vector(SHINGLES.hashes(text)),
            SQLDataTypes.VectorType());
    var documents =
        spark
            .read()
            .schema("doc_id string, text string")
            .json(corpus)
            .select(col("doc_id"), vector.apply(col("text")).as("features"))
            // It has no signature for a text without shingles.
            .where(
                udf((UDF1<Vector, Boolean>) v -> v.numNonzeros() > 0, DataTypes.BooleanType)
                    .apply(col("features")));
    var model =
        new MinHashLSH()
            .setNumHashTables(TABLES)
            .setSeed(42)
            .setInputCol("features")
            .setOutputCol("hashes")
            .fit(documents);
    return model
        .approxSimilarityJoin(documents, documents, 1 - DedupRun.THRESHOLD, "distance")
        .where("datasetA.doc_id < datasetB.doc_id")
        .count();
  }

  private static Vector vector(long[] hashes) {
    var indices =
        Arrays.stream(hashes).mapToInt(hash -> (int) (hash >>> 34)).sorted().distinct().toArray();
    var ones = new double[indices.length];
    Arrays.fill(ones, 1);
    return Vectors.sparse(DIMENSIONS, indices, ones);
  }
}
