package org.millrace.gpu;

import ai.rapids.cudf.ColumnVector;
import ai.rapids.cudf.DType;
import ai.rapids.cudf.DeviceMemoryBuffer;
import ai.rapids.cudf.Scalar;
import com.nvidia.spark.RapidsUDF;
import org.apache.spark.sql.api.java.UDF1;
import org.millrace.kernel.vectors.Vectors;
import org.millrace.udf.NearestCentroid;

/**
 * {@code nearest_centroid} on RAPIDS columns where the centroids are constant: the function holds
 * them, and a kernel compares a batch with them. Bit for bit what the CPU gives for vectors of
 * floats, doubles and whole numbers. As an argument the centroids would be copied to each row.
 */
public final class RapidsNearestCentroid extends NearestCentroid {

  private static final long serialVersionUID = 1L;

  @Override
  protected UDF1<Object, Integer> among(double[][] centroids) {
    return new Among(centroids);
  }

  /** The place of the nearest of constant centroids. */
  public static final class Among extends NearestCentroid.Among implements RapidsUDF {

    private static final long serialVersionUID = 1L;

    Among(double[][] centroids) {
      super(centroids);
    }

    /**
     * Places for a batch.
     *
     * @param numRows rows of the batch
     * @param args LIST of numbers (vectors); stays the caller's
     * @return INT32, null where the vector is or nothing is near; the caller's to close
     * @throws IllegalArgumentException if a vector isn't as long as the centroids
     */
    @Override
    public ColumnVector evaluateColumnar(int numRows, ColumnVector... args) {
      if (numRows == 0) {
        return ColumnVector.fromInts();
      }
      long stream = DeviceKernels.stream();
      try (var matrix = Matrix.of(centroids, args[0]);
          var in = VectorBuffers.of(args[0]);
          var places = DeviceMemoryBuffer.allocate(4L * numRows)) {
        Kernels.nearest(
            in.offsets(),
            in.numbers(),
            in.valid(),
            numRows,
            in.width(),
            matrix.address(),
            matrix.rows(),
            matrix.length(),
            places.getAddress(),
            stream);
        return found(places, numRows);
      }
    }

    private static ColumnVector found(DeviceMemoryBuffer places, int rows) {
      try (var all = Sizes.column(places, rows);
          var none = Scalar.fromInt(Vectors.NONE);
          var found = all.notEqualTo(none);
          var nothing = Scalar.fromNull(DType.INT32)) {
        return found.ifElse(all, nothing);
      }
    }
  }
}
