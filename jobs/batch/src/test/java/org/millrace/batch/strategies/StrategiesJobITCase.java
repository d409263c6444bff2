package org.millrace.batch.strategies;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.millrace.batch.Command;
import org.millrace.batch.strategies.learn.StrategyPredictor;
import org.millrace.batch.strategies.learn.Torch;
import org.millrace.kernel.strategy.classroom.ClassroomOptions;
import org.millrace.kernel.strategy.classroom.ClassroomOptions.Oddities;
import org.millrace.kernel.strategy.classroom.StepLogWriter;
import org.millrace.schema.AnswerStrategy;
import org.millrace.schema.StrategyInstance;

/** The job as a user runs it: same result whatever the partitions, bad input, models, answers. */
class StrategiesJobITCase {

  private static final String HEADER =
      "Row\tAnon Student Id\tProblem Hierarchy\tProblem Name\tProblem View\tStep Name"
          + "\tCorrect First Attempt\tKC (Default)";

  @TempDir static Path folder;
  @TempDir Path own;

  private static Path log;

  @BeforeAll
  static void makeAClassroom() throws Exception {
    log = folder.resolve("student_step.txt");
    var options = ClassroomOptions.DEFAULT.size(90, 40, 12).with(Oddities.ALL);
    try (var steps = Files.newBufferedWriter(log)) {
      StepLogWriter.write(options, steps, new StringBuilder());
    }
  }

  private static Command run(Path input, Path output, String... further) {
    var all = new ArrayList<>(List.of("--input=" + input, "--output=" + output));
    for (var usual : List.of("--embedder=ppmi-svd", "--dimensions=12", "--predictor=key")) {
      var option = usual.substring(0, usual.indexOf('=') + 1);
      if (Arrays.stream(further).noneMatch(given -> given.startsWith(option))) {
        all.add(usual);
      }
    }
    all.addAll(List.of(further));
    return Command.run(new StrategiesJob(), all.toArray(String[]::new));
  }

  private static void assertContract(Path output, String table, Schema contract) {
    var columns = SparkSession.active().read().parquet(output.resolve(table).toString()).columns();
    assertThat(columns)
        .containsExactly(
            contract.getFields().stream().map(Schema.Field::name).toArray(String[]::new));
  }

  private static List<String> rows(Path output, String table) {
    return SparkSession.active()
        .read()
        .parquet(output.resolve(table).toString())
        .toJSON()
        .collectAsList()
        .stream()
        .sorted()
        .toList();
  }

  @Test
  void partitionsAndTheOrderOfRowsDontShow() throws Exception {
    var lines = new ArrayList<>(Files.readAllLines(log));
    Collections.shuffle(lines.subList(1, lines.size()), new Random(3));
    var shuffled = Files.write(own.resolve("shuffled.txt"), lines);
    var one = own.resolve("one");
    var other = own.resolve("other");

    var first = run(log, one, "--conf", "spark.sql.shuffle.partitions=1");
    var second =
        run(
            shuffled,
            other,
            "--conf",
            "spark.sql.shuffle.partitions=7",
            "--conf",
            "spark.sql.files.maxPartitionBytes=50000");

    assertThat(first.status()).as(first.said()).isZero();
    assertThat(second.status()).as(second.said()).isZero();
    assertContract(one, "clusters", StrategyInstance.getClassSchema());
    for (var table : List.of("embeddings", "clusters", "rounds", "sample", "curves", "equity")) {
      assertThat(rows(other, table)).as(table).isEqualTo(rows(one, table));
    }
  }

  @Test
  void walksGiveTheSameVectorsWhateverThePartitions() {
    var one = own.resolve("one");
    var other = own.resolve("other");
    String[] options = {"--embedder=word2vec", "--walks=2", "--walk-length=10", "--clusters=3,4"};
    var more = Arrays.copyOf(options, options.length + 2);
    more[options.length] = "--conf";
    more[options.length + 1] = "spark.sql.shuffle.partitions=5";

    var first = run(log, one, options);
    var second = run(log, other, more);

    assertThat(first.status() + second.status()).as(first.said() + second.said()).isZero();
    assertThat(rows(other, "embeddings")).isEqualTo(rows(one, "embeddings"));
  }

  @Test
  void badRowsAreSetApart() throws Exception {
    var lines = new ArrayList<>(Files.readAllLines(log));
    var good = Files.readAllLines(log).size() - 1;
    lines.add(3, "1\ttoo few cells");
    lines.add(9, lines.get(5).replaceFirst("\t[01]\t([^\t]*)$", "\tmaybe\t$1"));
    lines.add(HEADER);
    var bytes = new ByteArrayOutputStream();
    bytes.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    bytes.write("\n7\tJos".getBytes(StandardCharsets.UTF_8));
    bytes.write("é\tUnit\tProblem\t1\tstep\t1\tskill\n".getBytes(Charset.forName("windows-1252")));
    var input = Files.write(own.resolve("bad.txt"), bytes.toByteArray());
    var output = own.resolve("out");

    var command = run(input, output, "--clusters=2,2");

    assertThat(command.status()).as(command.said()).isZero();
    var manifest = Command.manifest(output);
    assertThat(manifest.get("counts").get("records_in").asInt()).isEqualTo(good + 3);
    assertThat(manifest.get("quarantined").get("not a step").asInt()).isEqualTo(3);
    var reasons =
        SparkSession.active()
            .read()
            .json(output.resolve("_quarantine").toString())
            .orderBy("line")
            .select("line", "reason")
            .collectAsList();
    assertThat(reasons)
        .extracting(row -> row.getLong(0) + " " + row.getString(1))
        .containsExactly(
            "4 not a step: 2 cells under a header of 8",
            "10 not a step: Correct First Attempt is 'maybe', not 0 or 1",
            (lines.size() + 1) + " not a step: the line is not in UTF-8");
  }

  static Stream<Arguments> hopeless() {
    return Stream.of(
        Arguments.of("", "empty, not even a header"),
        Arguments.of(HEADER + "\n", "a header and no steps"),
        Arguments.of(
            HEADER.replace("Problem Name", "Task") + "\n1\ta\tb\tc\t1\td\t1\te\n",
            "no column 'Problem Name'"),
        Arguments.of(
            HEADER.replace("KC (Default)", "Skill") + "\n1\ta\tb\tc\t1\td\t1\te\n",
            "no column of skills such as 'KC (Default)'"),
        Arguments.of(HEADER + "\n1\ta\tb\tc\t1\td\t1\t\n", "no step has a skill"),
        Arguments.of(HEADER + "\nnothing\n", "no record could be used: not a step"));
  }

  @ParameterizedTest
  @MethodSource("hopeless")
  void whatCantBeUsedIsToldInOneLine(String text, String told) throws Exception {
    var input = Files.writeString(own.resolve("log.txt"), text);

    var command = run(input, own.resolve("out"));

    assertThat(command.status()).isEqualTo(1);
    assertThat(command.said().strip().lines().reduce((a, b) -> b).orElse("")).contains(told);
  }

  @Test
  void otherEncodingsAreNamed() throws Exception {
    var wide = Files.write(own.resolve("wide.txt"), HEADER.getBytes(StandardCharsets.UTF_16LE));
    var latin =
        Files.write(
            own.resolve("latin.txt"),
            (HEADER + "\n1\tJosé\tUnit\tP\t1\ts\t1\tk\n2\tAnn\tUnit\tP\t1\ts\t1\tk\n")
                .getBytes(Charset.forName("windows-1252")));

    assertThat(run(wide, own.resolve("w")).said()).contains("UTF-16; convert it to UTF-8");
    var read = run(latin, own.resolve("l"), "--charset=windows-1252", "--held-out=0");
    assertThat(read.status()).as(read.said()).isZero();
    assertThat(rows(own.resolve("l"), "clusters").toString()).contains("José");
  }

  @Test
  void logsWithoutOutcomesGoToTheEnd() throws Exception {
    var lines = new ArrayList<String>();
    for (var line : Files.readAllLines(log)) {
      var cells = line.split("\t", -1);
      cells[6] = lines.isEmpty() ? cells[6] : "";
      lines.add(String.join("\t", cells));
    }
    var input = Files.write(own.resolve("test.txt"), lines);

    var command = run(input, own.resolve("out"));

    assertThat(command.status()).as(command.said()).isZero();
    assertThat(command.said()).contains("no outcomes in the input");
    assertThat(rows(own.resolve("out"), "equity")).isEmpty();
  }

  @Test
  void trainedModelsComeWithTheRun() throws Exception {
    assumeTrue(Torch.isThere(), "no PyTorch on the class path");
    var output = own.resolve("out");

    var command = run(log, output, "--mastery=attention", "--predictor=lstm", "--clusters=3,4");

    assertThat(command.status()).as(command.said()).isZero();
    try (var predictor = StrategyPredictor.load(output.resolve("predictor"))) {
      assertThat(predictor.skills()).isNotEmpty();
    }
    assertThat(rows(output, "curves").toString()).contains("\"lstm\"");
    assertThat(Files.readString(output.resolve("report.html"))).contains("mvec, lstm");
  }

  @Test
  void answersShowHowManyWaysThereAre() throws Exception {
    var lines = new ArrayList<String>();
    for (int prompt = 0; prompt < 12; prompt++) {
      for (int sample = 0; sample < 4; sample++) {
        var text =
            sample < 2
                ? "First draw a picture of the garden fence.\\nCount the posts in the drawing."
                : "Let x be the unknown price.\\nSolve the linear equation for x."
                    + "\\nSubstitute the value back to check it.";
        lines.add(
            "{\"id\": \"p%d\", \"ys\": \"%s\", \"ok\": %b}".formatted(prompt, text, sample > 0));
      }
    }
    var input = Files.write(own.resolve("answers.jsonl"), lines);
    var output = own.resolve("out");

    var command =
        run(
            input,
            output,
            "--format=answers",
            "--columns=prompt_id=id,text=ys,verdict=ok",
            "--dimensions=3",
            "--clusters=2,1");

    assertThat(command.status()).as(command.said()).isZero();
    assertThat(Command.manifest(output).get("counts").get("different_steps").asInt()).isEqualTo(5);
    var diversity =
        SparkSession.active()
            .read()
            .parquet(output.resolve("diversity").toString())
            .collectAsList();
    assertThat(diversity).hasSize(12);
    for (Row prompt : diversity) {
      assertThat(prompt.<Integer>getAs("strategies")).isEqualTo(2);
      assertThat(prompt.<Double>getAs("effective")).isCloseTo(2, within(1e-9));
    }
    assertContract(output, "answers", AnswerStrategy.getClassSchema());
    assertThat(rows(output, "answers"))
        .hasSize(48)
        .allSatisfy(row -> assertThat(row).contains("\"score\":0.5"));
  }
}
