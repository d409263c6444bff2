package org.millrace.batch.sample.engine;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class ReplayEngineTest {

  @Test
  void replaysTheTextsAskedFor() {
    var engine = ReplayEngine.ofTexts(Map.of("p", List.of("a", "b", "c"))::get);

    assertThat(sample(engine, "p", 1, 2)).containsExactly(Answer.of(1, "b"), Answer.of(2, "c"));
  }

  @Test
  void failsWhatWasNotRecorded() {
    var engine = ReplayEngine.ofTexts(Map.of("p", List.of("a", "b"))::get);

    assertThat(sample(engine, "p", 1, 2))
        .containsExactly(
            Answer.of(1, "b"),
            Answer.failed(
                2,
                "prompt p has 2 recorded answers, none at sample index 2; ask for fewer samples"));
    assertThat(sample(engine, "q", 0, 1).get(0).error())
        .startsWith("prompt q has 0 recorded answers, none at sample index 0");
  }

  @Test
  void keepsCountsFailuresAndGapsOfRecordedAnswers() {
    var cut = new Answer(3, "cut", FinishReason.LENGTH, 5L, 7L, 11L, null);
    var failed = Answer.failed(0, "HTTP 500");
    var engine = new ReplayEngine(promptId -> List.of(cut, failed));

    assertThat(sample(engine, "p", 3, 1)).containsExactly(cut);
    assertThat(sample(engine, "p", 0, 1)).containsExactly(failed);
    assertThat(sample(engine, "p", 1, 1).get(0).finishReason()).isEqualTo(FinishReason.ERROR);
  }

  @Test
  void takesANullTextForARecordedFailure() {
    var engine = ReplayEngine.ofTexts(promptId -> Arrays.asList("a", null));

    assertThat(sample(engine, "p", 1, 1))
        .containsExactly(Answer.failed(1, "recorded without a text"));
  }

  private static List<Answer> sample(ReplayEngine engine, String promptId, int first, int n) {
    return engine
        .sample(new Request(promptId, "?", first, n, Parameters.DEFAULT))
        .toCompletableFuture()
        .join();
  }
}
