package org.millrace.udf;

import java.util.List;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF2;
import org.millrace.kernel.vectors.Vectors;

/**
 * {@code nearest_centroid(vector array<number>, centroids array<array<number>>) -> int}: the place
 * of the nearest centroid, by {@link Vectors#nearest}. A null number is NaN; null where an argument
 * is or nothing is near.
 */
public class NearestCentroid implements UDF2<Object, Object, Integer>, TakesConstants {

  private static final long serialVersionUID = 1L;

  @Override
  public Integer call(Object vector, Object centroids) {
    return vector == null || centroids == null
        ? null
        : nearest(Arrays.doubles(vector), Arrays.vectors(centroids));
  }

  @Override
  public final UDF1<Object, Integer> with(List<Object> constants) {
    return among(Arrays.vectors(constants.get(0)));
  }

  /** The function of the vector alone, in the version for the machine. */
  protected UDF1<Object, Integer> among(double[][] centroids) {
    return new Among(centroids);
  }

  private static Integer nearest(double[] vector, double[][] centroids) {
    int nearest = Vectors.nearest(vector, centroids);
    return nearest == Vectors.NONE ? null : nearest;
  }

  /** The place of the nearest of centroids that are the same for all vectors. */
  public static class Among implements UDF1<Object, Integer> {

    private static final long serialVersionUID = 1L;

    /** As long each as the vectors; not to be changed. */
    protected final double[][] centroids;

    /**
     * @param centroids as long each as the vectors will be
     */
    public Among(double[][] centroids) {
      this.centroids = centroids;
    }

    @Override
    public final Integer call(Object vector) {
      return vector == null ? null : nearest(Arrays.doubles(vector), centroids);
    }
  }
}
