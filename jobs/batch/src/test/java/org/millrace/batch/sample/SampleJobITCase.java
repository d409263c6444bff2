package org.millrace.batch.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.batch.Command;
import org.millrace.batch.sample.engine.Puzzles;

class SampleJobITCase {

  private static final int PUZZLES = 40;
  private static final int N = 6;

  @TempDir private Path folder;
  private Path prompts;
  private Path output;

  @BeforeEach
  void writePrompts() throws IOException {
    prompts = folder.resolve("prompts.jsonl");
    output = folder.resolve("samples");
    Files.writeString(
        prompts,
        Puzzles.game24(PUZZLES, 7).stream()
            .map(
                puzzle ->
                    "{\"prompt_id\": \"%s\", \"prompt\": \"%s\", \"target\": \"24\"}\n"
                        .formatted(puzzle.id(), puzzle.prompt()))
            .collect(Collectors.joining()));
  }

  private Command sample(Path output, String... more) {
    var arguments =
        new ArrayList<>(
            List.of(
                "--input",
                prompts.toString(),
                "--output",
                output.toString(),
                "--n",
                Integer.toString(N),
                "--prompts-per-round",
                "15"));
    arguments.addAll(List.of(more));
    return Command.run(new SampleJob(), arguments.toArray(String[]::new));
  }

  private static List<String> rows(Path output) {
    return SparkSession.active()
        .read()
        .parquet(output.toString())
        .orderBy("prompt_id", "sample_index")
        .toJSON()
        .collectAsList();
  }

  @Test
  void asksForNAnswersOfEachPrompt() throws IOException {
    var command = sample(output);

    assertThat(command.status()).as(command.said()).isZero();
    assertThat(rows(output)).hasSize(PUZZLES * N).doesNotHaveDuplicates();
    var counts = Command.manifest(output).get("counts");
    assertThat(counts.get("answers").asLong()).isEqualTo(PUZZLES * N);
    assertThat(counts.get("failed").asLong()).isZero();
  }

  @Test
  void aRunThatWasCutShortGoesOnWithoutLossOrRepeat() throws IOException {
    sample(folder.resolve("whole"));
    sample(output);
    Kills.cutShort(output);

    var command = sample(output, "--mode", "resume");

    assertThat(command.status()).as(command.said()).isZero();
    assertThat(rows(output)).isEqualTo(rows(folder.resolve("whole")));
    assertThat(Command.manifest(output).get("counts").get("answers").asLong())
        .isBetween(1L, (long) PUZZLES * N - 1);
  }

  @Test
  void resumingWithOtherOptionsIsRefused() throws IOException {
    sample(output);
    Kills.cutShort(output);

    var command = sample(output, "--mode", "resume", "--seed", "43");

    assertThat(command.status()).isEqualTo(1);
    assertThat(command.said()).contains("other options or inputs").doesNotContain("Exception");
  }

  @Test
  void resumingADoneRunDoesNothing() throws IOException {
    sample(output);

    var command = sample(output, "--mode", "resume");

    assertThat(command.status()).isZero();
    assertThat(command.said()).contains("already done");
  }

  @Test
  void anOutputFolderWithSomethingInItIsRefused() throws IOException {
    Files.createDirectories(output);
    Files.writeString(output.resolve("mine.txt"), "keep me");

    assertThat(sample(output).status()).isEqualTo(1);
    assertThat(sample(output, "--mode", "overwrite").said()).contains("no run of ours wrote");
    assertThat(output.resolve("mine.txt")).hasContent("keep me");
  }

  @Test
  void aPromptThatTheEngineRejectsIsSetApartOnce() throws IOException {
    writeUnusablePrompts();

    var command = sample(output, "--n-per-call", "2");

    assertThat(command.status()).as(command.said()).isZero();
    assertThat(rows(output)).hasSize(PUZZLES * N);
    var manifest = Command.manifest(output);
    assertThat(manifest.get("quarantined").get("prompt rejected").asLong()).isEqualTo(1);
    assertThat(manifest.get("counts").get("failed").asLong()).isZero();
    assertThat(quarantine())
        .hasSize(2)
        .filteredOn(line -> line.contains("prompt rejected: prompt x is no Game of 24"))
        .singleElement()
        .asString()
        .contains("What is love?");
  }

  @Test
  void aResumedRunDoesNotAskARejectedPromptAgain() throws IOException {
    writeUnusablePrompts();
    sample(output);
    Kills.cutShort(output);
    markQuarantined("prompt x is no Game of 24", "the first run asked and x is no Game of 24");

    var command = sample(output, "--mode", "resume");

    assertThat(command.status()).as(command.said()).isZero();
    assertThat(rows(output)).hasSize(PUZZLES * N);
    assertThat(quarantine())
        .hasSize(2)
        .anyMatch(line -> line.contains("prompt rejected: the first run asked"))
        .anyMatch(line -> line.contains("no prompt"));
    var quarantined = Command.manifest(output).get("quarantined");
    assertThat(quarantined.get("prompt rejected").asLong()).isEqualTo(1);
    assertThat(quarantined.get("no prompt").asLong()).isEqualTo(1);
  }

  @Test
  void aResumedRunAsksAgainWhatFailedAndCountsItOnce() throws IOException {
    prompts = folder.resolve("short.jsonl");
    Files.writeString(prompts, "{\"prompt_id\": 1, \"text\": [\"a\", \"b\", \"c\", \"d\", \"e\"]}");
    sample(output, "--engine", "replay");

    var command = sample(output, "--engine", "replay", "--mode", "resume");

    assertThat(command.status()).isEqualTo(1);
    assertThat(command.said()).contains("1 answers failed");
    assertThat(quarantine()).singleElement().asString().contains("no answer: prompt 1 has 5");
  }

  @Test
  void whereEveryPromptIsRejectedTheReasonIsTold() throws IOException {
    prompts =
        Files.writeString(
            folder.resolve("odd.jsonl"), "{\"prompt_id\": \"x\", \"prompt\": \"What is love?\"}");

    var command = sample(output);

    assertThat(command.status()).isEqualTo(1);
    assertThat(command.said())
        .contains("no answer could be had, every prompt was rejected: prompt x is no Game of 24");
  }

  @Test
  void withoutAUsablePromptTheInputIsToBlame() throws IOException {
    prompts =
        Files.writeString(
            folder.resolve("bad.jsonl"), "{\"prompt_id\": \"\", \"prompt\": \"1 2 3 4\"}");

    var command = sample(output);

    assertThat(command.status()).isEqualTo(1);
    assertThat(command.said()).contains("no record could be used: no prompt_id");
  }

  /** Adds a prompt that the engine rejects and a record without a prompt. */
  private void writeUnusablePrompts() throws IOException {
    Files.writeString(
        prompts,
        "{\"prompt_id\": \"x\", \"prompt\": \"What is love?\"}\n{\"prompt_id\": \"y\"}\n",
        StandardOpenOption.APPEND);
  }

  private List<Path> quarantineFiles() throws IOException {
    try (var files = Files.list(output.resolve("_quarantine"))) {
      return files.filter(file -> file.toString().endsWith(".json")).toList();
    }
  }

  private List<String> quarantine() throws IOException {
    var lines = new ArrayList<String>();
    for (var file : quarantineFiles()) {
      lines.addAll(Files.readAllLines(file));
    }
    return lines;
  }

  private void markQuarantined(String text, String mark) throws IOException {
    for (var file : quarantineFiles()) {
      Files.writeString(file, Files.readString(file).replace(text, mark));
    }
  }

  @Test
  void replaysRecordedAnswers() throws IOException {
    var recorded = folder.resolve("recorded.jsonl");
    Files.writeString(
        recorded,
        """
        {"id": 1, "ys": ["a", "b", "c"]}
        {"id": 2, "ys": ["d", "e", "f"]}
        """);

    var command =
        Command.run(
            new SampleJob(),
            "--engine",
            "replay",
            "--n",
            "2",
            "--input",
            recorded.toString(),
            "--columns",
            "prompt_id=id,text=ys",
            "--output",
            output.toString());

    assertThat(command.status()).as(command.said()).isZero();
    assertThat(
            SparkSession.active()
                .read()
                .parquet(output.toString())
                .selectExpr("concat(prompt_id, ':', sample_index, ':', text) AS row")
                .orderBy("row")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly("1:0:a", "1:1:b", "2:0:d", "2:1:e");
  }
}
