package org.millrace.schema;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.File;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.avro.specific.SpecificRecordBase;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.avro.AvroParquetWriter;
import org.apache.parquet.avro.AvroReadSupport;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * Every contract goes through Parquet unchanged: by parquet-avro, by Spark, and from one to the
 * other.
 */
class ParquetITCase {

  private static SparkSession spark;

  @TempDir private Path folder;

  @BeforeAll
  static void session() {
    spark =
        SparkSession.builder().master("local[1]").config("spark.ui.enabled", "false").getOrCreate();
  }

  /** Records of each contract, with all fields set and with only the required ones. */
  static Stream<List<SpecificRecordBase>> records() {
    var votes = new ArrayList<Double>();
    votes.add(1.0);
    votes.add(null);
    return Stream.of(
        List.of(
            Prompt.newBuilder()
                .setPromptId("p1")
                .setPrompt("4 5 6 10")
                .setTarget("24")
                .setLevel("easy")
                .build(),
            Prompt.newBuilder().setPromptId("p\u00e9\ud83d\ude00").setPrompt("").build()),
        List.of(
            Sample.newBuilder()
                .setPromptId("p1")
                .setSampleIndex(Integer.MAX_VALUE)
                .setPrompt("4 5 6 10")
                .setTarget("24")
                .setLevel("easy")
                .setText("(10 - 4) * (5 - ...")
                .setFinishReason("length")
                .setPromptTokens(4L)
                .setCompletionTokens(Long.MAX_VALUE)
                .setLatencyMs(0L)
                .setEngine("search")
                .setEngineVersion("1")
                .build(),
            Sample.newBuilder()
                .setPromptId("p1")
                .setSampleIndex(0)
                .setFinishReason("error")
                .setError("timed out")
                .setEngine("replay")
                .setEngineVersion("1")
                .build()),
        List.of(
            Score.newBuilder()
                .setPromptId("p1")
                .setSampleIndex(3)
                .setText("Answer: 24")
                .setAnswer("24")
                .setVerdict("correct")
                .setScore(0.1)
                .setStepScores(List.of(0.5, 1.0))
                .setVotes(votes)
                .setVerifier("game24")
                .setVerifierVersion("1")
                .build(),
            Score.newBuilder()
                .setPromptId("p2")
                .setSampleIndex(0)
                .setVerifier("column")
                .setVerifierVersion("1")
                .build()),
        List.of(
            Selection.newBuilder()
                .setPromptId("p1")
                .setSelector("majority")
                .setSampleIndex(2)
                .setAnswer("24")
                .setScore(-1.5)
                .setCredit(0.5)
                .setTied(2)
                .setSamples(8)
                .build()),
        List.of(
            CurvePoint.newBuilder()
                .setSelector("pass")
                .setK(8)
                .setValue(1.0 / 3)
                .setStderr(0.01)
                .setPrompts(100)
                .setExcluded(3)
                .setMethod("exact")
                .setSamplingError(0)
                .build()),
        List.of(
            Document.newBuilder()
                .setDocId("crawl/a.jsonl:7")
                .setSource("crawl/a.jsonl")
                .setUrl("https://example.org/a")
                .setTitle("盘古")
                .setLanguage("zh")
                .setScore(0.25)
                .setText("盘古开天辟地\n女娲补天")
                .setStep("clean")
                .setRule("pangu_too_short")
                .setValue(10.0)
                .setDetail("first")
                .setFailures(
                    List.of(
                        new RuleFailure("pangu_too_short", 10.0),
                        new RuleFailure("fineweb", Double.MIN_VALUE)))
                .setEdits(Map.of("paragraphs", Long.MAX_VALUE))
                .build(),
            Document.newBuilder().setDocId("").setText("").build()),
        List.of(
            TrainingWindow.newBuilder()
                .setWindow(Long.MAX_VALUE)
                .setTokens(List.of(0, 39_999, Integer.MAX_VALUE))
                .setUsed(2)
                .setDocuments(
                    List.of(
                        new DocumentStart("a", "web", 0, true),
                        new DocumentStart("b", null, 1, false)))
                .build()),
        List.of(
            StrategyInstance.newBuilder()
                .setStudent("s")
                .setHierarchy("")
                .setProblem("Problem 1")
                .setView(1)
                .setStudentCluster(0)
                .setProblemCluster(7)
                .setD2(0.25)
                .setHeldOut(true)
                .setSkills(List.of("add", "carry"))
                .build()),
        List.of(
            AnswerStrategy.newBuilder()
                .setPromptId("p")
                .setSampleIndex(3)
                .setVerdict("correct")
                .setStrategy(2)
                .setScore(0.75)
                .setSkills(List.of("Let x be #."))
                .build()),
        List.of(
            RunManifest.newBuilder()
                .setJob("select")
                .setVersion("0.1.0")
                .setStatus("done")
                .setOptions(Map.of("k", "1,2"))
                .setInputs(List.of(new InputFile("file:/a", 3L, 4L)))
                .setFingerprint("00ff")
                .setCounts(Map.of("samples", 8L))
                .setDropped(Map.of())
                .setQuarantined(Map.of("not UTF-8", 1L))
                .setStarted("2026-01-01T00:00:00Z")
                .setDurationMs(Map.of("total", 5L))
                .setEngine("Spark")
                .setGpu("no")
                .build()));
  }

  @ParameterizedTest
  @MethodSource("records")
  void throughParquetAvro(List<SpecificRecordBase> records) throws IOException {
    var file = write(records);

    assertThat(read(file, records.get(0).getSchema())).isEqualTo(records);
  }

  @ParameterizedTest
  @MethodSource("records")
  void fromAvroThroughSparkToAvro(List<SpecificRecordBase> records) throws IOException {
    var rows = spark.read().parquet(write(records).toString());
    assertThat(rows.columns())
        .containsExactlyElementsOf(
            records.get(0).getSchema().getFields().stream().map(Schema.Field::name).toList());

    rows.coalesce(1).write().parquet(folder.resolve("spark").toString());

    assertThat(read(part(folder.resolve("spark")), records.get(0).getSchema())).isEqualTo(records);
  }

  private File write(List<SpecificRecordBase> records) throws IOException {
    var file = folder.resolve("avro.parquet").toFile();
    var out =
        HadoopOutputFile.fromPath(new org.apache.hadoop.fs.Path(file.toURI()), new Configuration());
    try (var writer =
        AvroParquetWriter.<SpecificRecordBase>builder(out)
            .withSchema(records.get(0).getSchema())
            .withDataModel(SpecificData.get())
            .config("parquet.avro.write-old-list-structure", "false")
            .build()) {
      for (var record : records) {
        writer.write(record);
      }
    }
    return file;
  }

  private static List<SpecificRecordBase> read(File file, Schema schema) throws IOException {
    var conf = new Configuration();
    AvroReadSupport.setAvroReadSchema(conf, schema);
    var in = HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(file.toURI()), conf);
    var records = new ArrayList<SpecificRecordBase>();
    try (var reader =
        AvroParquetReader.<SpecificRecordBase>builder(in)
            .withDataModel(SpecificData.get())
            .withConf(conf)
            .build()) {
      for (var record = reader.read(); record != null; record = reader.read()) {
        records.add(record);
      }
    }
    return records;
  }

  private static File part(Path folder) {
    var parts = folder.toFile().listFiles((in, name) -> name.endsWith(".parquet"));
    assertThat(parts).hasSize(1);
    return parts[0];
  }
}
