package org.millrace.batch.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Steps whose options decide which documents stay. */
class CorpusStepsITCase {

  private static final List<String> GOOD_WORDS =
      List.of(
          "river",
          "city",
          "winter",
          "teacher",
          "history",
          "garden",
          "letter",
          "music",
          "island",
          "morning",
          "science",
          "bridge",
          "forest",
          "village",
          "question",
          "journey");
  private static final List<String> SPAM_WORDS =
      List.of(
          "casino",
          "bonus",
          "jackpot",
          "discount",
          "pills",
          "click",
          "winner",
          "lottery",
          "cheap",
          "loan",
          "prize",
          "offer",
          "viagra",
          "credit",
          "deal",
          "subscribe");

  private static Path folder;

  @BeforeAll
  static void makeFolder() throws IOException {
    folder = CorpusRun.folder("steps");
  }

  private static Path write(String name, List<Map<String, Object>> records) throws IOException {
    var json = new ObjectMapper();
    var lines = new ArrayList<String>();
    for (var fields : records) {
      lines.add(json.writeValueAsString(fields));
    }
    return Files.write(folder.resolve(name), lines);
  }

  private static Map<String, Object> copy(String id, String source, Double score, String text) {
    var fields = new LinkedHashMap<String, Object>();
    fields.put("doc_id", id);
    fields.put("source", source);
    fields.put("score", score);
    fields.put("text", text);
    return fields;
  }

  @ParameterizedTest
  @CsvSource({"longest, '', a-2, b-2", "first, 'books,news', a-1, b-3", "best-score, '', a-3, b-1"})
  void theCopyThatStays(String keep, String sources, String first, String second)
      throws IOException {
    var input =
        write(
            "copies.jsonl",
            List.of(
                copy("a-3", "web", .9, Tokens.of(0, 20)),
                copy("a-2", "web", null, Tokens.of(0, 22)),
                copy("a-1", "web", .3, Tokens.of(0, 21)),
                copy("b-1", "web", .9, Tokens.of(100, 120)),
                copy("b-2", "news", .1, Tokens.of(100, 122)),
                copy("b-3", "books", .1, Tokens.of(100, 121))));

    var run =
        CorpusRun.done(
            folder.resolve("copies-%s-%s".formatted(keep, sources.replace(",", "-"))),
            List.of(input),
            "--steps",
            "dedup",
            "--set",
            "dedup.unit=words",
            "--set",
            "dedup.size=1",
            "--set",
            "dedup.profile=40x4",
            "--set",
            "dedup.keep=" + keep,
            "--set",
            "dedup.sources=" + sources,
            "--conf",
            "spark.sql.shuffle.partitions=1");

    assertThat(run.ids("02-dedup")).containsExactly(first, second);
    assertThat(run.dropped("02-dedup"))
        .extracting(row -> row.<String>getAs("detail"))
        .containsExactly(first, first, second, second);
  }

  @Test
  void theFirstIsTheOneOfTheSmallestNumber() throws IOException {
    var lines = new ArrayList<Map<String, Object>>();
    for (int i = 1; i <= 12; i++) {
      var text = i == 9 || i == 12 ? "the same of both, long enough to be a line" : "line " + i;
      lines.add(Map.of("text", text));
    }
    var input = write("numbered.jsonl", lines);

    var dedup =
        CorpusRun.done(
            folder.resolve("numbered-dedup"),
            List.of(input),
            "--steps",
            "dedup",
            "--set",
            "dedup.keep=first");
    var repeated =
        CorpusRun.done(folder.resolve("numbered-lines"), List.of(input), "--steps", "lines");

    assertThat(dedup.fates("02-dedup"))
        .containsExactly("numbered.jsonl:12 exact_duplicate 1.0000 numbered.jsonl:9");
    assertThat(repeated.kept("02-lines")).containsKey("numbered.jsonl:9");
    assertThat(repeated.dropped("02-lines"))
        .extracting(row -> row.<String>getAs("doc_id"))
        .containsExactly("numbered.jsonl:12");
  }

  @Test
  void brokenExamplesAreOneLine() throws IOException {
    var good =
        Files.writeString(folder.resolve("broken.jsonl"), "{\"text\": \"a\"}\n{\"text\": \n");
    var bad = write("whole.jsonl", texts("t", SPAM_WORDS, 2));

    var run =
        CorpusRun.of(
            folder.resolve("broken"),
            List.of(bad),
            "--steps",
            "filter",
            "--set",
            "filter.good=" + good,
            "--set",
            "filter.bad=" + bad);

    assertThat(run.error()).endsWith("broken.jsonl has lines that are no JSON objects; mend them");
  }

  @Test
  void textsShorterThanAShingleAreOnlyComparedWhole() throws IOException {
    var input =
        write(
            "short.jsonl",
            List.of(
                Map.of("doc_id", "1", "text", "春天来"),
                Map.of("doc_id", "2", "text", "春天去"),
                Map.of("doc_id", "3", "text", " 春天来 "),
                Map.of("doc_id", "4", "text", "！"),
                Map.of("doc_id", "5", "text", "。")));

    var run =
        CorpusRun.done(
            folder.resolve("short"),
            List.of(input),
            "--steps",
            "dedup",
            "--conf",
            "spark.sql.shuffle.partitions=1");

    assertThat(run.fates("02-dedup")).containsExactly("3 exact_duplicate 1.0000 1");
    assertThat(run.count("02-dedup.candidate_pairs")).isZero();
  }

  private static String text(List<String> words, Random random) {
    var text = new StringBuilder();
    for (int i = 0; i < 30; i++) {
      text.append(words.get(random.nextInt(words.size()))).append(i % 10 == 9 ? ".\n" : " ");
    }
    return text.toString();
  }

  private static List<Map<String, Object>> texts(String id, List<String> words, int seed) {
    var random = new Random(seed);
    var texts = new ArrayList<Map<String, Object>>();
    for (int i = 0; i < 40; i++) {
      texts.add(Map.of("doc_id", id + i, "text", text(words, random)));
    }
    return texts;
  }

  private static CorpusRun filter(int partitions, List<Path> input, Path good, Path bad) {
    return CorpusRun.done(
        folder.resolve("filter-" + partitions),
        input,
        "--steps",
        "filter",
        "--set",
        "filter.units=words",
        "--set",
        "filter.good=" + good,
        "--set",
        "filter.bad=" + bad,
        "--conf",
        "spark.sql.adaptive.enabled=false",
        "--conf",
        "spark.sql.files.openCostInBytes=134217728",
        "--conf",
        "spark.sql.shuffle.partitions=" + partitions);
  }

  @Test
  void theFilterDropsWhatIsLikeTheBadExamplesWhateverThePartitions() throws IOException {
    // The same ids in both sets, as files that are numbered by themselves have.
    var goodTexts = texts("t", GOOD_WORDS, 1);
    var badTexts = texts("t", SPAM_WORDS, 2);
    var good = write("good.jsonl", goodTexts);
    var bad = write("bad.jsonl", badTexts);
    var goods = Files.createDirectories(folder.resolve("goods"));
    var bads = Files.createDirectories(folder.resolve("bads"));
    for (int i = 0; i < 4; i++) {
      write("goods/part-" + i + ".jsonl", goodTexts.subList(10 * (3 - i), 10 * (4 - i)));
      write("bads/part-" + i + ".jsonl", badTexts.subList(10 * (3 - i), 10 * (4 - i)));
    }
    var documents =
        List.of(
            write("ham.jsonl", texts("ham-", GOOD_WORDS, 3)),
            write("spam.jsonl", texts("spam-", SPAM_WORDS, 4)));

    var one = filter(1, documents, good, bad);
    var four = filter(4, documents, goods.resolve("*.jsonl"), bads.resolve("*.jsonl"));

    assertThat(one.ids("02-filter")).hasSize(40).allMatch(id -> id.startsWith("ham-"));
    assertThat(one.dropped("02-filter"))
        .hasSize(40)
        .allSatisfy(
            row -> {
              assertThat(row.<String>getAs("doc_id")).startsWith("spam-");
              assertThat(row.<String>getAs("rule")).isEqualTo("pangu_spam");
              assertThat(row.<Double>getAs("value")).isBetween(.5, 1.0);
              assertThat(row.<Double>getAs("score"))
                  .isCloseTo(1 - row.<Double>getAs("value"), within(1e-12));
            });
    assertThat(one.output().resolve("02-filter/model.bin"))
        .hasSameBinaryContentAs(four.output().resolve("02-filter/model.bin"));
    assertThat(four.fates("02-filter")).isEqualTo(one.fates("02-filter"));
  }

  @Test
  void languagesThatAreNotNamedGo() throws IOException {
    var input =
        write(
            "languages.jsonl",
            List.of(
                Map.of(
                    "doc_id",
                    "en",
                    "text",
                    "The river runs through the old city, and in winter the teachers take their"
                        + " pupils over the bridge to see the ice that covers both of its banks."),
                Map.of(
                    "doc_id",
                    "fr",
                    "text",
                    "La rivière traverse la vieille ville, et en hiver les professeurs emmènent"
                        + " leurs élèves sur le pont pour voir la glace qui couvre ses rives."),
                Map.of("doc_id", "zh", "text", "这条河穿过古老的城市，到了冬天，老师们就带着学生走过大桥，去看两岸的冰雪，大家都很高兴。")));

    var run =
        CorpusRun.done(
            folder.resolve("languages"),
            List.of(input),
            "--steps",
            "language",
            "--set",
            "language.keep=zh,en");

    assertThat(run.ids("01-language")).containsExactly("en", "zh");
    assertThat(run.dropped("01-language"))
        .singleElement()
        .satisfies(
            row -> {
              assertThat(row.<String>getAs("rule")).isEqualTo("language");
              assertThat(row.<String>getAs("detail")).isEqualTo("fr");
              assertThat(row.<String>getAs("language")).isEqualTo("fr");
              assertThat(row.<Double>getAs("value")).isBetween(0.0, 1.0);
            });
    assertThat(languages(run)).containsExactly("en", "zh");
  }

  private static List<String> languages(CorpusRun run) {
    return SparkSession.active()
        .read()
        .parquet(run.output().resolve("01-language/kept").toString())
        .orderBy("doc_id")
        .select("language")
        .collectAsList()
        .stream()
        .map((Row row) -> row.getString(0))
        .toList();
  }
}
