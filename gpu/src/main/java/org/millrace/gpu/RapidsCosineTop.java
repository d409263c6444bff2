package org.millrace.gpu;

import ai.rapids.cudf.ColumnVector;
import ai.rapids.cudf.ColumnView;
import ai.rapids.cudf.DType;
import ai.rapids.cudf.DeviceMemoryBuffer;
import ai.rapids.cudf.HostColumnVector.BasicType;
import ai.rapids.cudf.HostColumnVector.ListType;
import ai.rapids.cudf.HostColumnVector.StructType;
import com.nvidia.spark.RapidsUDF;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.millrace.kernel.vectors.Vectors;
import org.millrace.udf.CosineTop;

/**
 * {@code cosine_top} on RAPIDS columns where the others and k are constant: the function holds
 * them, and a kernel compares a batch with them. Bit for bit what the CPU gives for vectors of
 * floats, doubles and whole numbers. Beside the result it takes 12 bytes for each row and k.
 */
public final class RapidsCosineTop extends CosineTop {

  private static final long serialVersionUID = 1L;

  @Override
  protected UDF1<Object, Row[]> among(double[][] others, int k) {
    return new Among(others, k);
  }

  /** The most similar of constant vectors. */
  public static final class Among extends CosineTop.Among implements RapidsUDF {

    private static final long serialVersionUID = 1L;

    Among(double[][] others, int k) {
      super(others, k);
    }

    /**
     * Neighbours for a batch.
     *
     * @param numRows rows of the batch
     * @param args LIST of numbers (vectors); stays the caller's
     * @return LIST of STRUCT of INT32 (place) and FLOAT64 (cosine), null where the vector is; the
     *     caller's to close
     * @throws IllegalArgumentException if a vector isn't as long as the others, or k is negative
     */
    @Override
    public ColumnVector evaluateColumnar(int numRows, ColumnVector... args) {
      Vectors.requireCount(k);
      if (numRows == 0) {
        return ColumnVector.empty(
            new ListType(
                true,
                new StructType(
                    false,
                    new BasicType(false, DType.INT32),
                    new BasicType(false, DType.FLOAT64))));
      }
      int most = Math.min(k, others.length);
      try (var matrix = Matrix.of(others, args[0]);
          var norms =
              ColumnVector.fromDoubles(Stream.of(others).mapToDouble(Vectors::norm).toArray());
          var tops = Tops.allocate(numRows, most)) {
        search(args[0], matrix, norms, tops);
        return tops.packed(args[0]);
      }
    }

    private static void search(ColumnView vectors, Matrix matrix, ColumnVector norms, Tops tops) {
      long stream = DeviceKernels.stream();
      try (var in = VectorBuffers.of(vectors)) {
        Kernels.cosineTop(
            in.offsets(),
            in.numbers(),
            in.valid(),
            tops.rows(),
            in.width(),
            matrix.address(),
            matrix.rows(),
            matrix.length(),
            StringBuffers.address(norms.getData()),
            tops.k(),
            tops.places().getAddress(),
            tops.similarities().getAddress(),
            tops.counts().getAddress(),
            stream);
      }
    }
  }

  /** What a batch has found: room for k neighbours a row, and how many of them there are. */
  private record Tops(
      int rows,
      int k,
      DeviceMemoryBuffer places,
      DeviceMemoryBuffer similarities,
      DeviceMemoryBuffer counts)
      implements AutoCloseable {

    static Tops allocate(int rows, int k) {
      // A buffer of no bytes has no address.
      long values = Math.max(1, (long) rows * k);
      var places = DeviceMemoryBuffer.allocate(4 * values);
      try {
        var similarities = DeviceMemoryBuffer.allocate(8 * values);
        try {
          return new Tops(rows, k, places, similarities, DeviceMemoryBuffer.allocate(4L * rows));
        } catch (Throwable e) {
          similarities.close();
          throw e;
        }
      } catch (Throwable e) {
        places.close();
        throw e;
      }
    }

    /** As a column of lists, null where the vectors are. */
    ColumnVector packed(ColumnView vectors) {
      try (var sizes = Sizes.column(counts, rows)) {
        int values = Sizes.total(sizes, "cosine_top");
        try (var lists = sizes.generateListOffsets();
            var child = child(lists, values);
            var view =
                new ColumnView(
                    DType.LIST,
                    rows,
                    Optional.of(vectors.getNullCount()),
                    vectors.getValid(),
                    lists.getData(),
                    new ColumnView[] {child})) {
          return view.copyToColumnVector();
        }
      }
    }

    private ColumnVector child(ColumnView lists, int values) {
      try (var packedPlaces = DeviceMemoryBuffer.allocate(Math.max(1, 4L * values));
          var packedSimilarities = DeviceMemoryBuffer.allocate(Math.max(1, 8L * values))) {
        Kernels.packTops(
            places.getAddress(),
            similarities.getAddress(),
            rows,
            k,
            lists.getData().getAddress(),
            packedPlaces.getAddress(),
            packedSimilarities.getAddress(),
            DeviceKernels.stream());
        var none = Optional.of(0L);
        try (var place = new ColumnView(DType.INT32, values, none, packedPlaces, null);
            var similarity =
                new ColumnView(DType.FLOAT64, values, none, packedSimilarities, null)) {
          return ColumnVector.makeStruct(values, place, similarity);
        }
      }
    }

    @Override
    public void close() {
      places.close();
      similarities.close();
      counts.close();
    }
  }
}
