package org.millrace.batch.bestofn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.millrace.batch.bestofn.JudgeServer.text;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.batch.Command;
import org.millrace.batch.SharedData;

/** Verdict chains through an engine: what is asked, how it is read, and what a second run buys. */
class GenerativeITCase {

  private static final String YES = "It holds. Is the answer correct (Yes/No)? Yes";
  private static final String NO = "It fails. Is the answer correct (Yes/No)? No";
  private static final String NOTHING = "It is hard to say.";

  @TempDir private Path folder;
  private Path answers;
  private Path output;
  private JudgeServer server;

  @BeforeEach
  void start() throws IOException {
    output = folder.resolve("scores");
    answers =
        Files.writeString(
            folder.resolve("answers.jsonl"),
            """
            {"prompt_id": "p", "prompt": "1 {text} 1?", "target": "2", "text": "two", "answer": "2", "verdict": true, "score": 7}
            {"prompt_id": "p", "prompt": "1 {text} 1?", "target": "2", "text": "three", "answer": "3", "verdict": false, "score": 9}
            {"prompt_id": "p", "prompt": "1 {text} 1?", "target": "2", "text": " ", "verdict": "missing"}
            {"prompt_id": "p", "prompt": "1 {text} 1?", "target": "2", "text": null, "finish_reason": "error"}
            {"prompt_id": "q", "prompt": null, "target": "2", "text": "two"}
            """);
    server =
        new JudgeServer(
            (prompt, index) ->
                text(prompt.contains("two") ? List.of(YES, NO, NOTHING, YES).get(index) : NO));
  }

  @AfterEach
  void stop() {
    server.close();
  }

  private Command verify(String... more) {
    var arguments =
        new ArrayList<>(
            List.of(
                "--verifier=generative",
                "--engine=openai",
                "--engine-option=model=judge",
                "--engine-option=url=" + server.url(),
                "--verifier-option=votes=4",
                "--input=" + answers,
                "--output=" + output));
    arguments.addAll(List.of(more));
    return Command.run(new VerifyJob(), arguments.toArray(String[]::new));
  }

  private List<Row> rows() {
    return SparkSession.active()
        .read()
        .parquet(output.toString())
        .orderBy("prompt_id", "sample_index")
        .collectAsList();
  }

  private static List<Double> votes(Row row) {
    return row.isNullAt(row.fieldIndex("votes")) ? null : row.getList(row.fieldIndex("votes"));
  }

  private long count(String name) throws IOException {
    return Command.manifest(output).at("/counts/" + name).asLong();
  }

  @Test
  void eachAnswerHasItsVotesAndWhatTheyTook() throws IOException {
    var command = verify();

    assertThat(command.status()).as(command.said()).isZero();
    var rows = rows();
    assertThat(rows).hasSize(4);
    assertThat(votes(rows.get(0))).containsExactly(1.0, 0.0, null, 1.0);
    assertThat(rows.get(0).<Double>getAs("vote_share")).isCloseTo(2 / 3.0, within(1e-12));
    assertThat(rows.get(0).<Integer>getAs("missing_votes")).isEqualTo(1);
    assertThat(votes(rows.get(1))).containsExactly(0.0, 0.0, 0.0, 0.0);
    assertThat(rows.get(1).<Double>getAs("vote_share")).isZero();
    assertThat(rows.get(1).<Long>getAs("verifier_prompt_tokens")).isEqualTo(10);
    assertThat(rows.get(1).<Long>getAs("verifier_tokens")).isEqualTo(20);
    // Nobody is asked about an empty answer, nor about one that isn't there.
    assertThat(votes(rows.get(2))).isEmpty();
    assertThat(rows.get(2).<Double>getAs("vote_share")).isZero();
    assertThat(votes(rows.get(3))).isNull();
    assertThat(rows.get(3).<Double>getAs("vote_share")).isNull();
    assertThat(rows)
        .extracting(row -> row.<String>getAs("verdict"))
        .containsExactly("correct", "incorrect", "missing", null);
    assertThat(rows).extracting(row -> row.<Double>getAs("score")).containsOnlyNulls();
    assertThat(server.asked()).hasSize(8);
    assertThat(count("critiques")).isEqualTo(8);
    assertThat(count("completion_tokens")).isEqualTo(40);
    assertThat(Command.manifest(output).at("/quarantined/no prompt").asLong()).isEqualTo(1);
  }

  @Test
  void theJudgeReadsProblemAndAnswerAndTheReferenceOnlyIfAsked() {
    verify("--verifier-option=votes=1");

    assertThat(server.asked())
        .hasSize(2)
        .allMatch(prompt -> prompt.contains("1 {text} 1?"))
        .noneMatch(prompt -> prompt.contains("for comparison"))
        .anyMatch(prompt -> prompt.contains("three"));

    verify("--verifier-option=votes=1", "--verifier-option=reference=true", "--mode=overwrite");

    assertThat(server.asked().subList(2, 4))
        .allMatch(prompt -> prompt.contains("for comparison:\n2\n"));

    verify("--verifier-option=template=<{target}|{text}>", "--mode=overwrite");

    // Who isn't shown the problem judges the answer to none, too.
    assertThat(server.asked().subList(4, 16)).containsOnly("<2|two>", "<2|three>");
  }

  @Test
  void aCallThatFailsIsNoVoteAndOnlyThatIsAskedAgain() throws IOException {
    server.becomes((prompt, index) -> prompt.contains("two") ? null : text(NO));

    var command = verify();

    assertThat(command.status()).isEqualTo(1);
    assertThat(command.said()).contains("4 critiques failed").contains("--mode resume");
    assertThat(votes(rows().get(0))).isNull();
    assertThat(votes(rows().get(1))).hasSize(4);
    int before = server.asked().size();
    server.becomes((prompt, index) -> text(YES));

    var resumed = verify("--mode=resume");

    assertThat(resumed.status()).as(resumed.said()).isZero();
    assertThat(rows()).hasSize(4);
    assertThat(votes(rows().get(0))).containsExactly(1.0, 1.0, 1.0, 1.0);
    assertThat(votes(rows().get(1))).containsOnly(0.0);
    assertThat(server.asked().subList(before, server.asked().size()))
        .hasSize(4)
        .allMatch(prompt -> prompt.contains("two"));
    assertThat(Command.manifest(output).get("quarantined").size()).isEqualTo(1);
  }

  @Test
  void moreVotesBuyTheNewOnesAndAnotherReadingBuysNone() throws IOException {
    verify();

    var more = verify("--mode=resume", "--verifier-option=votes=6");

    assertThat(more.status()).as(more.said()).isZero();
    assertThat(server.asked()).hasSize(12);
    assertThat(votes(rows().get(1))).hasSize(6);

    var stricter =
        verify("--mode=resume", "--verifier-option=votes=4", "--verifier-option=missing=no");

    assertThat(stricter.status()).as(stricter.said()).isZero();
    assertThat(server.asked()).hasSize(12);
    assertThat(rows()).hasSize(4);
    assertThat(votes(rows().get(0))).hasSize(4);
    assertThat(rows().get(0).<Double>getAs("vote_share")).isEqualTo(.5);
  }

  @Test
  void aRunThatWasKilledGoesOnWithItsJournal() throws IOException {
    verify("--verifier-option=votes=1");
    var manifest = output.resolve("_millrace.json");
    Files.writeString(
        manifest,
        Files.readString(manifest).replace("\"status\" : \"done\"", "\"status\" : \"running\""));
    try (var files = Files.list(output.resolve("_critiques"))) {
      for (var file : files.filter(file -> file.toString().endsWith(".parquet")).toList()) {
        Files.delete(file);
      }
    }
    var journal = Files.createDirectories(output.resolve("_journal-critiques"));
    Files.writeString(
        journal.resolve("0-0-a-000000.jsonl"),
        """
        {"prompt_id":"p#0","sample_index":0,"text":"Solution status: incorrect",\
        "finish_reason":"stop","prompt_tokens":3,"completion_tokens":4,"latency_ms":1,\
        "engine":"openai","engine_version":"judge","reasoning":null}
        """);

    var resumed = verify("--verifier-option=votes=1", "--mode=resume");

    assertThat(resumed.status()).as(resumed.said()).isZero();
    assertThat(votes(rows().get(0))).containsExactly(0.0);
    assertThat(votes(rows().get(1))).containsExactly(0.0);
    assertThat(server.asked()).hasSize(3);
    assertThat(server.asked().get(2)).contains("three");
  }

  @Test
  void aVoteMayBeTheProbabilityOfAYes() {
    server.becomes(
        (prompt, index) ->
            List.of(
                new JudgeServer.Token("Is the answer correct (Yes/No)?", .5),
                prompt.contains("two")
                    ? new JudgeServer.Token(" Yes", .9)
                    : new JudgeServer.Token(" No", .75)));

    var command =
        verify(
            "--verifier-option=score=probability",
            "--verifier-option=votes=2",
            "--engine-option=top-logprobs=1");

    assertThat(command.status()).as(command.said()).isZero();
    assertThat(rows().get(0).<Double>getAs("vote_share")).isCloseTo(.9, within(1e-6));
    assertThat(rows().get(1).<Double>getAs("vote_share")).isCloseTo(.25, within(1e-6));
  }

  @Test
  void aJudgeMaySayItAtOnce() {
    server.becomes(
        (prompt, index) -> text(prompt.contains("two") ? " Yes\nProblem:" : " It depends"));

    var command = verify("--verifier-option=style=direct", "--verifier-option=votes=2");

    assertThat(command.status()).as(command.said()).isZero();
    assertThat(server.asked()).allMatch(prompt -> prompt.endsWith("correct (Yes/No)?"));
    assertThat(votes(rows().get(0))).containsExactly(1.0, 1.0);
    assertThat(votes(rows().get(1))).containsExactly(null, null);
  }

  @Test
  void aBudgetHoldsAndADryRunAsksForNothing() {
    var dry = verify("--dry-run", "--max-tokens=50");

    assertThat(dry.status()).as(dry.said()).isZero();
    assertThat(dry.said()).contains("8 answers to 2 prompts in 2 calls");
    assertThat(server.asked()).isEmpty();
    assertThat(output).doesNotExist();

    var poor = verify("--budget-calls=1", "--n-per-call=1");

    assertThat(poor.status()).isEqualTo(1);
    assertThat(poor.said()).contains("critiques were not asked for");
    assertThat(server.asked().size()).isLessThanOrEqualTo(1);
  }

  @Test
  void selectPicksByTheVotes() throws IOException {
    verify();
    var best = folder.resolve("best");

    var command =
        Command.run(
            new SelectJob(),
            "--input=" + output,
            "--output=" + best,
            "--selectors=best-score",
            "--k=2",
            "--ragged=clip");

    assertThat(command.status()).as(command.said()).isZero();
    assertThat(Command.curves(best).get("best-score/first-k").get(2)).isEqualTo(1);
  }

  @Test
  void recordedChainsAreRead() throws IOException {
    answers =
        Files.writeString(
            folder.resolve("recorded.jsonl"),
            """
            {"id": 1, "texts": ["a", "b"], "chains": [["%s", "%s"], ["%s", "%s"]]}
            """
                .formatted(YES, YES, NOTHING, NO));

    var command =
        Command.run(
            new VerifyJob(),
            "--verifier=generative",
            "--engine=replay",
            "--verifier-option=votes=2",
            "--verifier-option=template={text}",
            "--columns=prompt_id=id,text=texts,critiques=chains",
            "--input=" + answers,
            "--output=" + output);

    assertThat(command.status()).as(command.said()).isZero();
    assertThat(votes(rows().get(0))).containsExactly(1.0, 1.0);
    assertThat(votes(rows().get(1))).containsExactly(null, 0.0);
  }

  /** 64 x 64 answers with 32 votes each, of which 1,693 are none (facts: best-of-n, section 7). */
  @Test
  void theVotesOfGpqaComeBack() throws IOException {
    var json = new ObjectMapper();
    var lines = new ArrayList<String>();
    for (var line :
        Files.readAllLines(Path.of(SharedData.file("bestofn/gpqa64_x128_genrm64x32.jsonl")))) {
      var problem = json.readTree(line);
      var record = json.createObjectNode().put("prompt_id", problem.get("problem").asText());
      var texts = record.putArray("text");
      var critiques = record.putArray("critiques");
      var votes = problem.get("verifications");
      for (int i = 0; i < votes.size(); i++) {
        texts.add("answer " + i);
        var chains = critiques.addArray();
        votes
            .get(i)
            .forEach(
                vote -> chains.add(vote.isNull() ? NOTHING : vote.asDouble() >= .5 ? YES : NO));
      }
      lines.add(record.toString());
    }
    answers = Files.write(folder.resolve("gpqa.jsonl"), lines);

    var command =
        Command.run(
            new VerifyJob(),
            "--verifier=generative",
            "--engine=replay",
            "--verifier-option=votes=32",
            "--verifier-option=template={text}",
            "--input=" + answers,
            "--output=" + output);

    assertThat(command.status()).as(command.said()).isZero();
    var sums =
        SparkSession.active()
            .read()
            .parquet(output.toString())
            .selectExpr("count(1)", "sum(missing_votes)", "sum(size(votes))")
            .head();
    assertThat(sums.getLong(0)).isEqualTo(64 * 64);
    assertThat(sums.getLong(1)).isEqualTo(1_693);
    assertThat(sums.getLong(2)).isEqualTo(64 * 64 * 32);
  }

  @Test
  void mistakesAreOneLineBeforeAnythingIsAsked() {
    assertThat(said("--verifier=generative")).contains("an engine is to be asked; name one");
    assertThat(said("--verifier=generative", "--engine=nobody")).contains("no engine 'nobody'");
    assertThat(said("--verifier=exact", "--engine=replay"))
        .contains("--engine goes with --verifier generative or critique");
    assertThat(said("--verifier=exact", "--dry-run")).contains("--dry-run goes with");
    assertThat(said("--verifier=generative", "--engine=replay", "--verifier-option=votes=0"))
        .contains("votes must be a whole number from 1, not 0");
    assertThat(said("--verifier=generative", "--engine=replay", "--verifier-option=template=Hm?"))
        .contains("the template must have {text} in it");
    assertThat(
            said("--verifier=generative", "--engine=replay", "--verifier-option=score=probability"))
        .contains("top-logprobs=1");
    assertThat(said("--verifier=generative", "--engine=replay", "--verifier-option=voters=1"))
        .contains("generative has no option 'voters'");
    assertThat(output).doesNotExist();
  }

  private String said(String... arguments) {
    var all = new ArrayList<>(Arrays.asList(arguments));
    all.add("--input=" + answers);
    all.add("--output=" + output);
    var command = Command.run(new VerifyJob(), all.toArray(String[]::new));
    assertThat(command.status()).isEqualTo(2);
    assertThat(command.said().lines().filter(line -> line.startsWith("millrace verify:")))
        .hasSize(1);
    return command.said();
  }
}
