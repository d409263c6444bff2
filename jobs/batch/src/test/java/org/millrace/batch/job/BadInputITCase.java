package org.millrace.batch.job;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.batch.Command;
import org.millrace.batch.bestofn.SelectJob;
import org.millrace.batch.bestofn.VerifyJob;

/** What can't be used is set apart with its reason and place, or stops the job with one line. */
class BadInputITCase {

  private static final String GOOD =
      "{\"prompt_id\": \"good\", \"sample_index\": 0, \"answer\": \"a\", \"verdict\": true,"
          + " \"score\": 0.5, \"step_scores\": [0.5], \"votes\": [1], \"length\": 3}";

  @TempDir private Path folder;

  private Path output() {
    return folder.resolve("out");
  }

  private Command verify(Path input, String... more) {
    var arguments =
        new ArrayList<>(
            List.of(
                "--verifier",
                "column",
                "--input",
                input.toString(),
                "--output",
                output().toString()));
    arguments.addAll(List.of(more));
    return Command.run(new VerifyJob(), arguments.toArray(String[]::new));
  }

  private List<JsonNode> quarantined() throws IOException {
    var json = new ObjectMapper();
    var records = new ArrayList<JsonNode>();
    try (var files = Files.list(output().resolve("_quarantine"))) {
      for (var file : files.filter(name -> name.toString().endsWith(".json")).toList()) {
        for (var line : Files.readAllLines(file)) {
          records.add(json.readTree(line));
        }
      }
    }
    return records;
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"prompt_id\": \"p\", \"sample_index\": 1, \"verd                       | not valid JSON",
        "[1, 2]                                                                  | not a JSON object",
        "\"text\"                                                                | not a JSON object",
        "{\"sample_index\": 1, \"verdict\": true}                                | no prompt_id",
        "{\"prompt_id\": \" \", \"sample_index\": 1, \"verdict\": true}          | no prompt_id",
        "{\"prompt_id\": \"p\", \"verdict\": true}                               | no sample_index",
        "{\"prompt_id\": \"p\", \"sample_index\": -1, \"verdict\": true}         | sample_index is not",
        "{\"prompt_id\": \"p\", \"sample_index\": 1.5, \"verdict\": true}        | sample_index is not",
        "{\"prompt_id\": \"p\", \"sample_index\": 1, \"verdict\": \"perhaps\"}   | verdict is not",
        "{\"prompt_id\": \"p\", \"sample_index\": 1, \"verdict\": 1.5}           | verdict is not",
        "{\"prompt_id\": \"p\", \"sample_index\": 1, \"step_scores\": [\"x\"]}   | step_scores is not",
        "{\"prompt_id\": \"p\", \"sample_index\": 1, \"length\": -3}             | length is not",
        "{\"prompt_id\": \"good\", \"sample_index\": 0, \"verdict\": false}      | duplicate key",
      })
  void oneBadRecordIsSetApartWithItsReasonAndLine(String record, String reason) throws IOException {
    var input =
        Files.writeString(folder.resolve("scores.jsonl"), GOOD + "\n\n" + record.strip() + "\n");

    var command = verify(input);

    assertThat(command.status()).as(command.said()).isZero();
    assertThat(command.said()).contains("1 bad records moved to").doesNotContain("\tat ");
    assertThat(quarantined()).hasSize(1);
    var bad = quarantined().get(0);
    assertThat(bad.get("reason").asText()).startsWith(reason);
    assertThat(bad.get("line").asLong()).isEqualTo(3);
    assertThat(bad.get("file").asText()).endsWith("scores.jsonl");
    var counts = Command.manifest(output()).get("counts");
    assertThat(counts.get("records_in").asLong()).isEqualTo(2);
    assertThat(counts.get("samples").asLong()).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"\"high\"", "\"NaN\"", "NaN", "1e999", "[0.5]"})
  void aScoreThatIsNoNumberIsNoneAndItsVerdictStays(String score) throws IOException {
    var input = folder.resolve("scores.jsonl");
    Files.writeString(
        input,
        """
        {"prompt_id": "p", "sample_index": 0, "verdict": true, "score": 0.5, "votes": [1]}
        {"prompt_id": "p", "sample_index": 1, "verdict": false, "score": %s, "votes": [0]}
        """
            .formatted(score));

    var command = verify(input);
    var scores = SparkSession.active().read().parquet(output().toString()).orderBy("sample_index");
    var selected = select(output(), "pass,best-score", folder.resolve("best"));

    assertThat(command.status()).as(command.said()).isZero();
    assertThat(command.said()).containsOnlyOnce("1 scores are no finite numbers");
    assertThat(output().resolve("_quarantine")).doesNotExist();
    var counts = Command.manifest(output()).get("counts");
    assertThat(counts.get("scores_not_a_number").asLong()).isEqualTo(1);
    assertThat(counts.get("samples").asLong()).isEqualTo(2);
    assertThat(scores.select("verdict", "score", "votes").toJSON().collectAsList())
        .containsExactly(
            "{\"verdict\":\"correct\",\"score\":0.5,\"votes\":[1.0]}",
            "{\"verdict\":\"incorrect\",\"votes\":[0.0]}");
    assertThat(selected.status()).as(selected.said()).isZero();
    // One of two samples is right.
    assertThat(Command.curves(folder.resolve("best")).get("pass")).containsEntry(1, 0.5);
  }

  @Test
  void selectCountsTheScoresThatAreNoNumbers() throws IOException {
    var input =
        Files.writeString(
            folder.resolve("scores.csv"),
            "prompt_id,sample_index,verdict,score\np,0,1,0.5\np,1,0,NaN\np,2,maybe,NaN\n");

    var command = select(input, "pass,best-score", output());

    assertThat(command.status()).as(command.said()).isZero();
    assertThat(command.said()).containsOnlyOnce("1 scores are no finite numbers");
    var counts = Command.manifest(output()).get("counts");
    assertThat(counts.get("scores_not_a_number").asLong()).isEqualTo(1);
    assertThat(counts.get("records_in").asLong()).isEqualTo(3);
    assertThat(counts.get("samples").asLong()).isEqualTo(2);
    assertThat(quarantined()).singleElement().asString().contains("verdict is not");
    assertThat(Command.curves(output()).get("pass")).containsEntry(1, 0.5);
    assertThat(Command.curves(output()).get("best-score")).containsEntry(1, 1.0);
  }

  private static Command select(Path input, String selectors, Path output) {
    return Command.run(
        new SelectJob(),
        "--input",
        input.toString(),
        "--output",
        output.toString(),
        "--selectors",
        selectors);
  }

  @Test
  void onErrorFailStopsAtAScoreThatIsNoNumber() throws IOException {
    var input = Files.writeString(folder.resolve("scores.jsonl"), GOOD.replace("0.5,", "\"NaN\","));

    var command = verify(input, "--on-error", "fail");

    assertThat(command.status()).isEqualTo(1);
    assertThat(command.said())
        .contains("--on-error fail: score is not a finite number")
        .hasLineCount(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "{\"prompt_id\": \"p\", \"answer\": [\"a\", \"b\"], \"verdict\": [true]} | arrays of unequal length",
        "{\"prompt_id\": \"p\", \"answer\": [], \"verdict\": []}                 | empty array",
        "{\"prompt_id\": \"p\", \"verdict\": [true]}                             | no array",
      })
  void arraysThatDoNotRunInParallel(String record, String reason) throws IOException {
    var good = "{\"prompt_id\": \"good\", \"answer\": [\"a\", \"b\"], \"verdict\": [true, false]}";
    var input = Files.writeString(folder.resolve("scores.jsonl"), good + "\n" + record.strip());

    var command = verify(input);

    assertThat(command.status()).as(command.said()).isZero();
    assertThat(quarantined()).hasSize(1);
    assertThat(quarantined().get(0).get("reason").asText()).startsWith(reason);
    assertThat(Command.manifest(output()).get("counts").get("samples").asLong()).isEqualTo(2);
  }

  @Test
  void bytesThatAreNoUtf8() throws IOException {
    var bytes =
        (GOOD + "\n" + GOOD.replace("good", "b\u00e9d")).getBytes(StandardCharsets.ISO_8859_1);
    var input = Files.write(folder.resolve("scores.jsonl"), bytes);

    var command = verify(input);

    assertThat(command.status()).as(command.said()).isZero();
    assertThat(quarantined()).hasSize(1);
    assertThat(quarantined().get(0).get("reason").asText()).isEqualTo("not UTF-8");
  }

  @Test
  void aRowOfAnotherLengthThanTheHeader() throws IOException {
    var input =
        Files.writeString(
            folder.resolve("scores.csv"),
            "prompt_id,sample_index,verdict\np,0,1\np,1\np,2,0,9\np,3,\"0\np,4,0\n");

    var command = verify(input);

    assertThat(command.status()).as(command.said()).isZero();
    assertThat(quarantined())
        .extracting(bad -> bad.get("line").asLong() + " " + bad.get("reason").asText())
        .containsExactlyInAnyOrder(
            "3 another number of fields than the header: expected 3",
            "4 another number of fields than the header: expected 3",
            "5 a quoted field goes over the end of the line");
  }

  @Test
  void onErrorFailStopsAtTheFirst() throws IOException {
    var input = Files.writeString(folder.resolve("scores.jsonl"), GOOD + "\n{\"prompt_id\": 1\n");

    var command = verify(input, "--on-error", "fail");

    assertThat(command.status()).isEqualTo(1);
    assertThat(command.said()).contains("--on-error fail: not valid JSON").hasLineCount(1);
    assertThat(Command.manifest(output()).get("status").asText()).isEqualTo("failed");
  }

  @Test
  void aCutOffArchiveIsOneLine() throws IOException {
    var whole = folder.resolve("whole.jsonl.gz");
    try (var out = new GZIPOutputStream(Files.newOutputStream(whole))) {
      for (int i = 0; i < 5000; i++) {
        out.write(
            (GOOD.replace("\"sample_index\": 0", "\"sample_index\": " + i) + "\n")
                .getBytes(StandardCharsets.UTF_8));
      }
    }
    var bytes = Files.readAllBytes(whole);
    var cut =
        Files.write(
            folder.resolve("cut.jsonl.gz"), java.util.Arrays.copyOf(bytes, bytes.length / 2));

    var command = verify(cut);

    assertThat(command.status()).isEqualTo(1);
    assertThat(command.said()).contains("cut.jsonl.gz", "cut off?").doesNotContain("\tat ");
    assertThat(command.said().lines().filter(line -> line.startsWith("millrace"))).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "empty.jsonl     | ''            | no records in it",
        "header.csv      | ''            | not even a header",
        "text.jsonl      | plain text    | none of the first 1 lines is a JSON object",
        "other.jsonl     | '{\"id\": 1}' | has no column prompt_id",
        "unknown.txt     | x             | unknown.txt",
      })
  void whatIsNoInputAtAllIsOneLine(String name, String content, String message) throws IOException {
    var input = Files.writeString(folder.resolve(name.strip()), content);

    var command = verify(input);

    assertThat(command.status()).isNotZero();
    assertThat(command.said()).contains(message).hasLineCount(1);
  }

  @Test
  void aLineOfAHundredMegabytesIsReadOrSetApart() throws IOException {
    var input = folder.resolve("long.jsonl");
    try (var out = Files.newBufferedWriter(input)) {
      out.write(
          GOOD
              + "\n{\"prompt_id\": \"long\", \"sample_index\": 0, \"verdict\": true, \"text\": \"");
      var chunk = "x".repeat(1 << 20);
      for (int i = 0; i < 100; i++) {
        out.write(chunk);
      }
      out.write("\"}\n");
      out.write(GOOD.replace("good", "after"));
    }

    var command = select(input, "pass", output());

    assertThat(command.status()).as(command.said()).isZero();
    var counts = Command.manifest(output()).get("counts");
    assertThat(counts.get("records_in").asLong()).isEqualTo(3);
    assertThat(counts.get("samples").asLong()).isEqualTo(3);
  }
}
