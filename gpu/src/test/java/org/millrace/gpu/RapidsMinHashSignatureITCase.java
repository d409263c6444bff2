package org.millrace.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.rapids.cudf.ColumnVector;
import ai.rapids.cudf.Cuda;
import ai.rapids.cudf.DType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.udf.MinHashSignature;

/** CPU and GPU give the same signatures; skipped where there is no GPU. */
class RapidsMinHashSignatureITCase {

  private static final String[] TEXTS = {
    "",
    "一二三四",
    "一二三四五",
    null,
    "\uD83D\uDE00\uD842\uDFB7aé盘古",
    " a  b ",
    "数据 and words ".repeat(90_000)
  };

  private final RapidsMinHashSignature columnar = new RapidsMinHashSignature();

  @BeforeEach
  void needsGpu() {
    assumeTrue(Files.exists(Path.of("/dev/nvidiactl")), "no NVIDIA driver");
    assumeTrue(Cuda.isEnvCompatibleForTesting(), "no GPU that cuDF supports");
    assumeTrue(NativeLibrary.packed(), "built without nvcc");
  }

  @ParameterizedTest
  @CsvSource({"characters, 5, 120", "words, 2, 16", "characters, 3, 300"})
  void signaturesAsTheCpus(String unit, int size, int permutations) {
    assertSameSignatures(TEXTS, unit, size, permutations);
  }

  @Test
  void batchesOfNothing() {
    assertSameSignatures(new String[0], "characters", 5, 4);
    assertSameSignatures(new String[] {null, null}, "characters", 5, 4);
    assertSameSignatures(new String[] {"", ""}, "characters", 5, 4);
    assertSameSignatures(TEXTS, null, 5, 4);
  }

  @Test
  void aParameterMustBeALiteral() {
    try (var texts = ColumnVector.fromStrings("a", "b");
        var units = ColumnVector.fromStrings("words", "words");
        var sizes = ColumnVector.fromInts(1, 2);
        var permutations = ColumnVector.fromInts(4, 4)) {
      assertThatThrownBy(() -> columnar.evaluateColumnar(2, texts, units, sizes, permutations))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageStartingWith("minhash_signature's size must be a literal on a GPU");
    }
  }

  private void assertSameSignatures(String[] rows, String unit, int size, int permutations) {
    var cpu = new MinHashSignature();
    var units = new String[rows.length];
    var sizes = new int[rows.length];
    var counts = new int[rows.length];
    Arrays.fill(units, unit);
    Arrays.fill(sizes, size);
    Arrays.fill(counts, permutations);

    try (var texts = ColumnVector.fromStrings(rows);
        var unitColumn = ColumnVector.fromStrings(units);
        var sizeColumn = ColumnVector.fromInts(sizes);
        var countColumn = ColumnVector.fromInts(counts);
        var signatures =
            columnar.evaluateColumnar(rows.length, texts, unitColumn, sizeColumn, countColumn);
        var host = signatures.copyToHost()) {
      assertThat(signatures.getType()).isEqualTo(DType.LIST);
      assertThat(signatures.getRowCount()).isEqualTo(rows.length);
      for (int row = 0; row < rows.length; row++) {
        var expected = cpu.call(rows[row], unit, size, permutations);
        var found = host.isNull(row) ? null : host.getList(row);
        assertThat(found)
            .as("row %d", row)
            .isEqualTo(expected == null ? null : Arrays.stream(expected).boxed().toList());
      }
    }
  }
}
