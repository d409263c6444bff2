package org.millrace.command;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.FileNotFoundException;
import java.io.IOException;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.millrace.command.InputFiles.Kind;
import org.millrace.schema.InputFile;

class InputFilesTest {

  private static InputFiles find(Set<Kind> kinds, String... names) throws IOException {
    return InputFiles.find(
        List.of("folder"),
        kinds,
        Set.of("gz"),
        path ->
            Arrays.stream(names).map(name -> new InputFile(path + "/" + name, 1L, 2L)).toList());
  }

  private static InputFiles find(String... names) throws IOException {
    return find(EnumSet.allOf(Kind.class), names);
  }

  @Test
  void theEndingTellsTheKind() throws IOException {
    assertThat(find("a.parquet").kind()).isEqualTo(Kind.PARQUET);
    assertThat(find("a.json", "b.jsonl", "c.NDJSON.gz").kind()).isEqualTo(Kind.JSONL);
    assertThat(find("a.CSV").kind()).isEqualTo(Kind.CSV);
    assertThat(find("a.b.tsv.gz").kind()).isEqualTo(Kind.TSV);
  }

  @Test
  void filesComeInPathOrderWithoutThoseThatNobodyReads() throws IOException {
    var found = find("c.csv", "a.csv.gz", "readme.md", "csv", "b.csv.xz");

    assertThat(found.paths()).containsExactly("folder/a.csv.gz", "folder/c.csv");
  }

  @Test
  void aJobMayKnowFurtherEndings() throws IOException {
    var found =
        InputFiles.find(
            List.of("folder"),
            EnumSet.of(Kind.JSONL),
            Set.of("gz"),
            Map.of("log", Kind.JSONL),
            path -> List.of(new InputFile("a.log.gz", 1L, 2L), new InputFile("b.jsonl", 1L, 2L)));

    assertThat(found.paths()).containsExactly("a.log.gz", "b.jsonl");
    assertThatThrownBy(() -> find("a.log")).hasMessageContaining("nothing to read");
  }

  @Test
  void nothingToReadSaysWhatWouldBe() {
    assertThatThrownBy(() -> find(EnumSet.of(Kind.CSV, Kind.JSONL), "a.parquet"))
        .isInstanceOf(UserError.class)
        .hasMessage(
            "--input folder: nothing to read; files end in .jsonl, .csv (text also packed: gz)");
  }

  @Test
  void kindsAreNotMixed() {
    assertThatThrownBy(() -> find("a.csv", "b.tsv"))
        .hasMessage("--input: files of one kind at a time, found [CSV, TSV]");
  }

  @Test
  void aMissingInputIsNamed() {
    assertThatThrownBy(
            () ->
                InputFiles.find(
                    List.of("gone"),
                    EnumSet.allOf(Kind.class),
                    Set.of(),
                    path -> {
                      throw new FileNotFoundException();
                    }))
        .isInstanceOf(UserError.class)
        .hasMessage("--input gone: no such file or folder");
  }
}
