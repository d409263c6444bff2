package org.millrace.batch.corpus.pack;

import static org.apache.spark.sql.functions.array_repeat;
import static org.apache.spark.sql.functions.coalesce;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.posexplode;
import static org.apache.spark.sql.functions.sum;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.types.DataTypes;
import org.millrace.kernel.tokens.GlobalShuffle;
import org.millrace.kernel.tokens.Mixture;
import org.millrace.kernel.tokens.TokenQuota;

/**
 * How often each document is in the training data, and in which order; both follow from seed and
 * document id alone. Tokens are counted with each document's end.
 */
public final class Mix {

  private Mix() {}

  /**
   * Tokens by source, ends of documents among them; a document without a source is of "".
   *
   * @param tokens with {@code source} and {@code size}
   */
  public static Map<String, Long> available(Dataset<Row> tokens) {
    var available = new TreeMap<String, Long>();
    var sums = tokens.groupBy(coalesce(col("source"), lit("")).as("source")).agg(sum("size"));
    for (var row : sums.collectAsList()) {
      available.put(row.getString(0), row.getLong(1));
    }
    return available;
  }

  /** Each document once. */
  public static Dataset<Row> once(Dataset<Row> tokens) {
    return tokens.withColumn("copy", lit(0));
  }

  /**
   * The documents as often as the mixture says; a source that it lacks is left out.
   *
   * @param tokens of {@link Tokens#of}
   * @return the same columns and {@code copy}, from 0
   */
  public static Dataset<Row> of(Dataset<Row> tokens, Mixture mixture, long seed) {
    var sampleKey =
        udf((UDF1<String, Long>) id -> Mixture.sampleKey(seed, id), DataTypes.LongType)
            .withName("sample_key");
    var keyed =
        tokens
            .withColumn("source", coalesce(col("source"), lit("")))
            .withColumn("key", sampleKey.apply(col("doc_id")));
    var copies = lit(0);
    var cutoffs = cutoffs(keyed, mixture);
    for (var source : mixture.sources()) {
      var more = when(col("key").lt(cutoffs.getOrDefault(source.name(), 0L)), 1).otherwise(0);
      copies =
          when(col("source").equalTo(source.name()), more.plus(source.fullCopies()))
              .otherwise(copies);
    }
    return keyed
        .select(
            col("doc_id"),
            col("source"),
            col("size"),
            col("tokens"),
            posexplode(array_repeat(lit(0), copies)).as(new String[] {"copy", "_"}))
        .drop("_");
  }

  /** For each source the key below which a document has one more copy. */
  private static Map<String, Long> cutoffs(Dataset<Row> keyed, Mixture mixture) {
    var bucket =
        udf((UDF1<Long, Integer>) TokenQuota::bucketOf, DataTypes.IntegerType)
            .withName("bucket")
            .apply(col("key"));
    var cutoffs = new HashMap<String, Long>();
    for (var source : mixture.sources()) {
      if (source.sampled() <= 0) {
        continue;
      }
      var own = keyed.where(col("source").equalTo(source.name()));
      var quota = new TokenQuota();
      for (var row : own.groupBy(bucket.as("bucket")).agg(sum("size")).collectAsList()) {
        quota.add((long) row.getInt(0) << Long.SIZE - 1 - 16, row.getLong(1));
      }
      var last =
          own.where(bucket.equalTo(quota.bucket(source.sampled())))
              .select("key", "size")
              .collectAsList();
      var keys = last.stream().mapToLong(row -> row.getLong(0)).toArray();
      var counts = last.stream().mapToLong(row -> row.getLong(1)).toArray();
      cutoffs.put(source.name(), quota.cutoff(source.sampled(), keys, counts));
    }
    return cutoffs;
  }

  /**
   * The documents in the order of training.
   *
   * @return {@code doc_id, source, tokens}
   */
  public static Dataset<Row> shuffled(Dataset<Row> mixed, long seed) {
    var key =
        udf(
                (UDF2<Integer, String, Long>) (copy, id) -> GlobalShuffle.key(seed, copy, id),
                DataTypes.LongType)
            .withName("shuffle_key");
    return mixed
        .withColumn("key", key.apply(col("copy"), col("doc_id")))
        .orderBy("key", "doc_id", "copy")
        .select("doc_id", "source", "tokens");
  }
}
