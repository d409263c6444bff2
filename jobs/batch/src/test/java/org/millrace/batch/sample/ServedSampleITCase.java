package org.millrace.batch.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.batch.Command;

/** Sampling from a server, which counts what it sells: budgets, policies, growth, journal. */
class ServedSampleITCase {

  private static final int PROMPTS = 30;

  @TempDir private Path folder;
  private Path prompts;
  private Path output;
  private StubServer server;

  @BeforeEach
  void start() throws IOException {
    prompts = folder.resolve("prompts.jsonl");
    output = folder.resolve("samples");
    Files.writeString(
        prompts,
        IntStream.range(0, PROMPTS)
            .mapToObj(
                i -> "{\"prompt_id\": \"p%d\", \"prompt\": \"question %d\"}\n".formatted(i, i))
            .collect(Collectors.joining()));
    // Of prompts with an even number all answers agree, of the others no two in a row.
    server =
        new StubServer(
            1, (prompt, had) -> prompt.matches(".*[02468]") ? "It is 7." : "It is " + had + ".");
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Command sample(String... more) {
    var arguments =
        new ArrayList<>(
            List.of(
                "--input",
                prompts.toString(),
                "--output",
                output.toString(),
                "--engine",
                "openai",
                "--engine-option",
                "model=stub",
                "--engine-option",
                "url=" + server.url(),
                "--max-tokens",
                "5",
                "--n-per-call",
                "4",
                "--prompts-per-round",
                "20"));
    arguments.addAll(List.of(more));
    return Command.run(new SampleJob(), arguments.toArray(String[]::new));
  }

  private List<Row> rows() {
    return SparkSession.active()
        .read()
        .parquet(output.toString())
        .orderBy("prompt_id", "sample_index")
        .collectAsList();
  }

  private long count(String name) throws IOException {
    return Command.manifest(output).get("counts").get(name).asLong();
  }

  @Test
  void everyAnswerIsBoughtOnceAndItsTokensAreCounted() throws IOException {
    var command = sample("--n", "6", "--price-prompt", "2", "--price-completion", "10");

    assertThat(command.status()).as(command.said()).isZero();
    assertThat(rows()).hasSize(PROMPTS * 6);
    assertThat(server.sold()).isEqualTo(PROMPTS * 6);
    assertThat(count("calls")).isEqualTo(server.calls()).isEqualTo(PROMPTS * 2);
    assertThat(count("prompt_tokens")).isEqualTo(PROMPTS * 2 * 10);
    assertThat(count("completion_tokens")).isEqualTo(PROMPTS * 6 * 5);
    assertThat(command.said()).contains("for 0.01");
    assertThat(output.resolve(Journal.FOLDER)).doesNotExist();
    assertThat(command.said() + Files.readString(output.resolve("_millrace.json")))
        .doesNotContain("Bearer");
  }

  @Test
  void moreAnswersBuyTheNewOnesOnly() throws IOException {
    sample("--n", "2");

    var more = sample("--n", "5", "--mode", "resume");
    var same = sample("--n", "5", "--mode", "resume", "--engine-option", "concurrency=3");

    assertThat(more.status()).as(more.said()).isZero();
    assertThat(rows())
        .hasSize(PROMPTS * 5)
        .extracting(row -> row.getAs("prompt_id") + " " + row.getAs("sample_index"))
        .doesNotHaveDuplicates();
    assertThat(server.sold()).isEqualTo(PROMPTS * 5);
    assertThat(count("answers")).isEqualTo(PROMPTS * 3);
    assertThat(count("answers_in_all")).isEqualTo(PROMPTS * 5);
    assertThat(same.said()).contains("already done");
  }

  @Test
  void adaptiveConsistencyStopsWhereAnswersAgree() throws IOException {
    var command = sample("--policy", "adaptive", "--verifier", "number", "--n", "10");

    assertThat(command.status()).as(command.said()).isZero();
    for (int i = 0; i < PROMPTS; i++) {
      assertThat(server.sold("question " + i)).as("%d", i).isEqualTo(i % 2 == 0 ? 4 : 10);
    }
    assertThat(rows()).hasSize(PROMPTS / 2 * 14);
  }

  @Test
  void ofARaceTheFirstThatEndAreKeptAndTheOthersStopped() throws IOException {
    server.close();
    // All but the first three calls of a prompt would take an hour.
    server =
        new StubServer(
            (prompt, calls) -> calls < 3 ? 1 : 3_600_000, (prompt, had) -> "It is " + had + ".");

    var command = sample("--policy", "short-m", "--policy-option", "m=3", "--n", "8");

    assertThat(command.status()).as(command.said()).isZero();
    assertThat(rows())
        .hasSize(PROMPTS * 3)
        .extracting(row -> row.getAs("prompt_id") + " " + row.getAs("sample_index"))
        .doesNotHaveDuplicates();
    for (int i = 0; i < PROMPTS; i++) {
      assertThat(server.sold("question " + i)).isEqualTo(3);
    }
    // Some are stopped before the server has heard of them.
    assertThat(count("cancelled")).isEqualTo(count("calls") - PROMPTS * 3).isPositive();
    assertThat(count("failed")).isZero();
    assertThat(server.calls()).isLessThanOrEqualTo(PROMPTS * 8);
  }

  @Test
  void aRaceThatWasCutShortGoesOnToTheSameNumber() throws IOException {
    sample("--policy", "short-m", "--policy-option", "m=2", "--n", "4");
    Kills.cutShort(output);

    var command =
        sample("--policy", "short-m", "--policy-option", "m=2", "--n", "4", "--mode", "resume");

    assertThat(command.status()).as(command.said()).isZero();
    assertThat(rows())
        .hasSize(PROMPTS * 2)
        .extracting(row -> row.getAs("prompt_id") + " " + row.getAs("sample_index"))
        .doesNotHaveDuplicates();
    assertThat(count("answers")).isBetween(1L, PROMPTS * 2L - 1);
  }

  @Test
  void aPlanIsLearnedOfACalibrationSplit() throws IOException {
    // Answers to even questions always agree; the others are right somewhat less than every second
    // time, and wrong in ever new ways.
    var random = new Random(3);
    var lines = new StringBuilder();
    for (int p = 0; p < 40; p++) {
      for (int i = 0; i < 16; i++) {
        boolean right = p % 2 == 0 || random.nextDouble() < .45;
        lines.append(
            "{\"prompt_id\": \"c%d\", \"sample_index\": %d, \"answer\": \"%s\", \"verdict\": \"%s\"}%n"
                .formatted(
                    p, i, right ? "7" : String.valueOf(100 + i), right ? "correct" : "incorrect"));
      }
    }
    var calibration = Files.writeString(folder.resolve("calibration.jsonl"), lines);

    var command =
        sample(
            "--policy",
            "compute-optimal",
            "--policy-option",
            "calibration=" + calibration,
            "--policy-option",
            "budget=7",
            "--verifier",
            "number",
            "--n",
            "16");

    assertThat(command.status()).as(command.said()).isZero();
    assertThat(command.said())
        .contains("compute-optimal within 7.0 answers, by agreement, learned of 40 prompts")
        .contains("4 of 4 agree")
        .contains("all alike, two-fold");
    assertThat(output.resolve("_plan.csv")).content().contains("\"4 of 4 agree\"");
    for (int i = 0; i < PROMPTS; i += 2) {
      assertThat(server.sold("question " + i)).as("%d", i).isEqualTo(4);
    }
    var more = Integer.parseInt(plan("1 of 4 agree").split(",")[2]);
    for (int i = 1; i < PROMPTS; i += 2) {
      assertThat(server.sold("question " + i)).as("%d", i).isEqualTo(more);
    }
  }

  private String plan(String difficulty) throws IOException {
    return Files.readAllLines(output.resolve("_plan.csv")).stream()
        .filter(line -> line.contains(difficulty))
        .findFirst()
        .orElseThrow();
  }

  @Test
  void whereNoAnswerCanBeHadTheReasonIsTold() throws IOException {
    server.close();

    var command = sample("--n", "4", "--engine-option", "timeout-seconds=5");

    assertThat(command.status()).isEqualTo(1);
    assertThat(command.said())
        .contains("no answer could be had: openai failed after 5 attempts: no server listens at")
        .contains("start it, or name another by --engine-option url=…; --mode resume asks again")
        .doesNotContain("no record could be used")
        .doesNotContain("bad records");
    assertThat(count("failed")).isEqualTo(PROMPTS * 4);
  }

  @Test
  void aDryRunAsksForNothing() {
    var command =
        sample("--n", "6", "--dry-run", "--price-prompt", "1", "--price-completion", "10000");

    assertThat(command.status()).as(command.said()).isZero();
    assertThat(command.said())
        .contains("180 answers to 30 prompts in 60 calls")
        .contains("at most 900 to write")
        .contains("costs at most 9.00");
    assertThat(server.calls()).isZero();
    assertThat(output).doesNotExist();
  }

  @Test
  void aBudgetIsNeverPassedAndCanBeRaised() throws IOException {
    var command = sample("--n", "4", "--budget-tokens", "600");

    assertThat(command.status()).isEqualTo(1);
    assertThat(command.said()).contains("the budget ends here");
    assertThat(count("prompt_tokens") + count("completion_tokens")).isBetween(300L, 600L);
    assertThat(rows()).hasSize((int) server.sold());

    var raised = sample("--n", "4", "--budget-tokens", "100000", "--mode", "resume");

    assertThat(raised.status()).as(raised.said()).isZero();
    assertThat(server.sold()).isEqualTo(PROMPTS * 4);
    assertThat(rows()).hasSize(PROMPTS * 4);
  }

  @Test
  void aBudgetOfCallsHolds() {
    var command = sample("--n", "4", "--budget-calls", "12");

    assertThat(command.status()).isEqualTo(1);
    assertThat(server.calls()).isBetween(1L, 12L);
  }

  @Test
  void aRunGoesOnWithWhatTheJournalHas() throws IOException {
    sample("--n", "2");
    var journal = Files.createDirectories(output.resolve(Journal.FOLDER));
    Files.writeString(
        journal.resolve("0-0-a-000000.jsonl"),
        """
        {"prompt_id":"p1","sample_index":2,"text":"noted","finish_reason":"stop",\
        "prompt_tokens":null,"completion_tokens":null,"latency_ms":1,"engine":"openai",\
        "engine_version":"stub","reasoning":null}
        {"prompt_id":"p1","sample_index":0,"text":"written already","finish_reason":"stop",\
        "prompt_tokens":null,"completion_tokens":null,"latency_ms":1,"engine":"openai",\
        "engine_version":"stub","reasoning":null}
        {"prompt_id":"p2","sample_index":2,"te""");

    var command = sample("--n", "3", "--mode", "resume");

    assertThat(command.status()).as(command.said()).isZero();
    assertThat(server.sold()).isEqualTo(PROMPTS * 3 - 1);
    assertThat(rows())
        .hasSize(PROMPTS * 3)
        .filteredOn(row -> row.getAs("prompt_id").equals("p1"))
        .extracting(row -> row.<String>getAs("text"))
        .contains("noted")
        .doesNotContain("written already");
  }
}
