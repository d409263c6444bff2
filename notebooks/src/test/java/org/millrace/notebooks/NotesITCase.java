package org.millrace.notebooks;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.millrace.batch.corpus.CorpusJob;
import org.millrace.batch.corpus.demo.WebPages;
import org.millrace.batch.sample.SampleJob;
import org.millrace.batch.strategies.ClassroomCommand;
import org.millrace.batch.strategies.StrategiesJob;
import org.millrace.command.Commands;
import org.millrace.notebooks.Note.Kind;
import org.millrace.notebooks.Note.Paragraph;

/** Runs every paragraph of every note. */
class NotesITCase {

  private static final Path FOLDER = Path.of("");
  private static SparkSession spark;

  @BeforeAll
  static void startSpark() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.session.timeZone", "UTC")
            .config("spark.sql.shuffle.partitions", "2")
            .config("spark.sql.extensions", "org.millrace.udf.MillraceExtensions")
            .getOrCreate();
  }

  @AfterAll
  static void stopSpark() {
    spark.stop();
  }

  static List<Path> notes() throws IOException {
    try (Stream<Path> files = Files.list(FOLDER.toAbsolutePath())) {
      return files.filter(file -> file.toString().endsWith(".zpln")).sorted().toList();
    }
  }

  @Test
  void thereAreNotes() throws IOException {
    assertThat(notes())
        .extracting(file -> file.getFileName().toString())
        .containsExactly(
            "anomalies.zpln",
            "best-of-n.zpln",
            "corpus.zpln",
            "placement.zpln",
            "sql-functions.zpln",
            "stragglers.zpln",
            "strategies.zpln");
  }

  @ParameterizedTest
  @MethodSource("notes")
  void everyParagraphRunsByItself(Path file) throws IOException {
    var note = Note.read(file);

    var ran = run(note, Map.of());

    assertThat(ran.values().stream().mapToInt(Integer::intValue).sum())
        .isEqualTo(note.paragraphs().size());
    assertThat(ran).containsKeys(Kind.MARKDOWN, Kind.SQL);
  }

  @Test
  void bestOfNReadsTheDemo(@TempDir Path demo) throws IOException {
    var prompts = demo.resolve("prompts.jsonl");
    Files.writeString(
        prompts,
        """
        {"prompt_id": "a", "prompt": "4 5 6 10"}
        {"prompt_id": "b", "prompt": "1 2 3 4"}
        """);
    var said = new StringWriter();
    var sampled =
        Commands.commandLine(new SampleJob())
            .setErr(new PrintWriter(said, true))
            .execute(
                "--engine=search",
                "--n=8",
                "--input=" + prompts,
                "--output=" + demo.resolve("samples/game24"));
    assertThat(sampled).as(said.toString()).isZero();

    run(Note.read(FOLDER.resolve("best-of-n.zpln")), Map.of("Folder of the demo", demo.toString()));

    assertThat(spark.table("samples").count()).isEqualTo(16);
  }

  @Test
  void corpusReadsWhatTheJobWrites(@TempDir Path folder) throws IOException {
    var json = new ObjectMapper();
    var lines = new ArrayList<String>();
    for (var page : WebPages.make(8, 42)) {
      lines.add(json.writeValueAsString(Map.of("url", page.url(), "html", page.html())));
    }
    var pages = Files.write(folder.resolve("pages.jsonl"), lines);
    var said = new StringWriter();
    var prepared =
        Commands.commandLine(new CorpusJob())
            .setErr(new PrintWriter(said, true))
            .execute(
                "--input=" + pages,
                "--columns=text=html",
                "--recipe=pangu",
                "--output=" + folder.resolve("out"));
    assertThat(prepared).as(said.toString()).isZero();

    run(
        Note.read(FOLDER.resolve("corpus.zpln")),
        Map.of("Folder of a corpus run", folder.resolve("out").toString()));

    assertThat(spark.table("documents").count()).isEqualTo(lines.size());
  }

  @Test
  void strategiesReadsWhatTheJobWrites(@TempDir Path folder) throws IOException {
    var said = new StringWriter();
    var made =
        Commands.commandLine(new ClassroomCommand())
            .setErr(new PrintWriter(said, true))
            .execute("--students=60", "--problems=24", "--each=8", "--output=" + folder);
    var found =
        Commands.commandLine(new StrategiesJob())
            .setErr(new PrintWriter(said, true))
            .execute(
                "--input=" + folder.resolve("student_step.txt"),
                "--embedder=ppmi-svd",
                "--dimensions=8",
                "--predictor=key",
                "--clusters=6,8",
                "--output=" + folder.resolve("mvec"));
    assertThat(made + found).as(said.toString()).isZero();

    run(
        Note.read(FOLDER.resolve("strategies.zpln")),
        Map.of("Folder of a strategies run", folder.resolve("mvec").toString()));

    assertThat(spark.table("instances").count()).isEqualTo(480);
    assertThat(spark.table("curves").columns()).contains("jaccard", "gap");
  }

  @Test
  void anomaliesReadsWhatTheJobWrites(@TempDir Path folder) throws IOException {
    AnomalyFile.write(folder.resolve("part-1.parquet"));

    run(
        Note.read(FOLDER.resolve("anomalies.zpln")),
        Map.of("Folder of the episodes", folder.toString()));

    assertThat(spark.table("changes").columns())
        .containsExactly(AnomalyFile.columns().toArray(String[]::new));
    assertThat(spark.table("episodes").count()).isEqualTo(1);
  }

  @Test
  void stragglersReadsWhatTheJobWrites(@TempDir Path folder) throws IOException {
    StragglerFile.write(folder.resolve("part-1.parquet"));

    run(
        Note.read(FOLDER.resolve("stragglers.zpln")),
        Map.of("Folder of the incidents", folder.toString()));

    assertThat(spark.table("told").count()).isEqualTo(2);
    assertThat(spark.table("incidents").count()).isEqualTo(1);
    assertThat(spark.table("incidents").first().<Long>getAs("endTs")).isEqualTo(180_000);
  }

  @Test
  void placementReadsWhatTheJobWrites(@TempDir Path folder) throws IOException {
    PlacementFile.write(folder);

    run(
        Note.read(FOLDER.resolve("placement.zpln")),
        Map.of("Folder of the placements", folder.toString()));

    assertThat(spark.table("placements").count()).isEqualTo(3);
    assertThat(spark.table("jobs").count()).isEqualTo(2);
    assertThat(spark.table("jobs").where("job = 'job'").first().<String>getAs("status"))
        .isEqualTo("PLACED");
    assertThat(spark.table("advice").first().<Double>getAs("afterSeconds")).isEqualTo(7.5);
  }

  /** How many paragraphs of each kind ran. */
  private static Map<Kind, Integer> run(Note note, Map<String, String> filled) {
    var ran = new EnumMap<Kind, Integer>(Kind.class);
    try (var scala = new ScalaInterpreter(spark, new Forms(filled))) {
      for (var paragraph : note.paragraphs()) {
        switch (paragraph.kind()) {
          case MARKDOWN -> assertThat(paragraph.text()).as(paragraph.place()).isNotBlank();
          case SCALA -> scala(scala, paragraph);
          case SQL -> sql(paragraph);
        }
        ran.merge(paragraph.kind(), 1, Integer::sum);
      }
    }
    return ran;
  }

  private static void scala(ScalaInterpreter scala, Paragraph paragraph) {
    try {
      assertThat(scala.run(paragraph.text())).as(paragraph.place()).isNotBlank();
    } catch (AssertionError e) {
      throw new AssertionError(paragraph + ": " + e.getMessage(), e);
    }
  }

  private static void sql(Paragraph paragraph) {
    try {
      // Zeppelin takes several statements a paragraph; one each is easier on the reader.
      var result = spark.sql(paragraph.text());
      var rows = result.collectAsList();
      if (result.columns().length > 0) {
        assertThat(rows).as(paragraph.place()).isNotEmpty();
      }
      for (var column : paragraph.columns()) {
        assertThat(result.columns()[column.index()]).as(paragraph.place()).isEqualTo(column.name());
      }
    } catch (Exception e) {
      throw new AssertionError(paragraph + ": " + e.getMessage(), e);
    }
  }
}
