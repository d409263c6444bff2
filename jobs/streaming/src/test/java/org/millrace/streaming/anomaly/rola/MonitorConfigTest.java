package org.millrace.streaming.anomaly.rola;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.LinkedHashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;

class MonitorConfigTest {

  private static final Filter UP = new Filter(Direction.UP, 0, 0);

  @Test
  void equalConfigurationsHaveEqualTexts() {
    Map<String, Filter> forth = new LinkedHashMap<>();
    Map<String, Filter> back = new LinkedHashMap<>();
    for (int j = 0; j < 20; j++) {
      forth.put("v" + j, UP);
      back.put("v" + (19 - j), UP);
    }
    var config = MonitorConfig.guarded();

    assertThat(config.withFilters(UP, forth).canonical())
        .isEqualTo(config.withFilters(UP, back).canonical())
        .isNotEqualTo(config.canonical());
  }

  @Test
  void aVariableHasItsOwnFilterOrThatOfAll() {
    var config = MonitorConfig.guarded().withFilters(Filter.NONE, Map.of("temperature", UP));

    assertThat(config.filterOf("temperature")).isEqualTo(UP);
    assertThat(config.filterOf("salinity")).isEqualTo(Filter.NONE);
  }

  @Test
  void aBandIsNotNegative() {
    assertThatThrownBy(() -> new Filter(Direction.BOTH, -1, 0))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("A band is negative or NaN");
  }
}
