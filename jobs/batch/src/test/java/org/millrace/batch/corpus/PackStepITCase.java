package org.millrace.batch.corpus;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.apache.avro.Schema;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.batch.Command;
import org.millrace.kernel.tokens.MegatronReader;
import org.millrace.kernel.tokens.Tokenizer;
import org.millrace.kernel.tokens.Tokenizers;
import org.millrace.schema.DocumentStart;
import org.millrace.schema.TrainingWindow;

class PackStepITCase {

  private static final Tokenizer CL100K = Tokenizers.open("cl100k_base");
  private static final int END = CL100K.endOfDocument();

  @TempDir private Path folder;

  @AfterAll
  static void close() {
    CL100K.close();
  }

  /** A window as it was read. */
  private record Packed(int[] tokens, int used, List<Row> documents) {}

  private Path pack(Corpus corpus, String output, String... more) throws IOException {
    return pack(corpus.write(folder.resolve("corpus.jsonl")), output, more);
  }

  private Path pack(Path input, String output, String... more) {
    var out = folder.resolve(output);
    var all = new ArrayList<>(List.of("--set", "pack.tokenizer=cl100k_base"));
    all.addAll(List.of("--set", "pack.length=16"));
    all.addAll(List.of(more));

    var command = Corpus.run(input, out, "pack", all.toArray(String[]::new));

    assertThat(command.status()).as(command.said()).isZero();
    return out.resolve("02-pack");
  }

  private static List<Packed> windows(Path stage) {
    return SparkSession.active()
        .read()
        .parquet(stage.resolve("windows").toString())
        .orderBy("window")
        .collectAsList()
        .stream()
        .map(
            row ->
                new Packed(
                    row.<Integer>getList(1).stream().mapToInt(Integer::intValue).toArray(),
                    row.getInt(2),
                    row.getList(3)))
        .toList();
  }

  /** The documents in windows, in order, each with its id before a space and its text after. */
  private static List<String> unpacked(List<Packed> windows) {
    var ids = new ArrayList<String>();
    var tokens = new ArrayList<List<Integer>>();
    for (var window : windows) {
      for (int i = 0; i < window.documents().size(); i++) {
        var start = window.documents().get(i);
        boolean last = i + 1 == window.documents().size();
        int to = last ? window.used() : window.documents().get(i + 1).<Integer>getAs("start");
        if (!start.<Boolean>getAs("continued")) {
          ids.add(start.getString(0));
          assertThat(start.<String>getAs("source")).isEqualTo(Corpus.source(start.getString(0)));
          tokens.add(new ArrayList<>());
        }
        assertThat(ids.get(ids.size() - 1)).isEqualTo(start.getString(0));
        for (int at = start.<Integer>getAs("start"); at < to; at++) {
          tokens.get(tokens.size() - 1).add(window.tokens()[at]);
        }
      }
    }
    var documents = new ArrayList<String>();
    for (int i = 0; i < ids.size(); i++) {
      var ended = tokens.get(i).stream().mapToInt(Integer::intValue).toArray();
      documents.add(ids.get(i) + " " + text(ended));
    }
    return documents;
  }

  private static String text(int[] ended) {
    assertThat(ended[ended.length - 1]).isEqualTo(END);
    return CL100K.decode(Arrays.copyOf(ended, ended.length - 1));
  }

  private static List<MegatronReader> megatron(Path stage) throws IOException {
    var parts = new ArrayList<MegatronReader>();
    try (var files = Files.list(stage.resolve("megatron"))) {
      for (var file : files.map(Path::toString).filter(f -> f.endsWith(".idx")).sorted().toList()) {
        parts.add(MegatronReader.open(Path.of(file.replace(".idx", ""))));
      }
    }
    return parts;
  }

  private static long count(Path stage, String name) throws IOException {
    return Command.manifest(stage.getParent()).get("counts").get("02-pack." + name).asLong();
  }

  private static List<String> documents(Corpus corpus) {
    return corpus.texts().entrySet().stream().map(t -> t.getKey() + " " + t.getValue()).toList();
  }

  @Test
  void everyDocumentIsInTheWindowsOnce() throws IOException {
    var corpus =
        Corpus.random(Map.of("web", 40, "books", 9))
            .with("web-empty", "")
            .with("web-long", "a long story that never ends, 说来话长。".repeat(60));

    var stage = pack(corpus, "out", Corpus.partitions(4, corpus.write(folder.resolve("sized"))));

    var windows = windows(stage);
    assertThat(windows).allSatisfy(window -> assertThat(window.tokens()).hasSize(16));
    assertThat(unpacked(windows)).containsExactlyInAnyOrderElementsOf(documents(corpus));
    long tokens = corpus.texts().values().stream().mapToInt(t -> CL100K.encode(t).length).sum();
    assertThat(count(stage, "documents")).isEqualTo(51);
    assertThat(count(stage, "tokens")).isEqualTo(tokens);
    assertThat(16L * windows.size())
        .isEqualTo(tokens + 51 + count(stage, "padding"))
        .isEqualTo(count(stage, "tokens_out"));
    var last = windows.get(windows.size() - 1);
    assertThat(count(stage, "padding")).isEqualTo(16 - last.used());
    assertThat(Arrays.copyOfRange(last.tokens(), last.used(), 16)).containsOnly(END);
  }

  @Test
  void windowsHaveTheColumnsOfTheContract() throws IOException {
    var stage = pack(Corpus.random(Map.of("web", 5)), "out");

    var windows = SparkSession.active().read().parquet(stage.resolve("windows").toString());
    assertThat(windows.columns()).isEqualTo(names(TrainingWindow.getClassSchema()));
    assertThat(windows.selectExpr("inline(documents)").columns())
        .isEqualTo(names(DocumentStart.getClassSchema()));
  }

  private static String[] names(Schema schema) {
    return schema.getFields().stream().map(Schema.Field::name).toArray(String[]::new);
  }

  @Test
  void megatronPartsHaveTheTokensOfTheWindows() throws IOException {
    var corpus = Corpus.random(Map.of("web", 60)).with("web-empty", "");

    var stage = pack(corpus, "out", Corpus.partitions(4, corpus.write(folder.resolve("sized"))));

    var fromParts = new ArrayList<Integer>();
    var texts = new ArrayList<String>();
    var parts = megatron(stage);
    for (var part : parts) {
      for (int i = 0; i < part.sequences(); i++) {
        texts.add(text(part.sequence(i)));
        Arrays.stream(part.sequence(i)).forEach(fromParts::add);
      }
    }
    var fromWindows = new ArrayList<Integer>();
    windows(stage)
        .forEach(w -> Arrays.stream(w.tokens()).limit(w.used()).forEach(fromWindows::add));
    assertThat(parts).hasSizeGreaterThan(1);
    assertThat(texts).containsExactlyInAnyOrderElementsOf(corpus.texts().values());
    assertThat(fromParts).isEqualTo(fromWindows);
  }

  @Test
  void windowsDontDependOnPartitions() throws IOException {
    var corpus = Corpus.random(Map.of("web", 80, "books", 30));
    var input = corpus.write(folder.resolve("sized"));
    var mix = List.of("--set", "pack.epochs=web=1.4,books=2.5");

    var one = pack(corpus, "one", with(mix, Corpus.partitions(1, input)));
    var four = pack(corpus, "four", with(mix, Corpus.partitions(4, input)));

    assertThat(megatron(one)).hasSize(1);
    assertThat(megatron(four)).hasSizeGreaterThan(1);
    assertThat(lines(four)).isEqualTo(lines(one));
    assertThat(four.resolve("mixture.csv")).hasSameTextualContentAs(one.resolve("mixture.csv"));
  }

  private static String[] with(List<String> some, String... more) {
    var all = new ArrayList<>(some);
    all.addAll(List.of(more));
    return all.toArray(String[]::new);
  }

  /** Windows in the order in which the files have them. */
  private static List<String> lines(Path stage) throws IOException {
    var lines = new ArrayList<String>();
    try (var files = Files.list(stage.resolve("windows"))) {
      for (var file :
          files.map(Path::toString).filter(f -> f.endsWith(".parquet")).sorted().toList()) {
        lines.addAll(SparkSession.active().read().parquet(file).toJSON().collectAsList());
      }
    }
    return lines;
  }

  @Test
  void epochsAreWholeCopiesAndASample() throws IOException {
    var corpus = Corpus.random(Map.of("web", 60, "books", 20, "spam", 5));

    var stage = pack(corpus, "out", "--set", "pack.epochs=web=2.5,books=1");

    var copies =
        unpacked(windows(stage)).stream()
            .map(document -> document.substring(0, document.indexOf(' ')))
            .collect(Collectors.groupingBy(id -> id, TreeMap::new, Collectors.counting()));
    assertThat(copies.keySet()).noneMatch(id -> id.startsWith("spam"));
    assertThat(copies).hasSize(80);
    copies.forEach(
        (id, n) ->
            assertThat(n)
                .as(id)
                .isIn(Corpus.source(id).equals("web") ? List.of(2L, 3L) : List.of(1L)));
    assertRealised(stage, corpus);
  }

  @Test
  void weightsAreSharesOfTheBudget() throws IOException {
    var corpus = Corpus.random(Map.of("web", 90, "books", 40, "spam", 5));

    var stage =
        pack(corpus, "out", "--set", "pack.weights=web=30,books=70", "--set", "pack.budget=3000");

    var rows = assertRealised(stage, corpus);
    assertThat(rows.get("web")[0]).isCloseTo(.3, within(1e-9));
    assertThat(rows.get("books")[0]).isCloseTo(.7, within(1e-9));
    assertThat(rows).hasSize(2);
    double longest =
        corpus.texts().values().stream()
            .mapToInt(t -> CL100K.encode(t).length + 1)
            .max()
            .getAsInt();
    assertThat(rows.get("web")[3]).isCloseTo(900, within(longest));
    assertThat(rows.get("books")[3]).isCloseTo(2100, within(longest));
  }

  /**
   * Checks mixture.csv against the corpus and the windows: tokens of each source are what was asked
   * for within a document.
   */
  private static Map<String, double[]> assertRealised(Path stage, Corpus corpus)
      throws IOException {
    var available = new TreeMap<String, Long>();
    long longest = 0;
    for (var text : corpus.texts().entrySet()) {
      long tokens = CL100K.encode(text.getValue()).length + 1;
      available.merge(Corpus.source(text.getKey()), tokens, Long::sum);
      longest = Math.max(longest, tokens);
    }
    var packed = new TreeMap<String, Long>();
    for (var document : unpacked(windows(stage))) {
      int space = document.indexOf(' ');
      long tokens = CL100K.encode(document.substring(space + 1)).length + 1;
      packed.merge(Corpus.source(document.substring(0, space)), tokens, Long::sum);
    }
    double all = packed.values().stream().mapToLong(Long::longValue).sum();
    var lines = Files.readAllLines(stage.resolve("mixture.csv"));
    assertThat(lines.get(0))
        .isEqualTo("source,weight,epochs,available_tokens,tokens,realised_weight");
    var rows = new TreeMap<String, double[]>();
    for (var line : lines.subList(1, lines.size())) {
      var source = line.substring(0, line.indexOf(','));
      var row = Arrays.stream(line.split(",")).skip(1).mapToDouble(Double::parseDouble).toArray();
      rows.put(source, row);
      assertThat(row[2]).isEqualTo(available.get(source).doubleValue());
      assertThat(row[3]).isEqualTo(packed.get(source).doubleValue());
      assertThat(row[3]).isCloseTo(row[1] * row[2], within((double) longest));
      assertThat(row[4]).isCloseTo(row[3] / all, within(1e-6));
      assertThat(row[4]).isCloseTo(row[0], within(Math.max(.005, longest / all)));
    }
    assertThat(rows.keySet()).isEqualTo(packed.keySet());
    return rows;
  }

  @Test
  void aMixtureWithoutItsSourcesIsOneLine() throws IOException {
    var input = Corpus.random(Map.of("web", 3)).write(folder.resolve("corpus.jsonl"));

    var command =
        Corpus.run(
            input,
            folder.resolve("out"),
            "pack",
            "--set",
            "pack.tokenizer=cl100k_base",
            "--set",
            "pack.table=200b",
            "--set",
            "pack.budget=1000");

    assertThat(command.status()).isEqualTo(1);
    assertThat(command.said().lines().filter(line -> line.startsWith("millrace")))
        .singleElement()
        .asString()
        .contains(
            "pack: the corpus has no source public, ebooks, common-crawl, news, encyclopedia; its"
                + " sources are web: give weights");
  }

  @Test
  void withoutAVocabularyItAsksForOne() throws IOException {
    var input = Corpus.random(Map.of("web", 3)).write(folder.resolve("corpus.jsonl"));

    var command = Corpus.run(input, folder.resolve("out"), "pack");

    assertThat(command.status()).isEqualTo(1);
    assertThat(command.said()).contains("pack.tokenizer: no step vocabulary before");
  }

  @Test
  void oneDocumentIsOneWindow() throws IOException {
    var stage = pack(new Corpus(Map.of("web-0", "hello world")), "out");

    var windows = windows(stage);
    assertThat(unpacked(windows)).containsExactly("web-0 hello world");
    assertThat(windows.get(0).used()).isEqualTo(3);
    assertThat(count(stage, "padding")).isEqualTo(13);
  }

  @Test
  void ofNoDocumentsThereAreNoWindows() throws IOException {
    var input = new Corpus(Map.of("web-0", "short")).write(folder.resolve("corpus.jsonl"));

    var command =
        Corpus.run(
            input, folder.resolve("out"), "clean,pack", "--set", "pack.tokenizer=cl100k_base");

    assertThat(command.status()).as(command.said()).isZero();
    var stage = folder.resolve("out/02-pack");
    assertThat(windows(stage)).isEmpty();
    assertThat(count(stage, "windows")).isZero();
    assertThat(count(stage, "documents")).isZero();
  }

  @Test
  void aRunCutShortGoesOnWithTheStepThatLacks() throws IOException {
    var input = Corpus.random(Map.of("web", 20)).write(folder.resolve("corpus.jsonl"));
    var stage = pack(input, "out");
    var whole = lines(stage);
    var read = stage.resolveSibling("01-read/_done.json");
    var before = Files.getLastModifiedTime(read);
    Files.delete(stage.resolve("_done.json"));
    Files.writeString(stage.resolve("windows/part-99999.parquet"), "cut sh");
    var manifest = stage.resolveSibling("_millrace.json");
    Files.writeString(manifest, Files.readString(manifest).replace("\"done\"", "\"failed\""));

    pack(input, "out", "--mode", "resume");

    assertThat(lines(stage)).isEqualTo(whole);
    assertThat(Files.getLastModifiedTime(read)).isEqualTo(before);
    assertThat(Command.manifest(stage.getParent()).get("status").asText()).isEqualTo("done");
  }

  @Test
  void nothingIsLeftOfTheWork() throws IOException {
    var stage = pack(Corpus.random(Map.of("web", 20)), "out");

    try (var left = Files.list(stage)) {
      assertThat(left.map(file -> file.getFileName().toString()))
          .containsExactlyInAnyOrder("_done.json", "windows", "megatron");
    }
  }
}
