package org.millrace.streaming.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What can't be used is set apart with its reason and place, or stops the job with one line. */
class BadInputITCase {

  @TempDir private Path folder;

  private Path output() {
    return folder.resolve("out");
  }

  private Command anomalies(Path input, Object... more) {
    var arguments =
        new ArrayList<Object>(
            List.of("--input", input, "--output", output(), "--output-format", "jsonl"));
    arguments.addAll(List.of("--parallelism", 1));
    arguments.addAll(List.of(more));
    return Command.run(arguments.toArray());
  }

  private List<JsonNode> quarantined() throws IOException {
    var json = new ObjectMapper();
    var records = new ArrayList<JsonNode>();
    for (var line : Command.lines(output().resolve("_quarantine"))) {
      records.add(json.readTree(line));
    }
    return records;
  }

  /** Rows of a device that hardly pack. */
  private static List<String> rows(int count) {
    var random = new Random(3);
    var lines = new ArrayList<>(List.of("time,device,a,b"));
    for (int i = 0; i < count; i++) {
      lines.add(
          (1_767_225_600L + 60 * i) + ",d," + random.nextDouble() + "," + random.nextDouble());
    }
    return lines;
  }

  private static byte[] packed(List<String> lines) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(String.join("\n", lines).getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  @Test
  @Timeout(value = 3, unit = TimeUnit.MINUTES) // A restart would wait for an hour.
  void aCutOffArchiveInAFolderIsNamedAtOnce() throws Exception {
    var input = Files.createDirectory(folder.resolve("in"));
    var whole = packed(rows(6000));
    Files.write(input.resolve("whole.csv.gz"), whole);
    Files.write(input.resolve("cut.csv.gz"), Arrays.copyOf(whole, whole.length / 2));

    var run = anomalies(input, "--conf", "restart-strategy.fixed-delay.delay=1h");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errors())
        .hasLineCount(1)
        .startsWith("millrace anomalies: can't read file:" + input.resolve("cut.csv.gz") + ": ")
        .contains("(cut off or not gzip)");
    assertThat(Command.manifest(output()).getStatus()).isEqualTo("failed");
    assertThat(Command.manifest(output()).getError()).contains("cut.csv.gz");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "empty.csv   | ''                  | empty, not even a header",
        "header.csv  | 'time,device,a'     | no records in it",
        "blank.jsonl | '\n\n'              | no records in it",
      })
  void anInputWithoutRecordsIsOneLine(String name, String text, String message) throws Exception {
    var input = Files.writeString(folder.resolve(name), text);

    var run = anomalies(input);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errors())
        .isEqualToIgnoringNewLines(
            "millrace anomalies: --input file:%s: %s".formatted(input, message));
    assertThat(Command.manifest(output()).getStatus()).isEqualTo("failed");
  }

  @Test
  void anEmptyFileAmongOthersIsCounted() throws Exception {
    var input = Files.createDirectory(folder.resolve("in"));
    Files.write(input.resolve("full.csv"), rows(10));
    Files.write(input.resolve("header.csv"), rows(0));

    var run = anomalies(input);

    assertThat(run.status()).describedAs(run.errors()).isZero();
    assertThat(run.errors()).contains("no records in 1 of 2 files").contains("header.csv");
    assertThat(Command.manifest(output()).getCounts())
        .containsEntry("empty_files", 1L)
        .containsEntry("records_in", 10L);
  }

  @Test
  void aBadCellIsSetApartWithItsPlaceAndTheOthersCount() throws Exception {
    var input =
        Files.write(
            folder.resolve("cells.csv"),
            List.of(
                "time,device,a,b,c",
                "2026-01-01T00:00:00Z,d,1,2,3",
                "2026-01-01T00:01:00Z,d,1,two,1e400",
                "2026-01-01T00:02:00Z,d,1,,Infinity",
                "2026-01-01T00:03:00Z,d,x,y,z"));

    var run = anomalies(input);

    assertThat(run.status()).describedAs(run.errors()).isZero();
    var manifest = Command.manifest(output());
    assertThat(manifest.getCounts())
        .containsEntry("records_in", 4L)
        .containsEntry("records_rejected", 1L)
        .containsEntry("points_in", 5L)
        .containsEntry("points_absent", 2L)
        .containsEntry("rows", 3L);
    assertThat(manifest.getQuarantined())
        .containsOnly(Map.entry("not a number", 2L), Map.entry("number too large", 1L));
    assertThat(quarantined())
        .extracting(
            bad -> bad.get("position").asLong() + " " + bad.get("field").asText(null),
            bad -> bad.get("reason").asText(),
            bad -> bad.get("record").asText())
        .containsExactlyInAnyOrder(
            tuple("3 b", "not a number: b = 'two'", "two"),
            tuple("3 c", "number too large: c = '1e400'", "1e400"),
            tuple("5 null", "not a number: a = 'x'", "2026-01-01T00:03:00Z,d,x,y,z"));
    assertThat(quarantined()).allMatch(bad -> bad.get("source").asText().equals("file:" + input));
  }

  @Test
  void aRunThatCouldUseNoRecordHasFailedAndKeepsTheQuarantine() throws Exception {
    var input =
        Files.write(
            folder.resolve("text.csv"),
            List.of("time,device,host", "2026-01-01,d,alpha", "2026-01-02,d,beta"));

    var run = anomalies(input);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errors())
        .hasLineCount(1)
        .startsWith("millrace anomalies: no record could be used: file:" + input)
        .contains(
            ":2: not a number: host = 'alpha'; ", "--variables", "all 2 are in", "_quarantine");
    assertThat(quarantined()).hasSize(2);
    var manifest = Command.manifest(output());
    assertThat(manifest.getStatus()).isEqualTo("failed");
    assertThat(manifest.getCounts()).containsEntry("records_in", 2L);
    assertThat(manifest.getQuarantined()).containsOnly(Map.entry("not a number", 2L));
    assertThat(output().resolve("_checkpoints")).doesNotExist();
  }

  @Test
  void aRunThatLeftOutTheOtherRecordsOnPurposeIsDone() throws Exception {
    var sample =
        "{\"timestamp\":\"2026-01-01T00:00:00Z\",\"value\":\"%s\",\"name\":\"temp\","
            + "\"labels\":{\"instance\":\"i\"}}";
    var input =
        Files.write(
            folder.resolve("blank.jsonl"),
            List.of(sample.formatted("2147483632"), sample.formatted("hot")));

    var run = anomalies(input, "--format", "prometheus-json");

    assertThat(run.status()).describedAs(run.errors()).isZero();
    assertThat(Command.manifest(output()).getDropped())
        .containsOnly(Map.entry("blank value of DCGM", 1L));
    assertThat(quarantined()).hasSize(1);
  }

  @ParameterizedTest
  @CsvSource({"csv", "jsonl"})
  void recordsThatAreNotUtf8AreSetApartAndTheOthersStay(String ending) throws Exception {
    var text =
        ending.equals("csv")
            ? "time,device,a\n2026-01-01,Bern,1\n2026-01-01,Zürich,1\n"
            : "{\"ts\": 1, \"device\": \"Bern\", \"a\": 1}\n"
                + "{\"ts\": 1, \"device\": \"Zürich\", \"a\": 1}\n";
    var input =
        Files.write(folder.resolve("latin." + ending), text.getBytes(StandardCharsets.ISO_8859_1));

    var run = anomalies(input);

    assertThat(run.status()).describedAs(run.errors()).isZero();
    assertThat(Command.manifest(output()).getQuarantined())
        .containsOnly(Map.entry("not UTF-8", 1L));
    assertThat(quarantined().get(0).get("position").asLong())
        .isEqualTo(ending.equals("csv") ? 3 : 2);
    assertThat(Command.lines(output().resolve("status")))
        .hasSize(1)
        .allMatch(line -> line.contains("Bern"));
  }

  @ParameterizedTest
  @CsvSource({"ISO-8859-1, -f ENCODING -t UTF-8", "UTF-16, -f UTF-16 -t UTF-8"})
  void aHeaderInAnotherEncodingIsOneLine(String encoding, String remedy) throws Exception {
    var input =
        Files.write(
            folder.resolve("header.csv"),
            "time,device,température\n2026-01-01,d,1\n".getBytes(Charset.forName(encoding)));

    var run = anomalies(input);

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errors())
        .hasLineCount(1)
        .startsWith("millrace anomalies: file:" + input + ": ")
        .contains("not UTF-8; convert the file, iconv " + remedy);
  }
}
