package org.millrace.kernel.strategy.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** Sampled answers of {@code ../shared/data/bestofn}; skipped without them. */
class SharedThoughtsTest {

  private static Path folder() {
    var root = Path.of("").toAbsolutePath();
    while (root != null && !Files.isDirectory(root.resolve("../shared/data"))) {
      root = root.getParent();
    }
    assumeTrue(root != null, "../shared/data is not here");
    return root.resolve("../shared/data/bestofn");
  }

  private static List<String> texts(String name, String field) throws IOException {
    var texts = new ArrayList<String>();
    try (var bytes = Files.newInputStream(folder().resolve(name));
        var plain = name.endsWith(".gz") ? new GZIPInputStream(bytes) : bytes) {
      for (var line : new String(plain.readAllBytes(), "UTF-8").lines().toList()) {
        new ObjectMapper().readTree(line).get(field).forEach(text -> texts.add(text.asText()));
      }
    }
    return texts;
  }

  @Test
  void everyLineOfAPuzzlesAnswerWithAnEquationIsAStep() throws IOException {
    var texts = texts("game24_cot_100x100.jsonl", "ys");

    assertThat(texts).hasSize(10_000);
    for (var text : texts) {
      long equations = text.lines().filter(line -> line.matches(".*\\d = -?\\d.*left.*")).count();
      assertThat(
              ThoughtSteps.split(text).stream()
                  .filter(step -> step.matches(".*\\d = -?\\d.*left.*"))
                  .count())
          .as(text)
          .isEqualTo(equations);
    }
  }

  @Test
  void proseIsCutIntoAFewStepsThatKeepAllLettersAndFormulas() throws IOException {
    var texts = texts("math100_x8_orm.jsonl.gz", "text");

    assertThat(texts).hasSize(800);
    for (var text : texts) {
      var steps = ThoughtSteps.split(text);
      assertThat(steps).as(text).hasSizeBetween(1, 200);
      assertThat(String.join("", steps).replaceAll("[^\\p{L}=]", "").length())
          .as(text)
          .isGreaterThan(text.replaceAll("[^\\p{L}=]", "").length() * 9 / 10);
    }
  }
}
