package org.millrace.udf;

import static org.apache.spark.sql.types.DataTypes.IntegerType;

import java.util.List;

/** What clustering and semantic deduplication ask of vectors as SQL functions. */
final class VectorFunctions {

  private VectorFunctions() {}

  static List<SqlFunction> all() {
    return List.of(
        new SqlFunction(
            "nearest_centroid",
            "vector, centroids",
            "Place from 0 of the centroid at the smallest Euclidean distance, of equals the first;"
                + " null where there is none.",
            "nearest_centroid(array(3, 1), array(array(0, 0), array(4, 0)))",
            "1",
            IntegerType,
            new NearestCentroid()),
        new SqlFunction(
            "cosine_top",
            "vector, others, k",
            "The k vectors of the largest cosine, most similar first: place from 0 and similarity.",
            "cosine_top(array(5, 0), array(array(0, 2), array(-1, 0), array(2, 0)), 2)",
            "[{2, 1.0}, {0, 0.0}]",
            CosineTop.TYPE,
            new CosineTop()));
  }
}
