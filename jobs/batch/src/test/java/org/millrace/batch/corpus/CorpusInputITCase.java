package org.millrace.batch.corpus;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What of the input can't be used, and what names it hasn't. */
class CorpusInputITCase {

  private static Path folder;

  @BeforeAll
  static void makeFolder() throws IOException {
    folder = CorpusRun.folder("input");
  }

  private static Path write(String name, String... lines) throws IOException {
    return Files.write(folder.resolve(name), List.of(lines));
  }

  private static CorpusRun clean(String output, Path input, String... more) {
    var arguments =
        new ArrayList<>(List.of("--steps", "clean", "--set", "clean.rules=normal,symbols"));
    arguments.addAll(List.of(more));
    return CorpusRun.of(
        folder.resolve("out-" + output), List.of(input), arguments.toArray(String[]::new));
  }

  private static List<String> quarantine(CorpusRun run, String place) throws IOException {
    return run.json("_quarantine").stream()
        .map(bad -> bad.get(place).asLong() + " " + bad.get("reason").asText())
        .toList();
  }

  @Test
  void badRecordsAreSetApartAndTheOthersKept() throws IOException {
    var bytes = new ByteArrayOutputStream();
    for (var line :
        List.of(
            "{\"doc_id\": \"good\", \"text\": \"one\"}",
            "{\"doc_id\": \"cut\", \"text\": \"tw",
            "",
            "{\"doc_id\": \"null\", \"text\": null}",
            "{\"doc_id\": \"none\"}",
            "{\"doc_id\": \" \", \"text\": \"blank id\"}",
            "{\"text\": \"no id\"}",
            "{\"doc_id\": \"late\", \"text\": null}",
            "{\"doc_id\": \"late\", \"text\": \"two\u2605\"}",
            "{\"doc_id\": \"good\", \"text\": \"twin\"}",
            "[1, 2]",
            "{\"doc_id\": \"empty\", \"text\": \"\"}")) {
      bytes.writeBytes((line + "\n").getBytes(UTF_8));
    }
    bytes.writeBytes("{\"doc_id\": \"latin\", \"text\": \"caf\u00e9\"}\n".getBytes(ISO_8859_1));
    var input = Files.write(folder.resolve("bad.jsonl"), bytes.toByteArray());

    var run = clean("bad", input);

    assertThat(run.command().status()).as(run.command().said()).isZero();
    assertThat(run.kept("01-clean"))
        .hasSize(3)
        .containsEntry("good", "one")
        .containsEntry("late", "two")
        .containsEntry("empty", "");
    assertThat(quarantine(run, "line"))
        .containsExactlyInAnyOrder(
            "2 not valid JSON",
            "4 no text",
            "5 no text",
            "6 no doc_id",
            "7 no doc_id",
            "8 no text",
            "10 duplicate key (doc_id)",
            "11 not a JSON object",
            "13 not UTF-8");
    assertThat(run.json("_quarantine"))
        .allSatisfy(bad -> assertThat(bad.get("file").asText()).endsWith("bad.jsonl"))
        .filteredOn(bad -> bad.get("line").asLong() == 10)
        .allSatisfy(bad -> assertThat(bad.get("record").asText()).contains("twin"));
    assertThat(run.count("records_in")).isEqualTo(12);
    assertThat(run.quarantined("no text")).isEqualTo(3);
    assertThat(run.command().said()).contains("9 bad records moved to");
  }

  @Test
  void nothingButBadRecordsFails() throws IOException {
    var input =
        write(
            "all-bad.jsonl",
            "{\"doc_id\": \" \", \"text\": \"a\"}",
            "{\"doc_id\": null, \"text\": \"b\"}");

    var run = clean("all-bad", input);
    var resumed = clean("all-bad", input, "--mode", "resume");

    assertThat(run.command().status()).isEqualTo(1);
    assertThat(run.error()).contains("no record could be used: no doc_id");
    assertThat(run.manifest().get("status").asText()).isEqualTo("failed");
    assertThat(resumed.command().status()).isEqualTo(1);
    assertThat(resumed.error()).contains("no record could be used: no doc_id");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '~',
      value = {
        "empty.jsonl   | ~~                                | empty.jsonl: no records in it",
        "plain.jsonl   | plain text                        | none of the first 1 lines is a JSON object",
        "other.jsonl   | {\"body\": \"x\"}                 | has no column text; name it with --columns text=",
        "array.jsonl   | {\"text\": [\"a\", \"b\"]}        | column text is an array",
        "empty.warc    | ~~                                | empty.warc: no records in it",
        "unknown.pages | x                                 | unknown.pages",
      })
  void whatIsNoInputAtAllIsOneLine(String name, String content, String message) throws IOException {
    var input = Files.writeString(folder.resolve(name), content);

    var run = clean(name, input);

    assertThat(run.command().status()).isNotZero();
    assertThat(run.error()).contains(message);
  }

  @Test
  void anUnknownColumnIsOneLine() throws IOException {
    var input = write("columns.jsonl", "{\"body\": \"x\"}");

    var ours = clean("ours", input, "--columns", "body=text");
    var theirs = clean("theirs", input, "--columns", "text=content");

    assertThat(ours.command().status()).isEqualTo(2);
    assertThat(ours.line())
        .contains("'body' is no column of ours; ours are doc_id, source, url, title, language");
    assertThat(theirs.command().status()).isEqualTo(1);
    assertThat(theirs.error()).contains("--columns text=content: no 'content' in", "it has: body");
  }

  @Test
  void onErrorFailStopsAtTheFirst() throws IOException {
    var input = write("fail.jsonl", "{\"text\": \"a\"}", "{\"text\": \"b");

    var run = clean("fail", input, "--on-error", "fail");

    assertThat(run.command().status()).isEqualTo(1);
    assertThat(run.error()).contains("--on-error fail: not valid JSON in ", "fail.jsonl");
    assertThat(folder.resolve("out-fail/01-clean/_done.json")).doesNotExist();
  }

  @Test
  void documentsWithoutIdsAreNamedAfterFileAndLine() throws IOException {
    var input = write("named.jsonl", "{\"text\": \"a\"}", "", "{\"text\": \"b\"}");

    var run = clean("named", input);

    assertThat(run.kept("01-clean"))
        .hasSize(2)
        .containsEntry("named.jsonl:1", "a")
        .containsEntry("named.jsonl:3", "b");
  }

  @Test
  void noRecipeAndTwoAreOneLine() throws IOException {
    var input = write("usage.jsonl", "{\"text\": \"a\"}");
    var output = folder.resolve("out-usage");

    var none = CorpusRun.of(output, List.of(input));
    var both = CorpusRun.of(output, List.of(input), "--steps", "clean", "--recipe", "pangu");
    var unknown = CorpusRun.of(output, List.of(input), "--recipe", "pango");

    assertThat(none.command().status()).isEqualTo(2);
    assertThat(none.line()).contains("give --recipe or --steps, one of the two");
    assertThat(both.line()).contains("give --recipe or --steps, one of the two");
    assertThat(unknown.command().status()).isEqualTo(2);
    assertThat(unknown.line())
        .contains("--recipe pango: no such file, and the recipes of that kind are pangu, fineweb");
    assertThat(output).doesNotExist();
  }

  @Test
  void brokenRecordsOfAnArchiveAreSetApartWithTheirPlace() throws IOException {
    var bytes = new ByteArrayOutputStream();
    bytes.writeBytes(page("http://a.example/", "first page"));
    int second = bytes.size();
    var broken = page("http://b.example/", "second page");
    broken[broken.length / 2] ^= 0x55;
    broken[broken.length / 2 + 1] ^= 0x55;
    bytes.writeBytes(broken);
    bytes.writeBytes(page("http://c.example/", "third page"));
    var last = page("http://d.example/", "last page");
    int fourth = bytes.size();
    bytes.writeBytes(java.util.Arrays.copyOf(last, last.length / 2));
    var input = Files.write(folder.resolve("broken.warc.gz"), bytes.toByteArray());

    var run =
        CorpusRun.done(
            folder.resolve("out-broken"),
            List.of(input),
            "--steps",
            "extract",
            "--set",
            "extract.site-lines=false");

    assertThat(run.kept("01-extract").values())
        .containsExactlyInAnyOrder("first page", "third page");
    assertThat(run.json("_quarantine"))
        .allSatisfy(
            bad -> {
              assertThat(bad.get("file").asText()).endsWith("broken.warc.gz");
              assertThat(bad.get("reason").asText()).isNotBlank();
            })
        .extracting(bad -> bad.get("offset").asInt())
        .containsOnly(second, fourth);
    assertThat(run.count("records_in")).isEqualTo(2 + run.json("_quarantine").size());
  }

  /** A gzip member that holds a page. */
  private static byte[] page(String url, String text) throws IOException {
    var http =
        "HTTP/1.1 200 OK\r\nContent-Type: text/html; charset=utf-8\r\n\r\n<html><body><p>"
            + text
            + "</p></body></html>";
    var record =
        ("WARC/1.0\r\nWARC-Type: response\r\nWARC-Record-ID: <urn:uuid:1>\r\n"
                + "WARC-Date: 2024-02-03T04:05:06Z\r\nWARC-Target-URI: %s\r\n"
                + "Content-Type: application/http; msgtype=response\r\n"
                + "Content-Length: %d\r\n\r\n%s\r\n\r\n")
            .formatted(url, http.length(), http);
    var bytes = new ByteArrayOutputStream();
    try (var gzip = new GZIPOutputStream(bytes)) {
      gzip.write(record.getBytes(UTF_8));
    }
    return bytes.toByteArray();
  }
}
