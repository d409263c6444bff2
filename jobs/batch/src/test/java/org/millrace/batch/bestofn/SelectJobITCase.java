package org.millrace.batch.bestofn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.batch.Command;

class SelectJobITCase {

  @TempDir private Path folder;

  private Path scores(String lines) throws IOException {
    return Files.writeString(folder.resolve("scores.jsonl"), lines);
  }

  private Command select(Path input, String output, String... more) {
    var arguments =
        new ArrayList<>(
            List.of("--input", input.toString(), "--output", folder.resolve(output).toString()));
    arguments.addAll(List.of(more));
    return Command.run(new SelectJob(), arguments.toArray(String[]::new));
  }

  /** Long form, in random order, with scores that tie and answers that repeat. */
  private Path manySamples() throws IOException {
    var random = new Random(1);
    var lines = new ArrayList<String>();
    for (int prompt = 0; prompt < 60; prompt++) {
      int n = 1 + random.nextInt(20);
      for (int sample = 0; sample < n; sample++) {
        int answer = random.nextInt(4);
        lines.add(
            "{\"prompt_id\": \"p%d\", \"sample_index\": %d, \"answer\": \"a%d\", \"verdict\": %b, \"score\": %d, \"length\": %d}"
                .formatted(
                    prompt, sample, answer, answer == 0, random.nextInt(5), random.nextInt(9)));
      }
    }
    java.util.Collections.shuffle(lines, random);
    return scores(String.join("\n", lines));
  }

  @Test
  void resultsDontDependOnPartitioningOrOrder() throws IOException {
    var input = manySamples();
    var reversed = new ArrayList<>(Files.readAllLines(input));
    java.util.Collections.reverse(reversed);
    var other = Files.write(folder.resolve("reversed.jsonl"), reversed);

    var one = select(input, "one", "--conf", "spark.sql.shuffle.partitions=1");
    var many =
        select(
            other,
            "many",
            "--conf",
            "spark.sql.shuffle.partitions=8",
            "--conf",
            "spark.sql.files.maxPartitionBytes=4096",
            "--conf",
            "spark.sql.files.openCostInBytes=1");

    assertThat(one.status()).as(one.said()).isZero();
    assertThat(many.status()).as(many.said()).isZero();
    assertThat(folder.resolve("many/curves.csv"))
        .hasSameTextualContentAs(folder.resolve("one/curves.csv"));
    for (var table : List.of("laws", "fits", "parallel")) {
      assertThat(folder.resolve("many/analysis/" + table + ".csv"))
          .hasSameTextualContentAs(folder.resolve("one/analysis/" + table + ".csv"));
    }
    assertThat(selections("many")).isEqualTo(selections("one"));
  }

  private List<String> selections(String output) {
    return SparkSession.active()
        .read()
        .parquet(folder.resolve(output).resolve("selections").toString())
        .orderBy("prompt_id", "selector")
        .toJSON()
        .collectAsList();
  }

  @Test
  void choosesAmongAllSamples() throws IOException {
    var input =
        scores(
            """
            {"prompt_id": "p", "answer": ["x", "y", "y"], "verdict": [true, false, false], "score": [0.9, 0.3, 0.4], "length": [5, 2, 3]}
            """);

    var command =
        select(input, "best", "--selectors", "best-score,majority,weighted-majority,shortest");

    assertThat(command.status()).as(command.said()).isZero();
    assertThat(
            SparkSession.active()
                .read()
                .parquet(folder.resolve("best/selections").toString())
                .selectExpr(
                    "concat_ws(' ', selector, sample_index, answer, credit, tied) AS choice")
                .orderBy("choice")
                .collectAsList())
        .extracting(row -> row.getString(0))
        .containsExactly(
            "best-score 0 x 1.0 1",
            "majority 1 y 0.0 1",
            "shortest 1 y 0.0 1",
            "weighted-majority 0 x 1.0 1");
  }

  @Test
  void whatAVoteCostsIsMeasuredInTokens() throws IOException {
    // Of 4 votes 120 tokens, of 2 votes 60: 30 a vote. 10, 20 and 30 an answer: 20.
    var input =
        scores(
            """
            {"prompt_id": "p", "answer": ["x", "y", "y"], "verdict": [true, false, false], "votes": ["YYYY", "NN", null], "completion_tokens": [10, 20, 30], "verifier_tokens": [120, 60, null]}
            """);

    var command = select(input, "best");

    assertThat(command.status()).as(command.said()).isZero();
    assertThat(Files.readString(folder.resolve("best/report.html")))
        .contains("Lambda is 1.5 (measured: 30.0 a vote by 20.0 an answer, tokens).");
    assertThat(Files.readAllLines(folder.resolve("best/analysis/compute.csv")))
        .contains("verified,2,1,5.0,1.0,true", "verified,2,4,14.0,1.0,false");
    // Of all two-subsets of 10, 20 and 30 tokens: longest 20, 30, 30, shortest 10, 10, 20.
    assertThat(parallel("best"))
        .contains(
            "all,2,26.666667,40.000000,tokens,1,0",
            "all,3,30.000000,60.000000,tokens,1,0",
            "short-1,2,13.333333,26.666667,tokens,1,0",
            "short-1,3,10.000000,30.000000,tokens,1,0");
  }

  @Test
  void theAnalysisIsThereAsFunctionsOnTables() throws IOException {
    var input = manySamples();
    var verified =
        Command.run(
            new VerifyJob(),
            "--verifier",
            "column",
            "--input",
            input.toString(),
            "--output",
            folder.resolve("scores").toString());
    var selected = select(folder.resolve("scores"), "best", "--k", "1,2,4,8", "--short-m", "1,3");
    assertThat(verified.status()).as(verified.said()).isZero();
    assertThat(selected.status()).as(selected.said()).isZero();
    var spark = SparkSession.active();
    var curves = spark.read().parquet(folder.resolve("best/curves").toString());
    var scores = spark.read().parquet(folder.resolve("scores").toString());

    var laws = BestOfN.laws(curves, 8).collectAsList();
    var parallel =
        BestOfN.parallel(scores, SelectOptions.defaults(List.of(1, 2, 4, 8))).collectAsList();

    assertThat(laws)
        .extracting(row -> row.getAs("selector") + " " + row.getAs("law") + " " + row.getAs("rms"))
        .isEqualTo(
            Files.readAllLines(folder.resolve("best/analysis/laws.csv")).stream()
                .skip(1)
                .map(line -> line.split(",", -1))
                .map(cells -> cells[0] + " " + cells[1] + " " + cells[6])
                .toList());
    assertThat(parallel)
        .extracting(
            row ->
                "%s,%s,%.6f,%.6f,%s,%s,%s"
                    .formatted(
                        row.get(0),
                        row.get(1),
                        row.get(2),
                        row.get(3),
                        row.get(4),
                        row.get(5),
                        row.get(6)))
        .isEqualTo(parallel("best"))
        .hasSize(12);
    assertThat(BestOfN.equalCompute(curves, 1).isEmpty()).isTrue();
  }

  /** Lines of the account, rounded, without the accuracy. */
  private List<String> parallel(String output) throws IOException {
    var file = folder.resolve(output).resolve("analysis/parallel.csv");
    return Files.readAllLines(file).stream()
        .skip(1)
        .map(line -> line.split(",", -1))
        .map(
            cells ->
                "%s,%s,%.6f,%.6f,%s,%s,%s"
                    .formatted(
                        cells[0],
                        cells[1],
                        Double.valueOf(cells[2]),
                        Double.valueOf(cells[3]),
                        cells[4],
                        cells[5],
                        cells[6]))
        .toList();
  }

  @Test
  void whatTheInputHasNoDataForIsLeftOut() throws IOException {
    var input =
        scores("{\"prompt_id\": \"p\", \"answer\": [\"x\", \"y\"], \"verdict\": [true, false]}\n");

    var command = select(input, "best");

    assertThat(command.status()).as(command.said()).isZero();
    assertThat(folder.resolve("best/analysis")).doesNotExist();
    assertThat(Files.readString(folder.resolve("best/report.html")))
        .doesNotContain("<section id=\"compute\"")
        .doesNotContain("<section id=\"latency\"")
        .doesNotContain("<section id=\"laws\"");
  }

  @Test
  void lambdaWithoutVotesIsAnError() throws IOException {
    var input = scores("{\"prompt_id\": \"p\", \"text\": [\"a\"], \"verdict\": [true]}\n");

    var command = select(input, "best", "--lambda", "2");

    assertThat(command.status()).isEqualTo(1);
    assertThat(command.said()).contains("--lambda: the input has no votes");
  }

  @Test
  void withoutVerdictsThereAreChoicesButNoCurves() throws IOException {
    var input = scores("{\"prompt_id\": \"p\", \"votes\": [[7, 8], [9, 6], [9, null]]}\n");

    var command = select(input, "best");

    assertThat(command.status()).as(command.said()).isZero();
    assertThat(command.said()).contains("no verdicts in the input: pass left out");
    assertThat(folder.resolve("best/curves.csv")).hasContent("selector,k,value,stderr,prompts");
    assertThat(selections("best")).hasSize(1).first().asString().contains("\"sample_index\":2");
  }

  @Test
  void aSampleWithoutVerdictIsLeftOutAndCounted() throws IOException {
    var input =
        scores(
            """
            {"prompt_id": "p", "sample_index": 0, "text": "a", "verdict": "correct"}
            {"prompt_id": "p", "sample_index": 1, "text": "b", "verdict": "incorrect"}
            {"prompt_id": "p", "sample_index": 2, "text": "c", "verdict": null}
            """);

    var command = select(input, "best", "--selectors", "pass");

    assertThat(command.status()).as(command.said()).isZero();
    assertThat(Command.curves(folder.resolve("best")).get("pass")).containsEntry(1, .5).hasSize(2);
    assertThat(
            Command.manifest(folder.resolve("best"))
                .get("counts")
                .get("samples_without_verdict")
                .asLong())
        .isEqualTo(1);
  }

  @Test
  void raggedPromptsAreDroppedClippedOrPadded() throws IOException {
    var input =
        scores(
            """
            {"prompt_id": "two", "text": ["a", "b"], "verdict": [1, 0]}
            {"prompt_id": "four", "text": ["a", "b", "c", "d"], "verdict": [1, 0, 0, 0]}
            """);

    for (var ragged : List.of("drop", "clip", "pad")) {
      var command = select(input, ragged, "--selectors", "pass", "--k", "1,4", "--ragged", ragged);
      assertThat(command.status()).as(command.said()).isZero();
    }

    var pass = "pass";
    // k=1: 1/2 and 1/4; padded to four, 1/4 and 1/4.
    assertThat(Command.curves(folder.resolve("drop")).get(pass))
        .containsEntry(1, .375)
        .containsEntry(4, 1.0);
    assertThat(Command.curves(folder.resolve("clip")).get(pass))
        .containsEntry(1, .375)
        .containsEntry(4, 1.0);
    assertThat(Command.curves(folder.resolve("pad")).get(pass).get(1))
        .isCloseTo(.25, within(1e-12));
    assertThat(Files.readString(folder.resolve("drop/curves.csv"))).contains("pass,4,1.0,0.0,1");
    assertThat(Files.readString(folder.resolve("clip/curves.csv"))).contains("pass,4,1.0,0.0,2");
  }

  @Test
  void jsonLinesAndCsvComeBackIn() throws IOException {
    var input = manySamples();
    for (var format : List.of("jsonl", "csv", "parquet")) {
      var verified =
          Command.run(
              new VerifyJob(),
              "--verifier",
              "column",
              "--input",
              input.toString(),
              "--output",
              folder.resolve("scores-" + format).toString(),
              "--output-format",
              format);
      assertThat(verified.status()).as(verified.said()).isZero();
      var selected = select(folder.resolve("scores-" + format), "best-" + format);
      assertThat(selected.status()).as(selected.said()).isZero();
    }

    assertThat(folder.resolve("best-jsonl/curves.csv"))
        .hasSameTextualContentAs(folder.resolve("best-parquet/curves.csv"));
    assertThat(folder.resolve("best-csv/curves.csv"))
        .hasSameTextualContentAs(folder.resolve("best-parquet/curves.csv"));
  }

  @Test
  void badUsageIsOneLineAndStatusTwo() throws IOException {
    var input = manySamples();

    var unknown = select(input, "best", "--selectors", "best");
    var zero = select(input, "best", "--k", "0");

    assertThat(unknown.status()).isEqualTo(2);
    assertThat(unknown.said()).contains("no selector 'best'; there are all, pass").hasLineCount(1);
    assertThat(zero.status()).isEqualTo(2);
    assertThat(zero.said()).contains("--k 0: must be at least 1").hasLineCount(1);
  }

  @Test
  void aSelectorWithoutItsDataIsAnErrorIfAskedForByName() throws IOException {
    var input = scores("{\"prompt_id\": \"p\", \"text\": [\"a\"], \"verdict\": [true]}\n");

    var command = select(input, "best", "--selectors", "best-score");

    assertThat(command.status()).isEqualTo(1);
    assertThat(command.said().lines().filter(line -> line.startsWith("millrace")))
        .singleElement()
        .asString()
        .contains("the input has no scores");
  }
}
