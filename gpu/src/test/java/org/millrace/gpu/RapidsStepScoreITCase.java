package org.millrace.gpu;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.rapids.cudf.ColumnVector;
import ai.rapids.cudf.Cuda;
import ai.rapids.cudf.DType;
import ai.rapids.cudf.HostColumnVector.BasicType;
import ai.rapids.cudf.HostColumnVector.ListType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.kernel.bestofn.StepScores;
import org.millrace.udf.StepScore;
import scala.jdk.javaapi.CollectionConverters;

/** CPU and GPU give the same step scores; skipped where there is no GPU. */
class RapidsStepScoreITCase {

  /** Lists of no, one and several steps, a null list, null and NaN steps. */
  private static final List<List<Double>> STEPS =
      Arrays.asList(
          List.of(),
          List.of(0.25),
          List.of(0.99609375, 0.796875, 0.70703125, 0.81640625, 0.0952148438),
          null,
          List.of(0.0, 1.0),
          Arrays.asList(0.5, null),
          Arrays.asList(null, 0.5),
          List.of(0.5, Double.NaN, 0.75),
          List.of(1.0, 1.0, 1.0));

  private final RapidsStepScore columnar = new RapidsStepScore();

  @BeforeEach
  void needsGpu() {
    // The first look loads all of cuDF, which is slow to unpack: not where there is no driver.
    assumeTrue(Files.exists(Path.of("/dev/nvidiactl")), "no NVIDIA driver");
    assumeTrue(Cuda.isEnvCompatibleForTesting(), "no GPU that cuDF supports");
  }

  @ParameterizedTest
  @ValueSource(strings = {"last", "min", "prod", "mean", "MEAN"})
  void scoresAsTheCpuDoes(String rule) {
    var rules = new String[STEPS.size()];
    Arrays.fill(rules, rule);

    assertSameScores(STEPS, rules);
  }

  @Test
  void scoresEachRowByItsOwnRule() {
    var rules = new String[] {"min", "prod", "mean", "last", null, "last", "last", "min", "mean"};

    assertSameScores(STEPS, rules);
  }

  @ParameterizedTest
  @EnumSource(StepScores.class)
  void scoresABatchWithoutAnyStep(StepScores rule) {
    assertSameScores(List.of(List.of()), new String[] {rule.name()});
  }

  @Test
  void scoresABatchWithoutRows() {
    assertSameScores(List.of(), new String[0]);
  }

  @Test
  void refusesAnUnknownRule() {
    try (var steps = lists(List.of(List.of(0.5)));
        var rules = ColumnVector.fromStrings("median")) {
      assertThatThrownBy(() -> columnar.evaluateColumnar(1, steps, rules))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessage("step_score: 1 rows have a rule that is none of last, min, prod, mean");
    }
  }

  private void assertSameScores(List<List<Double>> steps, String[] rules) {
    var expected = onCpu(steps, rules);

    try (var lists = lists(steps);
        var names = ColumnVector.fromStrings(rules);
        var scores = columnar.evaluateColumnar(rules.length, lists, names);
        var host = scores.copyToHost()) {
      assertThat(scores.getType()).isEqualTo(DType.FLOAT64);
      assertThat(scores.getRowCount()).isEqualTo(rules.length);
      for (int row = 0; row < rules.length; row++) {
        var score = host.isNull(row) ? null : host.getDouble(row);
        var wanted = expected.get(row);
        if (wanted == null || wanted.isNaN()) {
          assertThat(score).as("row %d", row).isEqualTo(wanted);
        } else {
          assertThat(score).as("row %d", row).isCloseTo(wanted, within(1e-15));
        }
      }
    }
  }

  private static List<Double> onCpu(List<List<Double>> steps, String[] rules) {
    var cpu = new StepScore();
    var scores = new ArrayList<Double>();
    for (int row = 0; row < rules.length; row++) {
      var list = steps.get(row);
      scores.add(
          cpu.call(list == null ? null : CollectionConverters.asScala(list).toSeq(), rules[row]));
    }
    return scores;
  }

  @SuppressWarnings("unchecked")
  private static ColumnVector lists(List<List<Double>> rows) {
    var type = new ListType(true, new BasicType(true, DType.FLOAT64));
    return ColumnVector.fromLists(type, (List<Double>[]) rows.toArray(new List<?>[0]));
  }
}
