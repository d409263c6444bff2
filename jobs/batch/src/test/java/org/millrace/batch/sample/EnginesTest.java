package org.millrace.batch.sample;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EnginesTest {

  @TempDir private Path folder;

  @Test
  void makesEveryEngineByName() throws IOException {
    var needed =
        Map.of(
            "openai", Map.of("model", "small"),
            "llama", Map.of("model", Files.createFile(folder.resolve("a.gguf")).toString()));
    assertThat(Engines.names()).containsExactly("llama", "openai", "replay", "search");
    for (String name : Engines.names()) {
      var options = needed.getOrDefault(name, Map.of());
      try (var engine = Engines.create(name, options, promptId -> List.of(), 1)) {
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
        .withMessage("no engine 'gpt'; there are llama, openai, replay, search");
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
