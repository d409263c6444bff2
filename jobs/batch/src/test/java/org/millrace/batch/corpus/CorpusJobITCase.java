package org.millrace.batch.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * A corpus with one of everything through the steps of a recipe: what is dropped and why, at any
 * number of partitions, after a cut, and against it a newer corpus.
 */
class CorpusJobITCase {

  private static final int MANY = 80;
  private static final String LINE = "this line of more than thirty characters is on two pages";
  private static final List<String> STAGES =
      List.of("01-clean", "02-lines", "03-decontaminate", "04-dedup");
  private static final Map<String, String> CORPUS = corpus();

  private static Path folder;
  private static Path recipe;
  private static CorpusRun two;

  private static Map<String, String> corpus() {
    var texts = new LinkedHashMap<String, String>();
    for (int i = 0; i < 10; i++) {
      texts.put("single-" + i, Tokens.of(100 * i, 100 * i + 20));
    }
    // One apart 9/11 of the words are shared, two apart 8/12, which is less than 0.7.
    for (int i = 0; i < 5; i++) {
      texts.put("chain-" + i, Tokens.of(2000 + i, 2010 + i));
    }
    // Any two share 99 of 101 words, and most of them each key of a band.
    for (int i = 0; i < MANY; i++) {
      texts.put(
          "many-%02d".formatted(i), Tokens.of(3000, 3099) + " " + Tokens.of(4000 + i, 4001 + i));
    }
    texts.put("exact-1", Tokens.of(5000, 5020));
    texts.put("exact-2", Tokens.of(5000, 5020).toUpperCase(java.util.Locale.ROOT) + "!");
    texts.put("exact-3", Tokens.of(5000, 5010) + ", " + Tokens.of(5010, 5020));
    texts.put("advert", Tokens.of(6000, 6020) + " buynow");
    texts.put("symbols", Tokens.of(6100, 6120) + " \u2605\u2606");
    texts.put("line-1", Tokens.of(6200, 6220) + "\n" + LINE);
    texts.put("line-2", Tokens.of(6300, 6320) + "\n" + LINE);
    texts.put("line-3", LINE);
    texts.put("line-4", LINE + "\n \n");
    texts.put("test-1", Tokens.of(6400, 6410) + " " + Tokens.of(7000, 7013));
    texts.put("test-2", Tokens.of(7100, 7114) + " " + Tokens.of(7000, 7013));
    texts.put("near-test", Tokens.of(6500, 6510) + " " + Tokens.of(7000, 7012));
    return texts;
  }

  /** Runs the recipe over the corpus in as many files and partitions. */
  private static CorpusRun run(int partitions) throws IOException {
    var documents = new ArrayList<>(CORPUS.entrySet());
    Collections.shuffle(documents, new Random(partitions));
    var files = Files.createDirectories(folder.resolve("input-" + partitions));
    for (int file = 0; file < partitions; file++) {
      var lines = new ArrayList<String>();
      for (int i = file; i < documents.size(); i += partitions) {
        lines.add(json(documents.get(i).getKey(), documents.get(i).getValue()));
      }
      Files.write(files.resolve("part-" + file + ".jsonl"), lines);
    }
    return CorpusRun.done(
        folder.resolve("out-" + partitions),
        List.of(files),
        "--recipe",
        recipe.toString(),
        "--conf",
        "spark.sql.adaptive.enabled=false",
        "--conf",
        "spark.sql.files.openCostInBytes=134217728",
        "--conf",
        "spark.sql.shuffle.partitions=" + partitions);
  }

  private static String json(String id, String text) throws IOException {
    return new ObjectMapper().writeValueAsString(Map.of("doc_id", id, "text", text));
  }

  private static Path write(String name, Map<String, String> texts) throws IOException {
    var lines = new ArrayList<String>();
    for (var text : texts.entrySet()) {
      lines.add(json(text.getKey(), text.getValue()));
    }
    return Files.write(folder.resolve(name), lines);
  }

  @BeforeAll
  static void run() throws IOException {
    folder = CorpusRun.folder("job");
    var adverts = Files.writeString(folder.resolve("adverts.txt"), "buynow\n\ncall us\n");
    var questions =
        Files.writeString(
            folder.resolve("questions.jsonl"),
            """
            {"id": "q1", "question": "%s", "note": "%s"}
            {"id": "q2", "question": "%s", "answer": "short"}
            {"id": "q3", "question": "too short"}
            """
                .formatted(Tokens.of(7000, 7013), Tokens.of(100, 120), Tokens.of(7100, 7114)));
    var sentences = Files.writeString(folder.resolve("other.txt"), Tokens.of(9000, 9020) + "\n");
    recipe =
        Files.writeString(
            folder.resolve("recipe.yaml"),
            """
            steps:
              - clean: {rules: [normal, symbols, adverts], adverts: %s}
              - lines
              - decontaminate: {benchmarks: ["%s", "%s"]}
              - dedup: {unit: words, size: 1, profile: 40x4, index: true}
            """
                .formatted(adverts, questions, sentences));
    two = run(2);
  }

  @Test
  void everyDocumentIsKeptOrDroppedOnce() {
    var ids = new ArrayList<>(two.ids("04-dedup"));
    for (var stage : STAGES) {
      two.dropped(stage).forEach(row -> ids.add(row.getAs("doc_id")));
    }

    assertThat(ids).containsExactlyInAnyOrderElementsOf(CORPUS.keySet());
    assertThat(two.count("records_in")).isEqualTo(CORPUS.size());
    assertThat(two.count("04-dedup.kept")).isEqualTo(two.ids("04-dedup").size());
  }

  @Test
  void whatCleaningDropsAndEdits() {
    assertThat(two.fates("01-clean")).containsExactly("advert pangu_advert 1.0000 null");
    assertThat(two.kept("01-clean").get("symbols")).isEqualTo(Tokens.of(6100, 6120) + " ");
    assertThat(two.count("01-clean.symbols")).isEqualTo(2);
    assertThat(two.droppedBy("01-clean.pangu_advert")).isEqualTo(1);
  }

  @Test
  void aRepeatedLineStaysInTheFirstDocumentOnly() {
    assertThat(two.kept("02-lines"))
        .contains(entry("line-1", CORPUS.get("line-1")), entry("line-2", Tokens.of(6300, 6320)));
    assertThat(two.fates("02-lines"))
        .containsExactly("line-3 no_text 0.0000 null", "line-4 no_text 0.0000 null");
    assertThat(two.count("02-lines.lines")).isEqualTo(3);
  }

  @Test
  void documentsThatHoldATestItemGoAndAreReportedByBenchmark() throws IOException {
    var dropped = two.dropped("03-decontaminate");

    assertThat(two.fates("03-decontaminate"))
        .containsExactly(
            "test-1 contaminated 1.0000 questions/q1: " + Tokens.of(7000, 7013),
            "test-2 contaminated 3.0000 questions/q2: " + Tokens.of(7100, 7113));
    assertThat(failures(dropped.get(1)))
        .containsExactly("contaminated 3.0", "questions/q2 2.0", "questions/q1 1.0");
    assertThat(two.json("03-decontaminate/benchmarks"))
        .extracting(Object::toString)
        .containsExactlyInAnyOrder(
            "{\"task\":\"questions\",\"items\":3,\"items_found\":2,\"documents\":2}",
            "{\"task\":\"other\",\"items\":1,\"items_found\":0,\"documents\":0}");
    assertThat(two.count("03-decontaminate.benchmark_items")).isEqualTo(4);
    assertThat(two.count("03-decontaminate.items_too_short")).isEqualTo(1);
  }

  private static List<String> failures(Row dropped) {
    return dropped.<Row>getList(dropped.fieldIndex("failures")).stream()
        .map(failure -> failure.getString(0) + " " + failure.getDouble(1))
        .toList();
  }

  @Test
  void everyDroppedDocumentSaysByWhat() {
    for (var stage : STAGES) {
      assertThat(two.dropped(stage))
          .isNotEmpty()
          .allSatisfy(
              row -> {
                assertThat(row.<String>getAs("step")).isEqualTo(stage.substring(3));
                assertThat(failures(row).get(0))
                    .isEqualTo(row.getAs("rule") + " " + row.<Double>getAs("value"));
              });
    }
  }

  @Test
  void copiesOfALongChainGoOnlyIfTheyAreLikeOneThatStays() {
    assertThat(two.fates("04-dedup"))
        .filteredOn(fate -> fate.startsWith("chain"))
        .containsExactly(
            "chain-1 near_duplicate 0.8182 chain-0", "chain-3 near_duplicate 0.8182 chain-2");
  }

  @Test
  void exactCopiesAreThoseOfOneNormalForm() {
    assertThat(two.fates("04-dedup"))
        .filteredOn(fate -> fate.startsWith("exact"))
        .containsExactly(
            "exact-2 exact_duplicate 1.0000 exact-1", "exact-3 exact_duplicate 1.0000 exact-1");
  }

  @Test
  void aBucketOfMoreThan64IsStillOneComponent() throws IOException {
    assertThat(two.fates("04-dedup"))
        .filteredOn(fate -> fate.startsWith("many"))
        .containsExactlyElementsOf(
            IntStream.range(1, MANY)
                .mapToObj("many-%02d near_duplicate 0.9802 many-00"::formatted)
                .toList());
    assertThat(two.count("04-dedup.largest_component")).isEqualTo(MANY);
    assertThat(two.json("04-dedup/largest-components"))
        .extracting(Object::toString)
        .containsExactly(
            "{\"first\":\"many-00\",\"size\":80,\"stay\":1}",
            "{\"first\":\"chain-0\",\"size\":5,\"stay\":3}",
            "{\"first\":\"exact-1\",\"size\":3,\"stay\":1}");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 8})
  void theSameAtAnyNumberOfPartitions(int partitions) throws IOException {
    var other = run(partitions);

    for (var stage : STAGES) {
      assertThat(other.kept(stage)).as(stage).isEqualTo(two.kept(stage));
      assertThat(other.ids(stage)).as(stage).isEqualTo(two.ids(stage));
      assertThat(other.fates(stage)).as(stage).isEqualTo(two.fates(stage));
      assertThat(other.dropped(stage).stream().map(CorpusJobITCase::failures).toList())
          .as(stage)
          .isEqualTo(two.dropped(stage).stream().map(CorpusJobITCase::failures).toList());
    }
    assertThat(other.manifest().get("counts")).isEqualTo(two.manifest().get("counts"));
    assertThat(other.manifest().get("dropped")).isEqualTo(two.manifest().get("dropped"));
  }

  /** A copy of the run's folder as a kill in the second stage leaves it. */
  private static CorpusRun cutShort(String name) throws IOException {
    var output = folder.resolve(name);
    try (var all = Files.walk(two.output())) {
      for (var path : all.toList()) {
        Files.copy(path, output.resolve(two.output().relativize(path)));
      }
    }
    Files.delete(output.resolve("02-lines/_done.json"));
    for (var stage : List.of("03-decontaminate", "04-dedup")) {
      try (var all = Files.walk(output.resolve(stage))) {
        for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    var manifest = output.resolve("_millrace.json");
    Files.writeString(
        manifest,
        Files.readString(manifest).replace("\"status\" : \"done\"", "\"status\" : \"running\""));
    return new CorpusRun(output, null);
  }

  private static CorpusRun resume(Path output, String... more) {
    var arguments = new ArrayList<>(List.of("--mode", "resume", "--recipe", recipe.toString()));
    // The settings of the run are among its options.
    arguments.addAll(
        List.of(
            "--conf",
            "spark.sql.adaptive.enabled=false",
            "--conf",
            "spark.sql.files.openCostInBytes=134217728",
            "--conf",
            "spark.sql.shuffle.partitions=2"));
    arguments.addAll(List.of(more));
    return CorpusRun.of(
        output, List.of(folder.resolve("input-2")), arguments.toArray(String[]::new));
  }

  private static Map<String, String> files(Path stage) throws IOException {
    var files = new TreeMap<String, String>();
    try (var all = Files.walk(stage)) {
      for (var path : all.filter(Files::isRegularFile).toList()) {
        files.put(path.toString(), Files.getLastModifiedTime(path).toString());
      }
    }
    return files;
  }

  @Test
  void aRunThatWasCutShortGoesOnWhereItStood() throws IOException {
    var cut = cutShort("cut");
    var first = files(cut.output().resolve("01-clean"));

    var resumed = resume(cut.output());
    var again = resume(cut.output());

    assertThat(resumed.command().status()).as(resumed.command().said()).isZero();
    assertThat(files(cut.output().resolve("01-clean"))).isEqualTo(first);
    for (var stage : STAGES) {
      assertThat(resumed.kept(stage)).as(stage).isEqualTo(two.kept(stage));
      assertThat(resumed.fates(stage)).as(stage).isEqualTo(two.fates(stage));
    }
    assertThat(resumed.manifest().get("counts")).isEqualTo(two.manifest().get("counts"));
    assertThat(resumed.manifest().get("dropped")).isEqualTo(two.manifest().get("dropped"));
    assertThat(again.command().status()).isZero();
    assertThat(again.line()).contains("nothing left to do");
  }

  @Test
  void resumingWithOtherOptionsIsRefused() throws IOException {
    var cut = cutShort("cut-options");

    var resumed = resume(cut.output(), "--set", "dedup.threshold=0.8");

    assertThat(resumed.command().status()).isEqualTo(1);
    assertThat(resumed.error()).contains("--mode resume", "other options or inputs");
  }

  @Test
  void resumingWithARecipeThatHasChangedIsRefused() throws IOException {
    var cut = cutShort("cut-recipe");
    var before = Files.readString(recipe);
    Files.writeString(recipe, before.replace("normal, symbols, adverts", "normal, adverts"));

    var resumed = resume(cut.output());
    Files.writeString(recipe, before);

    assertThat(resumed.command().status()).isEqualTo(1);
    assertThat(resumed.error()).contains("--mode resume", "other options or inputs");
  }

  @Test
  void aNewerCorpusLosesWhatAnOlderOneHas() throws IOException {
    var newer =
        write(
            "newer.jsonl",
            Map.of(
                "new-exact", Tokens.of(0, 20) + ".",
                // 19 of 21 words.
                "new-near", Tokens.of(101, 121),
                // As near to new-near, and 18 of 22 words of the old one.
                "new-nearer", Tokens.of(102, 122),
                // 9 of 11 words of chain-4; the next has as many of this one, but 8 of 12 of
                // chain-4.
                "new-like", Tokens.of(2005, 2015),
                "new-far", Tokens.of(2006, 2016),
                "new-copy", Tokens.of(8000, 8020),
                "new-copy-2", Tokens.of(8001, 8021),
                // The id of an old document, but another text.
                "single-5", Tokens.of(8100, 8120)));

    var run =
        CorpusRun.done(
            folder.resolve("out-newer"),
            List.of(newer),
            "--steps",
            "dedup",
            "--set",
            "dedup.unit=words",
            "--set",
            "dedup.size=1",
            "--set",
            "dedup.profile=40x4",
            "--set",
            "dedup.against=" + two.output().resolve("04-dedup/index"));

    assertThat(run.fates("02-dedup"))
        .containsExactly(
            "new-copy-2 near_duplicate 0.9048 new-copy",
            "new-exact exact_duplicate 1.0000 single-0",
            "new-like near_duplicate 0.8182 chain-4",
            "new-near near_duplicate 0.9048 single-1",
            "new-nearer near_duplicate 0.8182 single-1");
    assertThat(run.ids("02-dedup")).containsExactly("new-copy", "new-far", "single-5");
    assertThat(run.kept("02-dedup").get("single-5")).isEqualTo(Tokens.of(8100, 8120));
  }

  @ParameterizedTest
  @ValueSource(strings = {"dedup.size=2", "dedup.fuzzy=false"})
  void anIndexOfOtherOptionsIsRefused(String option) throws IOException {
    var newer = write("other.jsonl", Map.of("a", "b"));

    var run =
        CorpusRun.of(
            folder.resolve("out-" + option),
            List.of(newer),
            "--steps",
            "dedup",
            "--set",
            "dedup.unit=words",
            "--set",
            "dedup.size=1",
            "--set",
            "dedup.profile=40x4",
            "--set",
            "dedup.against=" + two.output().resolve("04-dedup/index"),
            "--set",
            option);

    assertThat(run.command().status()).isEqualTo(1);
    assertThat(run.error())
        .contains("04-dedup/index was made with unit=WORDS size=1 bands=40x4 seed=42 fuzzy=true");
  }

  @Test
  void whatIsNoIndexIsRefused() throws IOException {
    var newer = write("other.jsonl", Map.of("a", "b"));

    var run =
        CorpusRun.of(
            folder.resolve("out-no-index"),
            List.of(newer),
            "--steps",
            "dedup",
            "--set",
            "dedup.against=" + two.output().resolve("04-dedup"));

    assertThat(run.command().status()).isEqualTo(1);
    assertThat(run.error()).contains("dedup.against: ", "04-dedup is no index");
  }
}
