package org.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.command.Commands;
import org.millrace.command.Manifests;
import org.millrace.udf.Functions;

class MillraceTest {

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();

  private int millrace(String... arguments) {
    return Commands.commandLine(new Millrace())
        .setOut(new PrintWriter(out, true))
        .setErr(new PrintWriter(err, true))
        .execute(arguments);
  }

  @Test
  void helpListsEveryCommand() {
    assertThat(millrace("--help")).isZero();
    assertThat(out.toString())
        .contains(
            "demo",
            "sample",
            "verify",
            "select",
            "corpus",
            "anomalies",
            "stragglers",
            "placement",
            "telemetry",
            "collectives",
            "islands",
            "functions");
  }

  @ParameterizedTest
  @ValueSource(strings = {"demo", "sample", "verify", "select", "corpus", "functions"})
  void everyCommandHasHelp(String command) {
    assertThat(millrace(command, "--help")).isZero();
    assertThat(out.toString()).startsWith("Usage: millrace " + command);
  }

  @Test
  void anUnknownCommandIsBadUsage() {
    assertThat(millrace("verifi")).isEqualTo(2);
    assertThat(err.toString()).hasLineCount(1).contains("verifi").contains("millrace --help");
  }

  @Test
  void aMissingOptionIsBadUsage() {
    assertThat(millrace("select", "--input", "x")).isEqualTo(2);
    assertThat(err.toString()).hasLineCount(1).contains("--output");
  }

  @Test
  void theDemoKeepsOutOfAFolderThatNoDemoMade(@TempDir Path folder) throws IOException {
    var mine = Files.writeString(folder.resolve("mine.txt"), "keep me");

    int status = millrace("demo", "--output", folder.toString());

    assertThat(status).isEqualTo(1);
    assertThat(err.toString()).hasLineCount(1).contains(folder.toString(), "no demo wrote");
    assertThat(folder)
        .isDirectoryContaining(mine::equals)
        .isDirectoryNotContaining("glob:**prompts");
  }

  @Test
  void theDemoKeepsOutOfAnotherJobsFolder(@TempDir Path folder) throws IOException {
    var select =
        Manifests.start("select", Map.of(), Set.of(), List.of(), "Spark", Clock.systemUTC());
    Files.writeString(folder.resolve(Manifests.FILE), Manifests.json(select));

    int status = millrace("demo", "--output", folder.toString());

    assertThat(status).isEqualTo(1);
    assertThat(err.toString()).hasLineCount(1).contains("no demo wrote");
  }

  @Test
  void theDemoTakesAnEarlierDemosFolder(@TempDir Path folder) throws IOException {
    var earlier = Manifests.start("demo", Map.of(), Set.of(), List.of(), "", Clock.systemUTC());
    Files.writeString(folder.resolve(Manifests.FILE), Manifests.json(earlier));

    // More puzzles than there are: it ends before the first job, but after the look at the folder.
    int status = millrace("demo", "--output", folder.toString(), "--prompts", "2000");

    assertThat(status).isEqualTo(1);
    assertThat(err.toString()).hasLineCount(1).contains("Games of 24, not 2000");
  }

  @Test
  void functionsListsAll() {
    assertThat(millrace("functions")).isZero();
    assertThat(out.toString()).contains(Functions.all().stream().map(f -> f.name() + "(").toList());
  }
}
