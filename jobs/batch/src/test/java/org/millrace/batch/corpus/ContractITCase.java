package org.millrace.batch.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.apache.avro.Schema;
import org.apache.avro.specific.SpecificData;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.avro.AvroParquetReader;
import org.apache.parquet.avro.AvroReadSupport;
import org.apache.parquet.hadoop.util.HadoopInputFile;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.batch.Command;
import org.millrace.batch.corpus.demo.WebPage.Kind;
import org.millrace.batch.corpus.demo.WebPages;
import org.millrace.batch.corpus.pack.Sequences;
import org.millrace.schema.Document;
import org.millrace.schema.DocumentStart;
import org.millrace.schema.RuleFailure;
import org.millrace.schema.TrainingWindow;

/** What the job makes of the demo's pages, read by the contracts. */
class ContractITCase {

  /** So many that each of the three sites has enough pages to tell its navigation. */
  private static final int ARTICLES = 80;

  private static final int LENGTH = 128;
  private static final Map<Kind, Integer> MADE = new EnumMap<>(Kind.class);

  @TempDir private static Path folder;

  @BeforeAll
  static void prepare() throws IOException {
    var json = new ObjectMapper();
    var lines = new ArrayList<String>();
    for (var page : WebPages.make(ARTICLES, 42)) {
      MADE.merge(page.kind(), 1, Integer::sum);
      lines.add(json.writeValueAsString(Map.of("url", page.url(), "html", page.html())));
    }
    var pages = Files.write(folder.resolve("pages.jsonl"), lines);
    var adverts = Files.write(folder.resolve("adverts.txt"), WebPages.ADVERTS);
    var recipe =
        Files.writeString(
            folder.resolve("recipe.yaml"),
            """
            steps:
              - extract: {site-lines: false}
              - clean: {rules: [normal, pangu, title, symbols, paragraphs, adverts], adverts: "%s"}
              - navigation
              - clean: {rules: [simplified, pangu-cleaned]}
              - dedup
              - vocabulary: {size: 400}
              - pack: {length: %d}
              - review
            """
                .formatted(adverts, LENGTH));
    var ran =
        Command.run(
            new CorpusJob(),
            "--input=" + pages,
            "--columns=text=html",
            "--recipe=" + recipe,
            "--output=" + folder.resolve("out"));
    assertThat(ran.status()).as(ran.said()).isZero();
  }

  @Test
  void theContractsHaveTheColumnsOfTheJob() {
    assertThat(Fate.SCHEMA.fieldNames()).containsExactly(names(Document.getClassSchema()));
    assertThat(names(Fate.SCHEMA, "failures")).containsExactly(names(RuleFailure.getClassSchema()));
    assertThat(Sequences.WINDOW.fieldNames())
        .containsExactly(names(TrainingWindow.getClassSchema()));
    assertThat(names(Sequences.WINDOW, "documents"))
        .containsExactly(names(DocumentStart.getClassSchema()));
  }

  @Test
  void ofEachArticleOneCopyStaysWithoutWhatIsOnEveryPage() throws IOException {
    List<Document> kept = read("04-dedup/kept", Document.getClassSchema());

    assertThat(kept).hasSize(ARTICLES);
    assertThat(kept)
        .allSatisfy(
            document -> {
              assertThat(document.getRule()).isNull();
              assertThat(document.getFailures()).isNull();
              assertThat(document.getSource()).isEqualTo("pages.jsonl");
              assertThat(document.getUrl()).startsWith("https://");
              assertThat(document.getText()).doesNotContain("首页", "軟體");
            });
  }

  @Test
  void whatIsDroppedTellsRuleAndMeasure() throws IOException {
    List<Document> unclean = read("01-clean/dropped", Document.getClassSchema());
    List<Document> copies = read("04-dedup/dropped", Document.getClassSchema());

    assertThat(unclean)
        .filteredOn(d -> d.getRule().equals("pangu_advert"))
        .hasSize(of(Kind.ADVERT));
    assertThat(unclean)
        .filteredOn(d -> d.getRule().equals("pangu_chinese_ratio"))
        .hasSize(of(Kind.ENGLISH))
        .allSatisfy(d -> assertThat(d.getValue()).isBetween(0.0, 0.6));
    assertThat(unclean)
        .filteredOn(d -> d.getRule().equals("pangu_too_short"))
        .hasSize(of(Kind.SHORT))
        .allSatisfy(
            d ->
                assertThat(d.getFailures())
                    .containsExactly(new RuleFailure("pangu_too_short", d.getValue())));
    assertThat(unclean).hasSize(of(Kind.ADVERT) + of(Kind.ENGLISH) + of(Kind.SHORT));
    assertThat(copies)
        .hasSize(of(Kind.COPY) + of(Kind.NEAR_COPY) + of(Kind.TRADITIONAL_COPY))
        .allSatisfy(
            d -> {
              assertThat(d.getValue()).isBetween(0.7, 1.0);
              assertThat(d.getDetail()).startsWith("pages.jsonl:");
            });
  }

  @Test
  void navigationTellsHowManyLinesItTookOut() throws IOException {
    List<Document> left = read("02-navigation/kept", Document.getClassSchema());

    assertThat(left)
        .isNotEmpty()
        .allSatisfy(d -> assertThat(d.getEdits()).containsExactly(Map.entry("lines", 4L)));
  }

  @Test
  void windowsHoldTheDocuments() throws IOException {
    List<TrainingWindow> windows = read("06-pack/windows", TrainingWindow.getClassSchema());

    assertThat(windows).allSatisfy(w -> assertThat(w.getTokens()).hasSize(LENGTH));
    assertThat(windows.stream().flatMap(w -> w.getDocuments().stream()))
        .filteredOn(start -> !start.getContinued())
        .extracting(DocumentStart::getDocId)
        .doesNotHaveDuplicates()
        .hasSize(ARTICLES);
  }

  private static int of(Kind kind) {
    return MADE.get(kind);
  }

  private static String[] names(Schema schema) {
    return schema.getFields().stream().map(Schema.Field::name).toArray(String[]::new);
  }

  private static String[] names(StructType type, String array) {
    return ((StructType) ((ArrayType) type.apply(array).dataType()).elementType()).fieldNames();
  }

  private static <T> List<T> read(String part, Schema schema) throws IOException {
    var conf = new Configuration();
    AvroReadSupport.setAvroReadSchema(conf, schema);
    var records = new ArrayList<T>();
    try (var files = Files.list(folder.resolve("out").resolve(part))) {
      for (var file : files.filter(f -> f.toString().endsWith(".parquet")).sorted().toList()) {
        var in = HadoopInputFile.fromPath(new org.apache.hadoop.fs.Path(file.toUri()), conf);
        try (var reader =
            AvroParquetReader.<T>builder(in)
                .withDataModel(SpecificData.get())
                .withConf(conf)
                .build()) {
          for (var record = reader.read(); record != null; record = reader.read()) {
            records.add(record);
          }
        }
      }
    }
    return records;
  }
}
