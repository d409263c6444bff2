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
import org.millrace.batch.inference.model.OnnxFile;
import org.millrace.batch.inference.model.WordTokens;

/** Reward models in verify, on tiny models that the test makes. */
class RewardModelITCase {

  // Tokens: ? 0, good 1, bad 2, # 3.
  private static final String WORDS = WordTokens.json("good", "bad", "#");
  private static final float LN3 = (float) Math.log(3);

  @TempDir private Path folder;

  private String outcome;
  private String process;
  private Path answers;

  @BeforeEach
  void write() throws IOException {
    outcome =
        OnnxFile.sums(new float[][] {{0}, {1}, {-1}, {0}})
            .write(folder.resolve("orm"), WORDS)
            .toString();
    process =
        OnnxFile.runningSums(new float[][] {{0, 0}, {0, LN3}, {LN3, 0}, {0, 0}})
            .write(folder.resolve("prm"), WORDS)
            .toString();
    answers =
        Files.writeString(
            folder.resolve("answers.jsonl"),
            """
            {"prompt_id": "p", "prompt": "q", "text": "good good", "answer": "7", "verdict": true, "score": 1}
            {"prompt_id": "p", "prompt": "q", "text": "good\\n\\nbad\\n\\nbad", "answer": "8", "verdict": false, "score": 0}
            {"prompt_id": "p", "prompt": "q", "text": null, "finish_reason": "error"}
            {"prompt_id": "p", "prompt": "q", "text": "", "verdict": "missing"}
            {"prompt_id": "p", "prompt": "q", "text": "bad bad bad bad bad bad bad bad bad"}
            {"prompt_id": "r", "prompt": null, "text": "good"}
            """);
  }

  private Command verify(String output, String... options) {
    var arguments =
        new ArrayList<>(
            List.of(
                "--verifier=reward-model",
                "--input=" + answers,
                "--output=" + folder.resolve(output)));
    for (var option : options) {
      arguments.add("--verifier-option");
      arguments.add(option);
    }
    return Command.run(new VerifyJob(), arguments.toArray(String[]::new));
  }

  private List<Row> rows(String output) {
    return SparkSession.active()
        .read()
        .parquet(folder.resolve(output).toString())
        .orderBy("prompt_id", "sample_index")
        .collectAsList();
  }

  @Test
  void anOutcomeModelScoresEachAnswerAndLeavesTheVerdict() throws IOException {
    var command = verify("scores", "model=" + outcome, "max-tokens=8");

    assertThat(command.said()).doesNotContain("reward-model needs");
    assertThat(command.status()).isZero();
    var rows = rows("scores");
    // The fifth is longer than 8 tokens, the last has no prompt.
    assertThat(rows)
        .extracting(row -> row.<Double>getAs("score"))
        .containsExactly(2.0, -1.0, null, 0.0);
    assertThat(rows)
        .extracting(row -> row.<String>getAs("verdict"))
        .containsExactly("correct", "incorrect", null, "missing");
    assertThat(rows)
        .extracting(row -> row.<String>getAs("answer"))
        .containsExactly("7", "8", null, null);
    assertThat(rows).extracting(row -> row.<String>getAs("verifier")).containsOnly("reward-model");
    var manifest = Command.manifest(folder.resolve("scores"));
    assertThat(manifest.at("/quarantined").toString())
        .contains("more than max-tokens 8 tokens")
        .contains("no prompt");
  }

  @Test
  void aLongAnswerMayBeCut() {
    var command = verify("cut", "model=" + outcome, "max-tokens=8", "too-long=cut");

    assertThat(command.status()).isZero();
    // A pair of q and nine words in 8 tokens: seven of the words.
    assertThat(rows("cut").get(4).<Double>getAs("score")).isEqualTo(-7);
  }

  @Test
  void aProcessModelScoresEachStepAndNoScoreThatWasThereStays() {
    var command = verify("steps", "model=" + process, "step-tag= # ");

    assertThat(command.status()).isZero();
    var rows = rows("steps");
    assertThat(rows).extracting(row -> row.<Double>getAs("score")).containsOnlyNulls();
    assertThat(rows.get(0).<Double>getList(9)).hasSize(1);
    assertThat(rows.get(0).<Double>getList(9).get(0)).isCloseTo(.9, within(1e-6));
    // Odds of good against bad: 3, 1, 1/3.
    var three = rows.get(1).<Double>getList(9);
    assertThat(three).hasSize(3);
    assertThat(three.get(0)).isCloseTo(.75, within(1e-6));
    assertThat(three.get(1)).isCloseTo(.5, within(1e-6));
    assertThat(three.get(2)).isCloseTo(.25, within(1e-6));
    assertThat(rows.get(2).isNullAt(9)).isTrue();
    assertThat(rows.get(3).<Double>getList(9)).isEmpty();
  }

  @Test
  void selectPicksByTheStepsInEachWay() throws IOException {
    answers =
        Files.writeString(
            folder.resolve("two.jsonl"),
            """
            {"prompt_id": "p", "prompt": "q", "text": "bad\\n\\ngood\\n\\ngood", "answer": "rises", "verdict": true}
            {"prompt_id": "p", "prompt": "q", "text": "good\\n\\ngood\\n\\nbad", "answer": "falls", "verdict": false}
            """);
    assertThat(verify("ways", "model=" + process, "step-tag= # ").status()).isZero();

    // Steps of the first: 1/4, 1/2, 3/4; of the second: 3/4, 9/10, 3/4.
    assertThat(best("last")).isEqualTo(.5);
    assertThat(best("min")).isZero();
    assertThat(best("mean")).isZero();
    assertThat(best("prod")).isZero();
  }

  private double best(String how) throws IOException {
    var output = folder.resolve("select-" + how);
    var command =
        Command.run(
            new SelectJob(),
            "--input=" + folder.resolve("ways"),
            "--output=" + output,
            "--step-aggregation=" + how,
            "--selectors=best-score",
            "--k=2");
    assertThat(command.status()).as(command.said()).isZero();
    return Command.curves(output).get("best-score").get(2);
  }

  @Test
  void scoresDontDependOnPartitions() throws IOException {
    var lines = new ArrayList<String>();
    for (int i = 0; i < 700; i++) {
      lines.add(
          "{\"prompt_id\": \"p%03d\", \"sample_index\": 0, \"prompt\": \"q\", \"text\": \"%s\"}"
              .formatted(i, "good ".repeat(i % 40) + "bad ".repeat(i % 17)));
    }
    answers = Files.write(folder.resolve("many.jsonl"), lines);
    assertThat(verify("one", "model=" + outcome).status()).isZero();
    var other = folder.resolve("parts");
    Files.createDirectories(other);
    for (int part = 0; part < 3; part++) {
      var kept = new ArrayList<String>();
      for (int i = part; i < lines.size(); i += 3) {
        kept.add(lines.get(i));
      }
      Files.write(other.resolve(part + ".jsonl"), kept);
    }
    answers = other;
    assertThat(verify("three", "model=" + outcome).status()).isZero();

    var scores = rows("one").stream().map(row -> row.<Double>getAs("score")).toList();
    assertThat(rows("three").stream().map(row -> row.<Double>getAs("score")).toList())
        .isEqualTo(scores);
    for (int i = 0; i < 700; i++) {
      assertThat(scores.get(i)).isEqualTo(i % 40 - i % 17);
    }
  }

  @Test
  void mistakesAreOneLineBeforeAnythingIsWritten() {
    assertThat(verify("x").said())
        .isEqualTo(
            "millrace verify: --verifier reward-model: reward-model needs the option model: a folder with an"
                + " .onnx file and tokenizer.json\n");
    assertThat(verify("x", "model=m", "stepp-tag=#").said())
        .contains("reward-model has no option 'stepp-tag'");
    assertThat(verify("x", "model=m", "labels=+,-").said()).contains("labels goes with step-tag");
    assertThat(verify("x", "model=m", "template={prompt}").said())
        .contains("a template has {text} once");
    assertThat(folder.resolve("x")).doesNotExist();
  }

  @Test
  void aModelThatCantDoItIsOneLine() {
    assertThat(verify("y", "model=" + folder + "/none").said())
        .contains(
            "--verifier-option model=%s/none: no folder with a model, and no .onnx file"
                .formatted(folder))
        .hasLineCount(1);
    assertThat(verify("z", "model=" + process, "template={text}").said())
        .contains("to score takes an output of (rows)")
        .hasLineCount(1);
  }
}
