package org.millrace.batch.bestofn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.batch.Command;

/** How sure a model was of its answers, as verify scores it and select uses it. */
class ConfidenceITCase {

  @TempDir private Path folder;
  private Path answers;

  @BeforeEach
  void write() throws IOException {
    answers =
        Files.writeString(
            folder.resolve("answers.jsonl"),
            """
            {"prompt_id": "p", "text": "a", "answer": "x", "verdict": true, "token_confidences": [4, 4, 1, 1, 4, 4]}
            {"prompt_id": "p", "text": "b", "answer": "y", "verdict": false, "token_confidences": [2, 2]}
            {"prompt_id": "p", "text": "c", "answer": "y", "verdict": false, "token_confidences": [2.1]}
            {"prompt_id": "p", "text": "d", "answer": "y", "verdict": false}
            """);
  }

  private List<Row> verified(String... more) {
    var output = folder.resolve("scores");
    var arguments =
        new ArrayList<>(
            List.of(
                "--verifier=confidence",
                "--verifier-option=window=2",
                "--input=" + answers,
                "--output=" + output));
    arguments.addAll(List.of(more));
    var command = Command.run(new VerifyJob(), arguments.toArray(String[]::new));
    assertThat(command.status()).as(command.said()).isZero();
    return SparkSession.active()
        .read()
        .parquet(output.toString())
        .orderBy("prompt_id", "sample_index")
        .collectAsList();
  }

  @Test
  void everyScoreHasItsColumn() {
    var rows = verified("--verifier-option=top-logprobs=2");

    var first = rows.get(0);
    assertThat(first.<Double>getAs("confidence_lowest_group")).isEqualTo(1);
    assertThat(first.<Double>getAs("confidence_bottom10")).isEqualTo(1);
    assertThat(first.<Double>getAs("confidence_tail")).isEqualTo(4);
    assertThat(first.<Double>getAs("confidence_mean")).isEqualTo(3);
    assertThat(first.<Double>getAs("self_certainty")).isCloseTo(3 - Math.log(2), within(1e-12));
    assertThat(first.<Double>getAs("score")).isEqualTo(1);
    assertThat(rows)
        .extracting(row -> row.<Double>getAs("confidence_mean"))
        .containsExactly(3.0, 2.0, 2.1, null);
    assertThat(rows)
        .extracting(row -> row.<String>getAs("verdict"))
        .containsExactly("correct", "incorrect", "incorrect", "incorrect");
  }

  @Test
  void selfCertaintyIsKnownOnlyIfSomebodySaysOfWhat() throws IOException {
    assertThat(verified())
        .extracting(row -> row.<Double>getAs("self_certainty"))
        .containsOnlyNulls();

    answers =
        Files.writeString(
            folder.resolve("told.jsonl"),
            """
            {"prompt_id": "p", "text": "a", "self_certainty": 17.5}
            {"prompt_id": "p", "text": "b", "self_certainty": "NaN"}
            """);

    assertThat(verified("--mode=overwrite"))
        .extracting(row -> row.<Double>getAs("score"))
        .containsExactly(17.5, null);
  }

  @Test
  void selectHearsTheSurest() throws IOException {
    verified("--verifier-option=score=mean");

    // All of weight 3, 2, 2.1: y has 4.1. Of the top third of three only x is left.
    assertThat(credit("score", "weighted-majority")).isZero();
    assertThat(credit("score", "filtered-majority", "--top-share=0.33")).isEqualTo(1);
    assertThat(credit("confidence_tail", "filtered-majority")).isEqualTo(1);
    assertThat(credit("confidence_lowest_group", "filtered-majority")).isZero();
    // Ranks 3, 1, 2: sqrt 3 against 1 + sqrt 2.
    assertThat(credit("confidence_mean", "borda")).isZero();
    assertThat(credit("confidence_mean", "borda", "--borda-power=3")).isEqualTo(1);
  }

  private double credit(String score, String selector, String... more) throws IOException {
    var output = folder.resolve("best");
    var arguments =
        new ArrayList<>(
            List.of(
                "--input=" + folder.resolve("scores"),
                "--output=" + output,
                "--columns=score=" + score,
                "--selectors=" + selector,
                "--k=4",
                "--mode=overwrite"));
    arguments.addAll(List.of(more));
    var command = Command.run(new SelectJob(), arguments.toArray(String[]::new));
    assertThat(command.status()).as(command.said()).isZero();
    return Command.curves(output).get(selector).get(4);
  }
}
