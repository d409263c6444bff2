package org.millrace.batch.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.batch.SharedData;

/** The known numbers of the real files, through the command. */
class CorpusReferenceITCase {

  private static final String MAN_PAGES = "manpages_zh_pairs_dev.jsonl.gz";
  private static final String WITHOUT_CONVERSION =
      "clean.rules=normal,pangu,title,symbols,paragraphs,pangu-cleaned";
  private static final Pattern E_MAIL =
      Pattern.compile("email@example\\.com|firstname\\.lastname@example\\.org");
  private static final Pattern IP =
      Pattern.compile("192\\.0\\.2\\.1|198\\.51\\.100\\.1|203\\.0\\.113\\.1");

  private static List<Path> shared(String name) {
    return List.of(Path.of(SharedData.file("text/" + name)));
  }

  private static CorpusRun run(String file, String... arguments) throws IOException {
    var output = CorpusRun.folder("reference").resolve("out");
    return CorpusRun.done(output, shared(file), arguments);
  }

  @Test
  void manualPagesAfterConversion() throws IOException {
    var run = run(MAN_PAGES, "--steps", "clean,dedup", "--set", "clean.rules=normal,simplified");

    assertThat(run.count("records_in")).isEqualTo(716);
    assertThat(run.count("02-dedup.duplicate_pairs")).isEqualTo(542);
    assertThat(run.count("02-dedup.components")).isEqualTo(329);
    assertThat(run.count("02-dedup.largest_component")).isEqualTo(16);
    assertThat(run.count("02-dedup.kept")).isEqualTo(333);
    assertThat(run.ids("02-dedup")).hasSize(333).doesNotHaveDuplicates();
    assertThat(run.dropped("02-dedup"))
        .hasSize(716 - 333)
        .allMatch(row -> row.<Double>getAs("value") >= .7)
        .filteredOn(row -> row.getAs("rule").equals("near_duplicate"))
        .extracting(row -> row.<String>getAs("detail"))
        .isSubsetOf(run.ids("02-dedup"));
  }

  @Test
  void manualPagesWithoutConversion() throws IOException {
    var run =
        run(
            MAN_PAGES,
            "--steps",
            "dedup",
            "--set",
            "dedup.profile=recall",
            "--set",
            "dedup.convert=false");

    assertThat(run.count("02-dedup.duplicate_pairs")).isEqualTo(123);
    assertThat(run.count("02-dedup.components")).isEqualTo(640);
    assertThat(run.droppedBy("02-dedup.exact_duplicate")).isEqualTo(32);
  }

  @Test
  void plantedPairsAreAllFoundAndNoOthers() throws IOException {
    var folder = CorpusRun.folder("planted");
    var json = new ObjectMapper();
    var lines = new ArrayList<String>();
    for (var line : lines("near_duplicates_1000.train.gz")) {
      int space = line.indexOf(' ');
      lines.add(
          json.writeValueAsString(
              Map.of("doc_id", line.substring(0, space), "text", line.substring(space + 1))));
    }
    var input = Files.write(folder.resolve("articles.jsonl"), lines);

    var run =
        CorpusRun.done(
            folder.resolve("out"), List.of(input), "--steps", "dedup", "--set", "dedup.unit=words");

    var truth = new HashSet<Set<String>>();
    lines("near_duplicates_1000.truth").forEach(line -> truth.add(Set.of(line.split(" "))));
    var found = new HashSet<Set<String>>();
    run.dropped("02-dedup")
        .forEach(row -> found.add(Set.of(row.getAs("doc_id"), row.getAs("detail"))));
    assertThat(truth).hasSize(10);
    assertThat(found).isEqualTo(truth);
    assertThat(run.count("02-dedup.verified_edges")).isEqualTo(10);
  }

  private static List<String> lines(String name) throws IOException {
    var file = shared(name).get(0);
    try (var bytes = Files.newInputStream(file);
        var plain = name.endsWith(".gz") ? new GZIPInputStream(bytes) : bytes) {
      return new String(plain.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.isBlank())
          .toList();
    }
  }

  @Test
  void fiveSiteLinesOfTheHelpPagesAndNothingElse() throws IOException {
    var run =
        run(
            "libreoffice_help_zh_dev.jsonl.gz",
            "--columns",
            "text=html",
            "--steps",
            "extract,clean");

    assertThat(run.count("02-navigation.site_lines")).isEqualTo(5);
    assertThat(run.count("02-navigation.lines")).isEqualTo(5186);
    var before = run.kept("01-extract");
    var after = run.kept("02-navigation");
    run.dropped("02-navigation").forEach(row -> after.put(row.getAs("doc_id"), row.getAs("text")));
    assertThat(lines(before.values())).hasSize(39_923);
    assertThat(lines(after.values())).hasSize(39_923 - 5186);
    var site = List.of("目录", "索引", "模块", "LibreOffice 7.4 帮助", "Help content debug info:");
    assertThat(before.keySet().stream().filter(id -> !after.get(id).equals(before.get(id))))
        .hasSize(1035);
    for (var id : before.keySet()) {
      var left = before.get(id).lines().filter(line -> !site.contains(plain(line))).toList();
      assertThat(after.get(id).lines()).as(id).containsExactlyElementsOf(left);
    }
    // 298 pass the ratio and the length; one of them gets too short by what cleaning takes out.
    long tooShort = run.droppedBy("03-clean.pangu_short_after_clean");
    assertThat(tooShort).isLessThanOrEqualTo(1);
    assertThat(run.count("03-clean.kept") + tooShort).isEqualTo(298);
  }

  /** A line without pictures. */
  private static String plain(String line) {
    return line.replaceAll("[\\p{So}\\p{Mn}]", "").strip();
  }

  private static List<String> lines(Collection<String> texts) {
    return texts.stream().flatMap(String::lines).toList();
  }

  @ParameterizedTest
  @CsvSource({
    "fortunes_zh.jsonl.gz, 5671, 267, 5",
    "common_crawl_zh_lines_1000.jsonl.gz, 1000, 82, 0",
    "manpages_zh_pairs_dev.jsonl.gz, 716, 11, 0"
  })
  void pangusRulesWithoutConversion(String file, long documents, long kept, long shortAfter)
      throws IOException {
    var run = run(file, "--steps", "clean", "--set", WITHOUT_CONVERSION);

    assertThat(run.count("records_in")).isEqualTo(documents);
    assertThat(run.count("01-clean.kept")).isEqualTo(kept);
    assertThat(run.droppedBy("01-clean.pangu_short_after_clean")).isEqualTo(shortAfter);
    assertThat(run.count("01-clean.dropped")).isEqualTo(documents - kept);
  }

  /** E-mails and the documents that have some, global addresses, Chinese mobiles. */
  @ParameterizedTest
  @CsvSource({
    "fortunes_zh.jsonl.gz, 51, 17, 3",
    "common_crawl_zh_lines_1000.jsonl.gz, 0, 0, 0",
    "manpages_zh_pairs_dev.jsonl.gz, 596, 386, 28"
  })
  void personalDataIsMasked(String file, int mails, int documents, int addresses)
      throws IOException {
    var run = run(file, "--steps", "clean", "--set", "clean.rules=pii");

    var masked = run.kept("01-clean").values();
    assertThat(found(E_MAIL, masked)).isEqualTo(mails);
    assertThat(masked.stream().filter(text -> E_MAIL.matcher(text).find())).hasSize(documents);
    assertThat(found(IP, masked)).isEqualTo(addresses);
    assertThat(found(Pattern.compile("\\[ID]"), masked)).isZero();
  }

  private static long found(Pattern pattern, Collection<String> texts) {
    return texts.stream().mapToLong(text -> pattern.matcher(text).results().count()).sum();
  }

  @Test
  void theArchivesPages() throws IOException {
    var run =
        run(
            "sample-0000.warc.gz",
            "--steps",
            "extract,clean",
            "--set",
            "extract.site-lines=false",
            "--set",
            "clean.rules=pii");

    assertThat(run.count("records_in")).isEqualTo(22);
    assertThat(run.kept("01-clean")).hasSize(22);
    assertThat(run.manifest().get("quarantined")).isEmpty();
    assertThat(run.kept("01-clean").values())
        .allMatch(text -> !text.isBlank() && !text.contains("</"));
    assertThat(found(E_MAIL, run.kept("01-clean").values())).isEqualTo(7);
  }
}
