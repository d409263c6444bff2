package org.millrace.streaming.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.command.UserError;
import org.millrace.streaming.placement.plan.CostConstants;

class ConstantsJsonTest {

  @Test
  void whatIsNotNamedIsCalibrated() {
    var constants = ConstantsJson.parse("c.json", "{\"gpuTflops\": 300}");

    assertThat(constants.gpuTflops()).isEqualTo(300);
    assertThat(constants.ibEfficiency()).isEqualTo(CostConstants.CALIBRATED.ibEfficiency());
    assertThat(ConstantsJson.parse("c.json", ConstantsJson.write(constants))).isEqualTo(constants);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "{\"gpuTflop\": 300} | no constant gpuTflop; there are gpuTflops,",
        "{\"gpuTflops\": \"x\"} | gpuTflops is \"x\"; give a number",
        "{\"gpuTflops\": -1} | gpuTflops is not positive",
        "[] | give a JSON object",
        "{ | Unexpected end"
      })
  void mistakesAreNamed(String text, String message) {
    assertThatThrownBy(() -> ConstantsJson.parse("c.json", text))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("c.json: ")
        .hasMessageContaining(message);
  }
}
