package org.millrace.batch.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class EnginesTest {

  @Test
  void makesEveryEngineByName() {
    assertThat(Engines.names()).containsExactly("openai", "replay", "search");
    for (String name : Engines.names()) {
      var options = Map.of("model", "small");
      var own = name.equals("openai") ? options : Map.<String, String>of();
      try (var engine = Engines.create(name, own, promptId -> List.of(), 1)) {
        assertThat(engine.name()).isEqualTo(name);
        assertThat(engine.version()).isNotBlank();
      }
    }
  }

  @Test
  void passesTheEffortOn() {
    try (var engine = Engines.create("search", Map.of("effort", "12"))) {
      assertThat(engine.version()).isEqualTo("1-effort12");
    }
  }

  @Test
  void refusesWhatItDoesNotKnow() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Engines.create("gpt", Map.of()))
        .withMessage("no engine 'gpt'; there are openai, replay, search");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Engines.create("search", Map.of("efort", "1")))
        .withMessage("engine search has no option 'efort'; it has effort");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Engines.create("search", Map.of("effort", "much")))
        .withMessage("effort is no whole number: 'much'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Engines.create("replay", Map.of()))
        .withMessage("engine replay needs recordings");
  }
}
