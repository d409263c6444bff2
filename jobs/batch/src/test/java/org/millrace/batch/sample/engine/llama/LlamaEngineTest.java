package org.millrace.batch.sample.engine.llama;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.batch.sample.engine.Answer;
import org.millrace.batch.sample.engine.FinishReason;
import org.millrace.batch.sample.engine.Parameters;
import org.millrace.batch.sample.engine.Request;
import org.millrace.batch.sample.engine.RetryPolicy;
import org.millrace.batch.sample.engine.Sampler;

/** The engine with a real model, where {@code MILLRACE_TEST_GGUF} names one. */
class LlamaEngineTest {

  private static final String MODEL = System.getenv("MILLRACE_TEST_GGUF");

  @TempDir private Path folder;

  private static List<Answer> sampled(double temperature, int maxTokens, int n, String... more) {
    return sampled("The capital of France is", temperature, maxTokens, n, more);
  }

  private static List<Answer> sampled(
      String prompt, double temperature, int maxTokens, int n, String... more) {
    assumeTrue(MODEL != null && !MODEL.isEmpty(), "MILLRACE_TEST_GGUF names no model");
    var options = new HashMap<>(Map.of("model", MODEL, "sequences", "2", "context", "512"));
    for (int i = 0; i < more.length; i += 2) {
      options.put(more[i], more[i + 1]);
    }
    var request = new Request("p", prompt, 0, n, new Parameters(temperature, 1, maxTokens, 42));
    try (var sampler =
        new Sampler(new LlamaEngine(options), List.of(request).iterator(), RetryPolicy.NEVER)) {
      return sampler.next().answers();
    }
  }

  @Test
  void aRealModelAnswers() {
    var answers = sampled(0, 8, 1, "api", "completions");

    assertThat(answers.get(0).text()).isNotBlank();
    assertThat(answers.get(0).text())
        .isEqualTo(sampled(0, 8, 1, "api", "completions").get(0).text());
    assertThat(answers.get(0).finishReason()).isEqualTo(FinishReason.LENGTH);
    assertThat(answers.get(0).completionTokens()).isEqualTo(8);
    assertThat(answers.get(0).promptTokens()).isBetween(5L, 7L);
  }

  @Test
  void answersOfAPromptDiffer() {
    var answers = sampled(1, 24, 4);

    assertThat(answers).extracting(Answer::sampleIndex).containsExactly(0, 1, 2, 3);
    assertThat(answers.stream().map(Answer::text).distinct().count()).isGreaterThan(1);
    assertThat(answers).allSatisfy(a -> assertThat(a.completionTokens()).isBetween(0L, 24L));
  }

  @Test
  void inAChatTheModelReadsThePrompt() {
    var plain = sampled(0, 8, 1, "api", "completions").get(0);
    var chat = sampled(0, 8, 1).get(0);
    // Of which even a model that has seen no chat repeats a part.
    var other = sampled("What is 2 + 2?", 0, 8, 1).get(0);

    assertThat(chat.text()).isNotEqualTo(other.text());
    // The template is read too.
    assertThat(chat.promptTokens()).isGreaterThan(plain.promptTokens());
  }

  @Test
  void whatIsStoppedCountsWhatItHasTaken() throws Exception {
    assumeTrue(MODEL != null && !MODEL.isEmpty(), "MILLRACE_TEST_GGUF names no model");
    var request =
        new Request("p", "The capital of France is", 0, 2, new Parameters(1, 1, 100_000, 42));

    try (var engine =
        new LlamaEngine(Map.of("model", MODEL, "sequences", "1", "api", "completions"))) {
      var answers = engine.sample(request).toCompletableFuture();
      engine.cancel(request);

      assertThat(answers.get(60, TimeUnit.SECONDS))
          .extracting(Answer::finishReason)
          .containsOnly(FinishReason.CANCELLED);
      assertThat(answers.get().get(0).completionTokens()).isLessThan(100_000);
      // The second had not begun.
      assertThat(answers.get().get(1)).isEqualTo(Answer.cancelled(1, 0L, 0L));
    }
  }

  @Test
  void whatIsNoModelIsAnErrorThatIsNotTriedAgain() throws IOException {
    var file = Files.writeString(folder.resolve("no.gguf"), "no model");
    var request = new Request("p", "Hello", 0, 2, Parameters.DEFAULT);

    try (var sampler =
        new Sampler(
            new LlamaEngine(Map.of("model", file.toString())),
            List.of(request).iterator(),
            RetryPolicy.DEFAULT)) {
      assertThat(sampler.next().answers())
          .extracting(Answer::finishReason)
          .containsOnly(FinishReason.ERROR);
    }
  }

  @Test
  void optionsThatAreWrongAreNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LlamaEngine(Map.of("model", "absent.gguf")))
        .withMessageContaining("there is no file 'absent.gguf'");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> new LlamaEngine(Map.of()))
        .withMessageContaining("model=FILE");
  }
}
