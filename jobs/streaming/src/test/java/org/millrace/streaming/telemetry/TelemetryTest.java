package org.millrace.streaming.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.command.Commands;

class TelemetryTest {

  private static final int ROWS = 4320;

  @TempDir private Path folder;

  @Test
  void aHostDependsOnItsNumberAndTheSeedAlone() {
    var host = Telemetry.host(2, ROWS, 3, 42);

    assertThat(Telemetry.host(2, ROWS, 3, 42).values())
        .usingRecursiveComparison()
        .isEqualTo(host.values());
    assertThat(Telemetry.host(1, ROWS, 3, 42).values().get(0)).isNotEqualTo(host.values().get(0));
    assertThat(Telemetry.host(2, ROWS, 3, 43).values().get(0)).isNotEqualTo(host.values().get(0));
  }

  @Test
  void faultsAreInOrderAfterTheFirstTwelveHours() {
    for (int number = 0; number < 20; number++) {
      var faults = Telemetry.host(number, ROWS, 3, 7).faults();

      assertThat(faults).hasSize(3);
      assertThat(faults.get(0).first()).isGreaterThanOrEqualTo(720);
      assertThat(faults.get(2).last()).isLessThan(ROWS);
      for (int i = 1; i < faults.size(); i++) {
        assertThat(faults.get(i).first()).isGreaterThan(faults.get(i - 1).last());
      }
      assertThat(faults.stream().map(Telemetry.Planted::fault)).doesNotHaveDuplicates();
    }
  }

  private static int telemetry(StringWriter said, Object... arguments) {
    return Commands.commandLine(new TelemetryCommand())
        .setOut(new PrintWriter(said, true))
        .setErr(new PrintWriter(said, true))
        .execute(Stream.of(arguments).map(String::valueOf).toArray(String[]::new));
  }

  @Test
  void theHelpSaysWhatItWrites() {
    var help = new StringWriter();

    int status = telemetry(help, "--help");

    assertThat(status).isZero();
    assertThat(help.toString())
        .contains("FOLDER/labels.json", "millrace anomalies --input hosts/telemetry")
        .contains("--hosts=N", "--rows=N", "--faults=N", "--seed=NUMBER");
  }

  @ParameterizedTest
  @CsvSource({
    "--hosts, 0, --hosts 0: at least 1",
    "--faults, -1, --faults -1: at least 0",
    "--rows, 959, --rows 959: at least 960 with --faults 3",
  })
  void numbersThatMakeNoSenseAreBadUsage(String option, int number, String message) {
    var said = new StringWriter();

    int status = telemetry(said, "--output", folder.resolve("none"), option, number);

    assertThat(status).isEqualTo(2);
    assertThat(said.toString()).hasLineCount(1).contains(message);
    assertThat(folder.resolve("none")).doesNotExist();
  }

  @Test
  void theFewestRowsHaveRoomForTheirFaults() {
    for (int number = 0; number < 200; number++) {
      var faults = Telemetry.host(number, 720 + 3 * 80, 3, 5).faults();

      for (int i = 1; i < faults.size(); i++) {
        assertThat(faults.get(i).first()).isGreaterThan(faults.get(i - 1).last());
      }
      assertThat(faults.get(2).last()).isLessThan(720 + 3 * 80);
    }
  }

  @Test
  void aFolderThatCannotBeWrittenIsOneLine() throws IOException {
    var file = Files.writeString(folder.resolve("file"), "");
    var said = new StringWriter();

    int status = telemetry(said, "--output", file);

    assertThat(status).isEqualTo(1);
    assertThat(said.toString()).hasLineCount(1).contains("can't write " + file);
  }

  @Test
  void aSlowNicShowsOnTheNetworkAndAHangOnEverything() {
    var host = Telemetry.host(0, ROWS, 3, 1);

    for (var planted : host.faults()) {
      double sent = mean(host, planted.first(), planted.last(), "nic_sent");
      double load = mean(host, planted.first(), planted.last(), "gpu_load");
      switch (planted.fault()) {
        case SLOW_NIC -> assertThat(sent).isLessThan(40);
        case HANG -> assertThat(load).isLessThan(5);
        case THROTTLED ->
            assertThat(mean(host, planted.first() + 8, planted.last(), "gpu_temperature"))
                .isGreaterThan(85);
      }
    }
  }

  private static double mean(Telemetry.Host host, int first, int last, String variable) {
    int at = Telemetry.VARIABLES.indexOf(variable);
    return IntStream.rangeClosed(first, last)
        .mapToDouble(row -> host.values().get(row)[at])
        .average()
        .orElseThrow();
  }

  @Test
  void theCommandWritesAFileAHostAndTheirLabels() throws IOException {
    int status =
        Commands.commandLine(new TelemetryCommand())
            .execute(
                "--output", folder.toString(), "--hosts", "2", "--rows", "1000", "--faults", "1");

    assertThat(status).isZero();
    assertThat(Files.readAllLines(folder.resolve("telemetry/gpu-host-2.csv"))).hasSize(1001);
    assertThat(folder.resolve("labels.json"))
        .content()
        .contains("\"telemetry/gpu-host-1.csv\": {\"windows\": [[\"2026-01-01T");
  }
}
