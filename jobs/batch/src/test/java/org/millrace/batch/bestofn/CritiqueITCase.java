package org.millrace.batch.bestofn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.millrace.batch.bestofn.JudgeServer.text;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.batch.Command;
import org.millrace.batch.SharedData;
import org.millrace.batch.inference.model.OnnxFile;
import org.millrace.batch.inference.model.WordTokens;

/** Critiques that rate all answers to a prompt, through an engine. */
class CritiqueITCase {

  private static final Pattern RESPONSE = Pattern.compile("Response \\d+:\\nworth (\\d+)");

  @TempDir private Path folder;

  private Command verify(Path answers, String... more) {
    var arguments =
        new ArrayList<>(
            List.of(
                "--verifier=critique",
                "--input=" + answers,
                "--output=" + folder.resolve("scores")));
    arguments.addAll(List.of(more));
    return Command.run(new VerifyJob(), arguments.toArray(String[]::new));
  }

  private List<Row> rows() {
    return SparkSession.active()
        .read()
        .parquet(folder.resolve("scores").toString())
        .orderBy("prompt_id", "sample_index")
        .collectAsList();
  }

  private static List<Double> ratings(Row row) {
    return row.getList(row.fieldIndex("ratings"));
  }

  private Path answers() throws IOException {
    return Files.writeString(
        folder.resolve("answers.jsonl"),
        """
        {"prompt_id": "p", "prompt": "Which?", "text": "worth 3", "verdict": false}
        {"prompt_id": "p", "prompt": "Which?", "text": "worth 9", "verdict": true}
        {"prompt_id": "p", "prompt": "Which?", "text": "", "verdict": "missing"}
        {"prompt_id": "p", "prompt": "Which?", "text": "worth 5", "verdict": false}
        """);
  }

  /** A judge that rates each response by what it says, in the order in which it was shown them. */
  private static String honest(String prompt) {
    var ratings = new ArrayList<String>();
    var matcher = RESPONSE.matcher(prompt);
    while (matcher.find()) {
      ratings.add(matcher.group(1));
    }
    return "I see.\nScores: " + String.join(", ", ratings);
  }

  private static String[] openai(JudgeServer server, String... more) {
    var arguments =
        new ArrayList<>(
            List.of(
                "--engine=openai",
                "--engine-option=model=judge",
                "--engine-option=url=" + server.url()));
    arguments.addAll(List.of(more));
    return arguments.toArray(String[]::new);
  }

  @Test
  void everyCritiqueIsShownAnOrderOfItsOwnAndItsRatingsFindTheirAnswers() throws IOException {
    try (var server = new JudgeServer((prompt, index) -> text(honest(prompt)))) {
      var command = verify(answers(), openai(server, "--verifier-option=critiques=12"));

      assertThat(command.status()).as(command.said()).isZero();
      assertThat(new HashSet<>(server.asked())).hasSizeBetween(2, 6);
      assertThat(server.asked()).hasSize(12).allMatch(prompt -> prompt.contains("Which?"));
      var rows = rows();
      assertThat(rows)
          .extracting(row -> row.<Double>getAs("score"))
          .containsExactly(36.0, 108.0, null, 60.0);
      assertThat(ratings(rows.get(1))).hasSize(12).containsOnly(9.0);
      assertThat(rows.get(2).isNullAt(rows.get(2).fieldIndex("ratings"))).isTrue();
      assertThat(rows)
          .extracting(row -> row.<String>getAs("verdict"))
          .containsExactly("incorrect", "correct", "missing", "incorrect");
      // What the critiques of the prompt took, once.
      assertThat(rows)
          .extracting(row -> row.<Long>getAs("verifier_tokens"))
          .containsExactly(60L, 0L, null, 0L);
    }
  }

  @Test
  void theEngineSaysWhichCritiquesCount() throws IOException {
    var answers = answers();
    // A critique that is shown the best answer before the worst is mad; who rates the critiques
    // sees it.
    try (var server =
        new JudgeServer(
            (prompt, index) -> {
              if (prompt.contains("The reviewer wrote")) {
                return text(prompt.contains("I see.") ? "Score: 9" : "Score: 2");
              }
              int first = prompt.indexOf("worth 3");
              return text(first < prompt.indexOf("worth 9") ? honest(prompt) : "Scores: 1, 1, 10");
            })) {
      var command =
          verify(
              answers,
              openai(
                  server,
                  "--verifier-option=critiques=12",
                  "--verifier-option=meta=engine",
                  "--verifier-option=k-meta=2"));

      assertThat(command.status()).as(command.said()).isZero();
      assertThat(server.asked()).hasSize(24);
      assertThat(rows())
          .extracting(row -> row.<Double>getAs("score"))
          .containsExactly(6.0, 18.0, null, 10.0);

      var all = verify(answers, openai(server, "--verifier-option=critiques=12", "--mode=resume"));

      assertThat(all.status()).as(all.said()).isZero();
      assertThat(server.asked()).as("nothing is bought twice").hasSize(24);
      assertThat(rows().get(0).<Double>getAs("score")).isNotEqualTo(6.0);
    }
  }

  @Test
  void aModelMaySayWhichCritiquesCount() throws IOException {
    var model =
        OnnxFile.sums(new float[][] {{0}, {1}, {-1}, {0}})
            .write(folder.resolve("meta"), WordTokens.json("good", "bad", "#"));
    var answers =
        Files.writeString(
            folder.resolve("recorded.jsonl"),
            """
            {"prompt_id": "p", "prompt": "q", "text": ["a", "b"], "critiques": ["good good Scores: 7, 6", "bad Scores: 5, 8", "good Scores: 8, 7", "bad bad Scores: 3, 9"]}
            """);

    var command =
        verify(
            answers,
            "--engine=replay",
            "--verifier-option=critiques=4",
            "--verifier-option=meta=model",
            "--verifier-option=meta-model=" + model);

    assertThat(command.status()).as(command.said()).isZero();
    // Half of four count: the first and the third (facts: best-of-n, section 2).
    assertThat(rows()).extracting(row -> row.<Double>getAs("score")).containsExactly(15.0, 13.0);
    assertThat(ratings(rows().get(1))).containsExactly(6.0, 8.0, 7.0, 9.0);
  }

  @Test
  void aMissingRatingDropsItsCritiqueOrCountsTheMean() throws IOException {
    var answers =
        Files.writeString(
            folder.resolve("recorded.jsonl"),
            """
            {"prompt_id": "p", "prompt": "q", "text": ["a", "b"], "critiques": ["Scores: 6, 5", "Scores: -, 6", "Scores: 8, 7"]}
            """);

    verify(answers, "--engine=replay", "--verifier-option=critiques=3");

    assertThat(rows()).extracting(row -> row.<Double>getAs("score")).containsExactly(14.0, 12.0);

    var mean =
        verify(
            answers,
            "--engine=replay",
            "--verifier-option=critiques=3",
            "--verifier-option=missing=mean",
            "--mode=resume");

    assertThat(mean.status()).as(mean.said()).isZero();
    assertThat(rows()).extracting(row -> row.<Double>getAs("score")).containsExactly(21.0, 18.0);
    assertThat(ratings(rows().get(0))).containsExactly(6.0, null, 8.0);
  }

  /** The winners by the sum of five ratings (facts: best-of-n, section 7). */
  @Test
  void theSumsOfTheTextJudgeComeBack() throws IOException {
    var json = new ObjectMapper();
    var lines = new ArrayList<String>();
    for (var line :
        Files.readAllLines(Path.of(SharedData.file("bestofn/text_judge_100x10x5.jsonl")))) {
      var prompt = json.readTree(line);
      var ratings = prompt.get("ratings");
      var record = json.createObjectNode().put("prompt_id", prompt.get("idx").asText());
      var texts = record.putArray("text");
      ratings.forEach(each -> texts.add("a text"));
      var critiques = record.putArray("critiques");
      for (int critique = 0; critique < 5; critique++) {
        var given = new ArrayList<String>();
        for (var each : ratings) {
          given.add(critique < each.size() ? each.get(critique).asText() : "none");
        }
        critiques.add("\\boxed{" + String.join(", ", given) + "}");
      }
      lines.add(record.toString());
    }
    var answers = Files.write(folder.resolve("judge.jsonl"), lines);

    var command =
        verify(
            answers,
            "--engine=replay",
            "--verifier-option=critiques=5",
            "--verifier-option=missing=mean",
            "--verifier-option=template={responses}");

    assertThat(command.status()).as(command.said()).isZero();
    var scores = new double[100][10];
    rows()
        .forEach(
            row ->
                scores[Integer.parseInt(row.getAs("prompt_id"))][
                        row.<Integer>getAs("sample_index")] =
                    row.<Double>getAs("score"));
    int[] winners = Arrays.stream(scores).limit(10).mapToInt(CritiqueITCase::lowestBest).toArray();
    assertThat(winners).containsExactly(7, 2, 2, 0, 2, 9, 8, 4, 0, 1);
    assertThat(Arrays.stream(scores).filter(CritiqueITCase::hasOneBest)).hasSize(78);
  }

  private static int lowestBest(double[] scores) {
    int best = 0;
    for (int i = 1; i < scores.length; i++) {
      best = scores[i] > scores[best] ? i : best;
    }
    return best;
  }

  private static boolean hasOneBest(double[] scores) {
    double best = scores[lowestBest(scores)];
    return Arrays.stream(scores).filter(score -> score == best).count() == 1;
  }

  @Test
  void mistakesAreOneLine() throws IOException {
    assertThat(said("--engine=replay", "--verifier-option=meta=engine"))
        .contains("take meta=model");
    assertThat(said("--engine=replay", "--verifier-option=k-meta=2"))
        .contains("k-meta goes with meta=engine or meta=model");
    assertThat(said("--engine=replay", "--verifier-option=meta=model"))
        .contains("meta=model needs the option meta-model");
    assertThat(said("--engine=replay", "--verifier-option=missing=zero"))
        .contains("missing must be drop or mean, not zero");
  }

  private String said(String... more) throws IOException {
    var command = verify(answers(), more);
    assertThat(command.status()).isEqualTo(2);
    return command.said();
  }
}
