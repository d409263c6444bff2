package org.millrace.streaming.placement.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** One set of constants against what Holmes reports. */
class CalibrationTest {

  private static final double TOLERANCE = 0.05;
  private static final int[] NODES = {4, 6, 8};

  private static double samplesPerSecond(String kind, int nodes) {
    var half = nodes / 2;
    var pattern =
        switch (kind) {
          case "ib" -> "A".repeat(nodes);
          case "roce" -> "R".repeat(nodes);
          case "hybrid" -> "A".repeat(half) + "R".repeat(half);
          default -> "E".repeat(nodes);
        };
    return plan(Models.GPT_3_6B, pattern, 768, CostConstants.CALIBRATED).cost().samplesPerSecond();
  }

  private static Plan plan(ModelShape model, String pattern, int batch, CostConstants constants) {
    var request =
        Request.of("j", model, 8 * pattern.length(), batch, 4)
            .withSizes(1, 2)
            .withOptimizer(Request.Optimizer.OVERLAPPED);
    return Models.byName(Models.estate(pattern), request, constants);
  }

  @ParameterizedTest
  @CsvSource({
    "ib, 4, 99.23",
    "ib, 6, 142.09",
    "roce, 4, 80.54",
    "roce, 6, 114.15",
    "roce, 8, 145.64",
    "hybrid, 4, 74.91",
    "hybrid, 6, 97.84",
    "hybrid, 8, 112.46",
    "ethernet, 4, 61.32",
    "ethernet, 6, 74.98",
    "ethernet, 8, 83.38"
  })
  void group1(String kind, int nodes, double reported) {
    assertThat(samplesPerSecond(kind, nodes) / reported).isCloseTo(1, within(TOLERANCE));
  }

  /** It falls by a fifth from 48 to 64 GPUs where RoCE falls by a twenty-fifth: not fitted to. */
  @Test
  void infiniBandAt64IsReportedOutOfLine() {
    assertThat(samplesPerSecond("ib", 8) / 148.88).isBetween(1.1, 1.2);
  }

  @Test
  void fasterNetworksGiveMoreInEveryColumn() {
    for (int nodes : NODES) {
      assertThat(samplesPerSecond("ib", nodes)).isGreaterThan(samplesPerSecond("roce", nodes));
      assertThat(samplesPerSecond("roce", nodes)).isGreaterThan(samplesPerSecond("hybrid", nodes));
      assertThat(samplesPerSecond("hybrid", nodes))
          .isGreaterThan(samplesPerSecond("ethernet", nodes));
    }
  }

  @ParameterizedTest
  @CsvSource({"ib", "roce", "hybrid", "ethernet"})
  void aGpuDoesLessWithMoreNodes(String kind) {
    assertThat(samplesPerSecond(kind, 4) / 4).isGreaterThan(samplesPerSecond(kind, 6) / 6);
    assertThat(samplesPerSecond(kind, 6) / 6).isGreaterThan(samplesPerSecond(kind, 8) / 8);
  }

  @ParameterizedTest
  @CsvSource({"4, 0.755", "6, 0.689"})
  void hybridAgainstInfiniBand(int nodes, double reported) {
    assertThat(samplesPerSecond("hybrid", nodes) / samplesPerSecond("ib", nodes) / reported)
        .isCloseTo(1, within(0.1)); // two figures of 5 %
  }

  @ParameterizedTest
  @CsvSource({"4, 1.22", "6, 1.30", "8, 1.35"})
  void hybridAgainstEthernet(int nodes, double reported) {
    assertThat(samplesPerSecond("hybrid", nodes) / samplesPerSecond("ethernet", nodes) / reported)
        .isCloseTo(1, within(0.1));
  }

  /**
   * The others know one network for all groups, which between unlike clusters is Ethernet, and
   * equal stages; Holmes has the InfiniBand stages first. Megatron-LLaMA has the overlapped
   * optimizer; DeepSpeed shards parameters too, which moves half as much again. The batch is not
   * reported; 1536 is assumed.
   */
  @Test
  void figure6() {
    int batch = 1536;
    var holmes = plan(Models.GPT_7_5B, "AAAARRRR", batch, CostConstants.CALIBRATED).cost();
    var plain = Request.of("j", Models.GPT_7_5B, 64, batch, 4).withSizes(1, 2);
    var sockets = Models.estate("EEEEEEEE");

    var megatron = Models.byName(sockets, plain, CostConstants.CALIBRATED).cost();
    var llama = plan(Models.GPT_7_5B, "EEEEEEEE", batch, CostConstants.CALIBRATED).cost();
    var deepSpeed =
        Models.byName(sockets, plain, CostConstants.CALIBRATED.withDataVolume(1.5)).cost();

    assertThat(megatron.iterationSeconds() / holmes.iterationSeconds())
        .isBetween(1.37 * (1 - TOLERANCE), 1.40 * (1 + TOLERANCE));
    assertThat(llama.iterationSeconds() / holmes.iterationSeconds() / 1.14)
        .isCloseTo(1, within(TOLERANCE));
    assertThat(deepSpeed.iterationSeconds() / holmes.iterationSeconds())
        .isBetween(1.64 * (1 - TOLERANCE), 1.68 * (1 + TOLERANCE));
  }
}
