package org.millrace.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.rapids.cudf.ColumnVector;
import ai.rapids.cudf.Cuda;
import ai.rapids.cudf.DType;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.millrace.udf.AnswerKeyFunction;

/** CPU and GPU give the same keys; skipped where there is no GPU. */
class RapidsAnswerKeyITCase {

  private final RapidsAnswerKey columnar = new RapidsAnswerKey();

  @BeforeEach
  void needsGpu() {
    assumeTrue(Files.exists(Path.of("/dev/nvidiactl")), "no NVIDIA driver");
    assumeTrue(Cuda.isEnvCompatibleForTesting(), "no GPU that cuDF supports");
    assumeTrue(NativeLibrary.packed(), "built without nvcc");
  }

  @Test
  void keysAsTheCpus() {
    assertSameKeys(
        "", null, "$\\boxed{ 1,250.50 }$.", "New \t York", "-.50", "答案。", "x ".repeat(99));
  }

  @Test
  void batchesOfNothing() {
    assertSameKeys();
    assertSameKeys(null, null);
    assertSameKeys("", " . ");
  }

  private void assertSameKeys(String... rows) {
    var cpu = new AnswerKeyFunction();

    try (var answers = ColumnVector.fromStrings(rows);
        var keys = columnar.evaluateColumnar(rows.length, answers);
        var host = keys.copyToHost()) {
      assertThat(keys.getType()).isEqualTo(DType.STRING);
      assertThat(keys.getRowCount()).isEqualTo(rows.length);
      for (int row = 0; row < rows.length; row++) {
        assertThat(host.isNull(row) ? null : host.getJavaString(row))
            .as("row %d", row)
            .isEqualTo(cpu.call(rows[row]));
      }
    }
  }
}
