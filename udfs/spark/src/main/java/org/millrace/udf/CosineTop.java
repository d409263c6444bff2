package org.millrace.udf;

import static org.apache.spark.sql.types.DataTypes.DoubleType;
import static org.apache.spark.sql.types.DataTypes.IntegerType;
import static org.apache.spark.sql.types.DataTypes.createArrayType;

import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.api.java.UDF3;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.StructType;
import org.millrace.kernel.vectors.Vectors;

/**
 * {@code cosine_top(vector array<number>, others array<array<number>>, k int) -> array<struct<
 * position int, similarity double>>}: the most similar vectors, by {@link Vectors#cosineTop}. A
 * null number is NaN; null where an argument is.
 */
public class CosineTop implements UDF3<Object, Object, Integer, Row[]>, TakesConstants {

  /** What the function returns. */
  public static final DataType TYPE =
      createArrayType(
          new StructType().add("position", IntegerType, false).add("similarity", DoubleType, false),
          false);

  private static final long serialVersionUID = 1L;

  @Override
  public Row[] call(Object vector, Object others, Integer k) {
    return vector == null || others == null || k == null
        ? null
        : top(Arrays.doubles(vector), Arrays.vectors(others), k);
  }

  @Override
  public final UDF1<Object, Row[]> with(List<Object> constants) {
    return among(Arrays.vectors(constants.get(0)), (Integer) constants.get(1));
  }

  /** The function of the vector alone, in the version for the machine. */
  protected UDF1<Object, Row[]> among(double[][] others, int k) {
    return new Among(others, k);
  }

  private static Row[] top(double[] vector, double[][] others, int k) {
    return Stream.of(Vectors.cosineTop(vector, others, k))
        .map(neighbour -> RowFactory.create(neighbour.position(), neighbour.similarity()))
        .toArray(Row[]::new);
  }

  /** The most similar of vectors that are the same for all. */
  public static class Among implements UDF1<Object, Row[]> {

    private static final long serialVersionUID = 1L;

    /** As long each as the vectors; not to be changed. */
    protected final double[][] others;

    /** How many at most. */
    protected final int k;

    /**
     * @param others as long each as the vectors will be
     * @param k how many at most, from 0
     */
    public Among(double[][] others, int k) {
      this.others = others;
      this.k = k;
    }

    @Override
    public final Row[] call(Object vector) {
      return vector == null ? null : top(Arrays.doubles(vector), others, k);
    }
  }
}
