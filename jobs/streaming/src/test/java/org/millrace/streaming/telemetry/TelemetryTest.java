package org.millrace.streaming.telemetry;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
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
