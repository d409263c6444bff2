package org.millrace.batch.strategies.graph;

import static org.apache.spark.sql.functions.array_size;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.max;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.xxhash64;

import org.apache.spark.ml.feature.Word2Vec;
import org.apache.spark.ml.linalg.Vector;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.millrace.kernel.strategy.embed.UnitRows;

/**
 * Skip-gram vectors of words (Mikolov et al. 2013), by Spark ML's trainer with hierarchical
 * softmax. Its result depends on the order of sentences, so they come to it in one partition,
 * sorted by a hash: any partitions of the input and any order give the same vectors. It learns in
 * that one task: its tasks beside each other in an executor write to the same arrays, so that with
 * more than one no two runs are the same. Words times dimensions are held twice by the driver and
 * the task, in 4 bytes a number, and must be below 2^28.
 */
public final class SkipGram {

  /** Words times dimensions must be below it: Spark keeps them in one array. */
  public static final long MOST = 1L << 28;

  private static final int SENTENCE = 1000;

  private SkipGram() {}

  /**
   * Learns vectors of all words.
   *
   * @param sentences {@code words array<string>}, none null; read twice
   * @return {@code word string, vector array<float>} of length 1, or of zeros
   */
  public static Dataset<Row> of(Dataset<Row> sentences, SkipGramSettings settings) {
    var words = sentences.select("words").where(array_size(col("words")).gt(0));
    int longest = words.agg(coalesce(max(array_size(col("words"))), lit(0))).first().getInt(0);
    if (longest == 0) {
      throw new IllegalArgumentException("no sentences to learn vectors from");
    }
    var sorted =
        words
            .withColumn("place", xxhash64(col("words"), lit(settings.seed())))
            .repartition(1)
            .sortWithinPartitions("place", "words")
            .select("words");
    var unit =
        udf(
            (UDF1<Vector, float[]>) vector -> unit(vector.toArray()),
            DataTypes.createArrayType(DataTypes.FloatType, false));
    return new Word2Vec()
        .setInputCol("words")
        .setVectorSize(settings.dimensions())
        .setWindowSize(settings.window())
        .setMaxIter(settings.iterations())
        .setNumPartitions(1)
        .setStepSize(settings.stepSize())
        .setSeed(settings.seed())
        .setMinCount(1)
        .setMaxSentenceLength(Math.max(SENTENCE, longest))
        .fit(sorted)
        .getVectors()
        .select(col("word"), unit.apply(col("vector")).as("vector"));
  }

  private static float[] unit(double[] vector) {
    var unit = UnitRows.normalized(vector);
    var floats = new float[unit.length];
    for (int d = 0; d < floats.length; d++) {
      floats[d] = (float) unit[d];
    }
    return floats;
  }
}
