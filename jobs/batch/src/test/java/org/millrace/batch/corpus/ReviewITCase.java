package org.millrace.batch.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.batch.Command;

class ReviewITCase {

  private static final Pattern SECTION = Pattern.compile("<section.*?</section>", Pattern.DOTALL);
  private static final Pattern ID = Pattern.compile("<summary><bdi>(.*?)</bdi>");

  @TempDir private Path folder;

  private Path review(Path input, String output, String... more) {
    var arguments = new ArrayList<>(List.of("--set", "review.samples=5"));
    arguments.addAll(List.of("--set", "clean.rules=gopher-quality"));
    arguments.addAll(List.of(more));
    var out = folder.resolve(output);

    var command = Corpus.run(input, out, "clean,review", arguments.toArray(String[]::new));

    assertThat(command.status()).as(command.said()).isZero();
    return out;
  }

  private static List<String> ids(String html) {
    return ID.matcher(html).results().map(found -> found.group(1)).toList();
  }

  /** The first documents by the hash of their ids, as the page is to show them. */
  private static List<String> first(List<Row> rows, int most) {
    var ids = rows.stream().map(row -> row.getString(0)).toList();
    return SparkSession.active()
        .createDataset(ids, org.apache.spark.sql.Encoders.STRING())
        .orderBy(functions.xxhash64(functions.col("value")))
        .limit(most)
        .collectAsList();
  }

  @Test
  void thePageIsTheSameHoweverTheDocumentsArePartitioned() throws IOException {
    var input = manyShort().write(folder.resolve("corpus.jsonl"));

    var one = review(input, "one", Corpus.partitions(1, input));
    var four = review(input, "four", Corpus.partitions(4, input));

    assertThat(Files.readAllBytes(four.resolve("02-review/review.html")))
        .isEqualTo(Files.readAllBytes(one.resolve("02-review/review.html")));
  }

  @Test
  void ofManyDocumentsThoseOfTheFirstHashesAreShown() throws IOException {
    var input = manyShort().write(folder.resolve("corpus.jsonl"));

    var out = review(input, "out");

    var html = Files.readString(out.resolve("02-review/review.html"));
    var sections = SECTION.matcher(html).results().map(MatchResult::group).toList();
    var dropped = SparkSession.active().read().parquet(out.resolve("01-clean/dropped").toString());
    var kept = SparkSession.active().read().parquet(out.resolve("01-clean/kept").toString());
    var shortOnes = dropped.where("rule = 'gopher_short_doc'").select("doc_id").collectAsList();
    assertThat(shortOnes).hasSize(700);
    assertThat(sections.get(0)).contains("gopher_short_doc", "5 of 700 documents");
    assertThat(ids(sections.get(0))).isEqualTo(first(shortOnes, 5));
    var aside = html.substring(html.indexOf("<aside>"));
    assertThat(ids(aside)).isEqualTo(first(kept.select("doc_id").collectAsList(), 5));
    assertThat(Command.manifest(out).get("counts").get("02-review.rules").asInt())
        .isEqualTo(sections.size());
  }

  @Test
  void heldOutTextsLikeTheCorpusAreLessPerplexing() throws IOException {
    var input = manyShort().write(folder.resolve("corpus.jsonl"));
    var like = Files.write(folder.resolve("like.txt"), List.of("the road and the sea that be"));
    var unlike = Files.write(folder.resolve("unlike.txt"), List.of("qz xj vk 魑魅魍魉 wq 9301"));

    var good = review(input, "good", "--set", "review.held-out=" + like);
    var bad = review(input, "bad", "--set", "review.held-out=" + unlike);

    assertThat(perplexity(good)).isPositive().isLessThan(perplexity(bad));
    assertThat(Files.readString(good.resolve("02-review/review.html")))
        .contains("perplexity of 1 held-out texts");
  }

  private static double perplexity(Path out) throws IOException {
    return Command.manifest(out).get("counts").get("02-review.held_out_perplexity_x1000").asLong();
  }

  /** 700 documents that are too short, more than are sorted for the page, and 12 that stay. */
  private static Corpus manyShort() {
    var corpus = new java.util.TreeMap<String, String>();
    for (int i = 0; i < 700; i++) {
      corpus.put("web-%03d".formatted(i), "short text " + i);
    }
    for (int i = 0; i < 12; i++) {
      corpus.put(
          "book-%03d".formatted(i),
          "the road and the sea that have to be seen with us ".repeat(8) + i);
    }
    return new Corpus(corpus);
  }
}
