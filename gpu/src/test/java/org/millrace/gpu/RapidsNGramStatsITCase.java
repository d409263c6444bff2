package org.millrace.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.rapids.cudf.ColumnVector;
import ai.rapids.cudf.Cuda;
import ai.rapids.cudf.DType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.clean.Ratio;
import org.millrace.udf.NGramStats;

/** CPU and GPU give the same ratios; skipped where there is no GPU. */
class RapidsNGramStatsITCase {

  private final RapidsNGramStats columnar = new RapidsNGramStats();

  @BeforeEach
  void needsGpu() {
    assumeTrue(Files.exists(Path.of("/dev/nvidiactl")), "no NVIDIA driver");
    assumeTrue(Cuda.isEnvCompatibleForTesting(), "no GPU that cuDF supports");
    assumeTrue(NativeLibrary.packed(), "built without nvcc");
  }

  @Test
  void ratiosAsTheCpus() {
    assertSameRatios(
        "", null, "a b a b", "line\nline\n\n盘古\n\n盘古", "…# 12", "the same words ".repeat(50_000));
  }

  @Test
  void ratiosOfMoreRowsThanAreReadAtOnce() {
    assertSameRatios(
        IntStream.range(0, 40_000)
            .mapToObj(i -> "row %d of some, row %d of many".formatted(i, i % 3).repeat(i % 7))
            .toArray(String[]::new));
  }

  @Test
  void batchesOfNothing() {
    assertSameRatios();
    assertSameRatios(null, null);
    assertSameRatios("", "");
  }

  private void assertSameRatios(String... rows) {
    var cpu = new NGramStats();

    try (var texts = ColumnVector.fromStrings(rows);
        var ratios = columnar.evaluateColumnar(rows.length, texts);
        var host = ratios.copyToHost()) {
      assertThat(ratios.getType()).isEqualTo(DType.STRUCT);
      assertThat(ratios.getRowCount()).isEqualTo(rows.length);
      for (int row = 0; row < rows.length; row++) {
        assertThat(host.isNull(row)).isEqualTo(rows[row] == null);
        if (rows[row] != null) {
          var expected = cpu.call(rows[row]);
          for (var ratio : Ratio.values()) {
            assertThat(host.getStruct(row).getField(ratio.ordinal()))
                .as("%s of row %d", ratio, row)
                .isEqualTo(expected.get(ratio.ordinal()));
          }
        }
      }
    }
  }
}
