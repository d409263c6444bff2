package org.millrace.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.rapids.cudf.ColumnVector;
import ai.rapids.cudf.Cuda;
import ai.rapids.cudf.DType;
import ai.rapids.cudf.HostColumnVector.BasicType;
import ai.rapids.cudf.HostColumnVector.ListType;
import com.nvidia.spark.RapidsUDF;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.vectors.Vectors;

/** CPU and GPU find the same neighbours; skipped where there is no GPU. */
class RapidsVectorsITCase {

  private static final double[][] OTHERS = {{0, 0}, {4, 0}, {0, 4}, {4, 4}, {Double.NaN, 1}};

  private static final List<List<Double>> VECTORS =
      Arrays.asList(
          List.of(3.0, 1.0),
          List.of(2.0, 2.0),
          null,
          Arrays.asList(1.0, null),
          List.of(-0.0, 0.0),
          List.of(1e300, 1e300));

  @BeforeEach
  void needsGpu() {
    // The first look loads all of cuDF, which is slow to unpack: not where there is no driver.
    assumeTrue(Files.exists(Path.of("/dev/nvidiactl")), "no NVIDIA driver");
    assumeTrue(Cuda.isEnvCompatibleForTesting(), "no GPU that cuDF supports");
    assumeTrue(NativeLibrary.packed(), "built without nvcc");
  }

  private static RapidsUDF nearest(double[][] centroids) {
    return (RapidsUDF) new RapidsNearestCentroid().among(centroids);
  }

  private static RapidsUDF top(double[][] others, int k) {
    return (RapidsUDF) new RapidsCosineTop().among(others, k);
  }

  @Test
  void placesAreThoseOfTheCpu() {
    try (var vectors = lists(VECTORS);
        var places = nearest(OTHERS).evaluateColumnar(VECTORS.size(), vectors);
        var host = places.copyToHost()) {
      assertThat(places.getType()).isEqualTo(DType.INT32);
      for (int row = 0; row < VECTORS.size(); row++) {
        var vector = numbers(VECTORS.get(row));
        int expected = vector == null ? Vectors.NONE : Vectors.nearest(vector, OTHERS);
        assertThat(host.isNull(row) ? Vectors.NONE : host.getInt(row))
            .as("row %d", row)
            .isEqualTo(expected);
      }
    }
  }

  @Test
  void neighboursAreThoseOfTheCpu() {
    for (int k : new int[] {0, 2, 9}) {
      try (var vectors = lists(VECTORS);
          var tops = top(OTHERS, k).evaluateColumnar(VECTORS.size(), vectors);
          var host = tops.copyToHost()) {
        assertThat(tops.getType()).isEqualTo(DType.LIST);
        for (int row = 0; row < VECTORS.size(); row++) {
          var vector = numbers(VECTORS.get(row));
          assertThat(host.isNull(row)).as("row %d", row).isEqualTo(vector == null);
          if (vector != null) {
            var expected = Vectors.cosineTop(vector, OTHERS, k);
            assertThat(host.getList(row)).as("row %d", row).hasSize(expected.length);
          }
        }
      }
    }
  }

  @Test
  void batchesWithoutRowsAreEmpty() {
    try (var vectors = lists(List.of());
        var places = nearest(OTHERS).evaluateColumnar(0, vectors);
        var tops = top(OTHERS, 2).evaluateColumnar(0, vectors)) {
      assertThat(places.getRowCount()).isZero();
      assertThat(tops.getRowCount()).isZero();
    }
  }

  @Test
  void aVectorOfAnotherLengthIsAMistake() {
    try (var vectors = lists(List.of(List.of(1.0), List.of(1.0, 2.0)))) {
      assertThatThrownBy(() -> nearest(OTHERS).evaluateColumnar(2, vectors))
          .hasMessage("vectors of 1 and 2 numbers");
      assertThatThrownBy(() -> top(OTHERS, 1).evaluateColumnar(2, vectors))
          .hasMessage("vectors of 1 and 2 numbers");
    }
  }

  private static double[] numbers(List<Double> vector) {
    return vector == null
        ? null
        : vector.stream().mapToDouble(x -> x == null ? Double.NaN : x).toArray();
  }

  @SuppressWarnings("unchecked")
  private static ColumnVector lists(List<List<Double>> rows) {
    var type = new ListType(true, new BasicType(true, DType.FLOAT64));
    return ColumnVector.fromLists(type, (List<Double>[]) rows.toArray(new List<?>[0]));
  }
}
