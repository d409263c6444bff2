package org.millrace.gpu;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.millrace.udf.Functions;
import org.millrace.udf.SqlFunction;

class RapidsFunctionsTest {

  @Test
  void theRegistryFindsTheColumnarVersions() {
    assertThat(Functions.all())
        .filteredOn(function -> function.udf() instanceof RapidsStepScore)
        .extracting(SqlFunction::name)
        .containsExactly("step_score");
  }

  @Test
  void aFunctionWithoutOneStaysAsItIs() {
    assertThat(new RapidsFunctions().columnar("pass_at_k")).isEmpty();
  }
}
