package org.millrace.streaming.job;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.command.UserError;
import org.millrace.streaming.anomaly.input.CsvFormat;
import org.millrace.streaming.anomaly.input.JsonFormat;
import org.millrace.streaming.anomaly.input.Layout;
import org.millrace.streaming.anomaly.input.Reading;

class RecordFileTest {

  private static final Format<Reading> CSV = new CsvFormat(Layout.FOUND_OUT.orDevice("dev"), ',');
  private static final Format<Reading> JSON = new JsonFormat(Layout.FOUND_OUT);

  @TempDir private Path folder;

  private String file(String name, byte[] bytes) throws IOException {
    return "file:" + Files.write(folder.resolve(name), bytes);
  }

  private String file(String name, String text) throws IOException {
    return file(name, text.getBytes(StandardCharsets.UTF_8));
  }

  private static byte[] packed(String text) throws IOException {
    var bytes = new ByteArrayOutputStream();
    try (var out = new GZIPOutputStream(bytes)) {
      out.write(text.getBytes(StandardCharsets.UTF_8));
    }
    return bytes.toByteArray();
  }

  /** Each record's line, and what became of it. */
  private static List<String> read(String path, Format<Reading> format) throws IOException {
    var read = new ArrayList<String>();
    var found = new Rejects.Collecting<Reading>();
    try (var file = RecordFile.open(path, format)) {
      while (file.next(found)) {
        for (var arrival : found.arrivals) {
          var what =
              arrival.value() != null
                  ? String.join("+", arrival.value().variables())
                  : arrival.rejected().getReason();
          read.add(file.line() + " " + what);
        }
      }
    }
    return read;
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 9, 15, 40})
  void aCutOffArchiveIsNamed(int bytes) throws IOException {
    var whole = packed("time,a\n" + "2026-01-01,1\n2026-01-02,2.125\n".repeat(50));
    var path = file("cut.csv.gz", Arrays.copyOf(whole, bytes));

    assertThatThrownBy(() -> read(path, CSV))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("can't read " + path + ": ")
        .hasMessageContaining("(cut off or not gzip)");
  }

  @Test
  void aDamagedArchiveIsNamed() throws IOException {
    var bytes = packed("time,a\n2026-01-01,1\n");
    bytes[bytes.length - 6] ^= 1;
    var path = file("damaged.csv.gz", bytes);

    assertThatThrownBy(() -> read(path, CSV))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("can't read " + path + ": ")
        .hasMessageContaining("(cut off or not gzip)");
  }

  @Test
  void textThatIsCalledAnArchiveIsNamed() throws IOException {
    var path = file("plain.jsonl.gz", "{\"ts\": 1, \"device\": \"d\", \"a\": 1}\n");

    assertThatThrownBy(() -> read(path, JSON))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "can't read %s: Not in GZIP format (cut off or not gzip); copy it again, or leave it"
                + " out",
            path);
  }

  @Test
  void aFileThatHasGoneIsNamed() {
    var path = "file:" + folder.resolve("gone.csv");

    assertThatThrownBy(() -> read(path, CSV))
        .isInstanceOf(UserError.class)
        .hasMessageStartingWith("can't read " + path);
  }

  @ParameterizedTest
  @CsvSource({"ISO-8859-1", "windows-1252", "GB18030"})
  void aHeaderThatIsNotUtf8SaysWhatToDo(String encoding) throws IOException {
    var path =
        file("latin.csv", "time,température\n2026-01-01,1\n".getBytes(Charset.forName(encoding)));

    assertThatThrownBy(() -> read(path, CSV))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "%s: its header is not UTF-8; convert the file, iconv -f ENCODING -t UTF-8", path);
  }

  @ParameterizedTest
  @CsvSource({
    "csv, UTF-16LE, \uFEFF",
    "csv, UTF-16BE, \uFEFF",
    "csv, UTF-16LE, ''",
    "jsonl, UTF-16LE, \uFEFF",
    "jsonl, UTF-16BE, \uFEFF",
  })
  void utf16SaysWhatToDo(String ending, String encoding, String mark) throws IOException {
    var format = ending.equals("csv") ? CSV : JSON;
    var text = ending.equals("csv") ? "time,a\n2026-01-01,1\n" : "{\"ts\": 1, \"a\": 1}\n";
    var path = file("wide." + ending, (mark + text).getBytes(Charset.forName(encoding)));

    assertThatThrownBy(() -> read(path, format))
        .isInstanceOf(UserError.class)
        .hasMessage("%s: UTF-16, not UTF-8; convert the file, iconv -f UTF-16 -t UTF-8", path);
  }

  @Test
  void aUtf8MarkIsPassedOver() throws IOException {
    var csv = file("mark.csv", "\uFEFFtime,a\n2026-01-01,1\n");
    var json = file("mark.jsonl", "\uFEFF{\"ts\": 1, \"device\": \"d\", \"a\": 1}\n");

    assertThat(read(csv, CSV)).containsExactly("2 a");
    assertThat(read(json, JSON)).containsExactly("1 a");
  }

  @Test
  void aRecordThatIsNotUtf8IsSetApartAndTheOthersStay() throws IOException {
    var csv =
        file(
            "mixed.csv",
            "time,device,a\n2026-01-01,Zürich,1\n2026-01-01,Bern,1\n"
                .getBytes(StandardCharsets.ISO_8859_1));
    var json =
        file(
            "mixed.jsonl",
            ("{\"ts\": 1, \"device\": \"Zürich\", \"a\": 1}\n"
                    + "{\"ts\": 1, \"device\": \"Bern\", \"température\": 1}\n"
                    + "{\"ts\": 1, \"device\": \"Bern\", \"a\": 1}\n")
                .getBytes(StandardCharsets.ISO_8859_1));

    assertThat(read(csv, new CsvFormat(Layout.FOUND_OUT, ',')))
        .containsExactly("2 not UTF-8", "3 a");
    assertThat(read(json, JSON)).containsExactly("1 not UTF-8", "2 not UTF-8", "3 a");
  }

  @Test
  void aReplacementCharacterMayBeGenuine() throws IOException {
    var path = file("genuine.csv", "time,a\uFFFD\n2026-01-01,1\n");

    assertThat(read(path, CSV)).containsExactly("2 a\uFFFD");
  }

  @ParameterizedTest
  @CsvSource({
    "empty.csv, '', 'empty, not even a header'",
    "header.csv, 'time,a', 'no records in it'",
    "blank.csv, 'time,a\n\n  \n', 'no records in it'",
  })
  void filesWithoutRecords(String name, String text, String message) throws IOException {
    var path = file(name, text);
    var full = file("full.csv", "time,a\n2026-01-01,1\n");

    assertThat(FileScan.empty(List.of(path, full), CSV)).containsExactly(path);
    assertThatThrownBy(() -> FileScan.empty(List.of(path), CSV))
        .isInstanceOf(UserError.class)
        .hasMessage("--input %s: %s", path, message);
    assertThatThrownBy(() -> FileScan.empty(List.of(path, path), CSV))
        .hasMessage("--input %s: %s; nor in the other 1 files", path, message);
  }
}
