package org.millrace.deploy;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.command.Commands;
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
            "demo", "sample", "verify", "select", "corpus", "anomalies", "telemetry", "functions");
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
  void functionsListsAll() {
    assertThat(millrace("functions")).isZero();
    assertThat(out.toString()).contains(Functions.all().stream().map(f -> f.name() + "(").toList());
  }
}
