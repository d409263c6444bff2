package org.millrace.batch.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.github.jfasttext.JFastText;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.model.FastTextModel;

/** Steps that take a model of fastText; it is trained here, on three labels. */
class FastTextITCase {

  private static final Map<String, String> TEXTS =
      Map.of(
          "1", "the quiet harbour of the town",
          "2", "win the casino jackpot now",
          "3", "draft of a page to be written",
          "4", "the town and the jackpot and a draft");

  private static Path folder;
  private static Path model;
  private static Path input;

  @BeforeAll
  static void train() throws IOException {
    var system = System.getProperty("os.name") + " " + System.getProperty("os.arch");
    assumeTrue(
        !(system.contains("Linux") && system.contains("aarch64")),
        "fastText isn't made for " + system);
    folder = CorpusRun.folder("fasttext");
    var examples =
        Files.write(
            folder.resolve("examples.txt"),
            Collections.nCopies(
                30,
                """
                __label__good the quiet harbour of the old town
                __label__spam win the casino jackpot bonus now
                __label__draft draft of a page to be written\
                """));
    new JFastText()
        .runCmd(
            ("supervised -input %s -output %s -dim 8 -epoch 10 -lr 0.3 -thread 1 -bucket 100"
                    + " -verbose 0")
                .formatted(examples, folder.resolve("three"))
                .split(" "));
    model = folder.resolve("three.bin");
    var json = new ObjectMapper();
    var lines = new ArrayList<String>();
    for (var text : TEXTS.entrySet()) {
      lines.add(json.writeValueAsString(Map.of("doc_id", text.getKey(), "text", text.getValue())));
    }
    input = Files.write(folder.resolve("documents.jsonl"), lines);
  }

  private static CorpusRun filter(String output, String... more) {
    return CorpusRun.of(folder.resolve(output), List.of(input), options(more));
  }

  private static String[] options(String... more) {
    var options =
        new ArrayList<>(List.of("--steps", "filter", "--set", "filter.fasttext=" + model));
    options.addAll(List.of(more));
    return options.toArray(String[]::new);
  }

  @Test
  void aScoreIsTheProbabilityOfTheGoodLabelHoweverManyThereAre() {
    var run = filter("scores", "--set", "filter.rule=spam", "--set", "filter.limit=0");

    try (var loaded = FastTextModel.load(model)) {
      assertThat(run.dropped("02-filter"))
          .hasSize(4)
          .allSatisfy(
              row ->
                  assertThat(row.<Double>getAs("score"))
                      .isCloseTo(
                          loaded
                              .probability(TEXTS.get(row.<String>getAs("doc_id")), "good")
                              .getAsDouble(),
                          within(1e-12)));
    }
  }

  @Test
  void aWrongModelOrLabelIsOneLine() throws IOException {
    assertThat(filter("label", "--set", "filter.good-label=fine").error())
        .contains("filter.good-label")
        .contains("no label fine; it has: ");
    assertThat(filter("absent", "--set", "filter.fasttext=absent.bin").error())
        .endsWith("filter.fasttext: no such file: absent.bin");
    var broken = Files.writeString(folder.resolve("broken.bin"), "no model");
    assertThat(filter("broken", "--set", "filter.fasttext=" + broken).error())
        .contains("filter.fasttext: " + broken);
    assertThat(
            CorpusRun.of(
                    folder.resolve("language"),
                    List.of(input),
                    "--steps",
                    "language",
                    "--set",
                    "language.model=" + broken)
                .error())
        .contains("language.model: " + broken);
  }

  @Test
  void aModelOfLanguagesIsShared() {
    var run =
        CorpusRun.done(
            folder.resolve("labels"),
            List.of(input),
            "--steps",
            "language",
            "--set",
            "language.model=" + model,
            "--set",
            "language.keep=spam");

    assertThat(run.ids("01-language")).contains("2").doesNotContain("1", "3");
  }
}
