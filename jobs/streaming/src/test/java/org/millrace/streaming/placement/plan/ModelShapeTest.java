package org.millrace.streaming.placement.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ModelShapeTest {

  @Test
  void parametersAndOperationsAreThoseOfTheModelsOfThePaper() {
    assertThat(Models.GPT_3_6B.parameters(1)).isCloseTo(3.559e9, within(0.5e6));
    assertThat(Models.GPT_3_6B.flopsPerSample(1)).isCloseTo(6.3746e13, within(0.5e9));
    assertThat(Models.GPT_7_5B.parameters(1)).isCloseTo(7.464e9, within(0.5e6));
    assertThat(Models.GPT_7_5B.flopsPerSample(1)).isCloseTo(1.3117e14, within(0.5e10));
    assertThat(Models.GPT_39_1B.parameters(8)).isCloseTo(3.910e10, within(0.5e7));
    assertThat(Models.GPT_39_1B.flopsPerSample(8)).isCloseTo(6.6486e14, within(0.5e10));
  }

  @Test
  void theVocabularyIsPaddedForTheTensorParallelSize() {
    assertThat(Models.GPT_3_6B.paddedVocabulary(1)).isEqualTo(50304);
    assertThat(Models.GPT_39_1B.paddedVocabulary(8)).isEqualTo(51200);
  }

  @ParameterizedTest
  @CsvSource({
    "32, 99.23, 197", "48, 142.09, 188", "64, 148.88, 148", "32, 80.54, 160", "48, 114.15, 151",
    "64, 145.64, 145", "32, 74.91, 149", "48, 97.84, 129", "64, 112.46, 112", "32, 61.32, 122",
    "48, 74.98, 99", "64, 83.38, 83"
  })
  void throughputAndOperationsOfGroup1AreOneStatement(int gpus, double samples, int tflops) {
    double each = samples * Models.GPT_3_6B.flopsPerSample(1) / gpus / 1e12;

    assertThat((int) Math.floor(each)).isEqualTo(tflops);
  }
}
