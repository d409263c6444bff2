package org.millrace.streaming;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import org.junit.jupiter.api.Test;
import org.millrace.command.Commands;

class StreamingTest {

  @Test
  void theHelpListsEveryCommand() {
    var help = new StringWriter();

    int status =
        Commands.commandLine(new Streaming()).setOut(new PrintWriter(help, true)).execute("--help");

    assertThat(status).isZero();
    assertThat(help.toString())
        .containsPattern("anomalies +Watches")
        .containsPattern("telemetry +Makes telemetry of GPU hosts");
  }
}
