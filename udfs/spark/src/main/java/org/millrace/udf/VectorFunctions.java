package org.millrace.udf;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF2;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.StructType;
import org.millrace.kernel.vectors.Vectors;

/** What clustering and semantic deduplication ask of vectors as SQL functions. */
final class VectorFunctions {

  private static final StructType NEIGHBOUR =
      new StructType().add("position", IntegerType, false).add("similarity", DoubleType, false);

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
            (UDF2<Object, Object, Integer>) VectorFunctions::nearest),
        new SqlFunction(
            "cosine_top",
            "vector, others, k",
            "The k vectors of the largest cosine, most similar first: place from 0 and similarity.",
            "cosine_top(array(5, 0), array(array(0, 2), array(-1, 0), array(2, 0)), 2)",
            "[{2, 1.0}, {0, 0.0}]",
            createArrayType(NEIGHBOUR, false),
            (UDF3<Object, Object, Integer, Row[]>) VectorFunctions::cosineTop));
  }

  private static Integer nearest(Object vector, Object centroids) {
    if (vector == null || centroids == null) {
      return null;
    }
    int nearest = Vectors.nearest(Arrays.doubles(vector), Arrays.vectors(centroids));
    return nearest == Vectors.NONE ? null : nearest;
  }

  private static Row[] cosineTop(Object vector, Object others, Integer k) {
    if (vector == null || others == null || k == null) {
      return null;
    }
    var top = Vectors.cosineTop(Arrays.doubles(vector), Arrays.vectors(others), k);
    return Stream.of(top)
        .map(neighbour -> RowFactory.create(neighbour.position(), neighbour.similarity()))
        .toArray(Row[]::new);
  }
}
