package org.millrace.streaming.telemetry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.millrace.command.Commands;
import org.millrace.command.UserError;
import org.millrace.command.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes made-up telemetry and its labels, for the demo and for trying things out. */
@Command(
    name = "telemetry",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Makes telemetry of GPU hosts with planted faults, to try anomalies on.",
      "Writes FOLDER/telemetry, a CSV file a host with a row a minute (load, power and temperature"
          + " of the GPU, rates of the network card, time a step), and FOLDER/labels.json with the"
          + " times of the faults. The same options make the same files."
    },
    footer = {
      "",
      "Examples:",
      "  millrace telemetry --output hosts",
      "  millrace anomalies --input hosts/telemetry --evaluate hosts/labels.json \\",
      "    --output episodes"
    })
public final class TelemetryCommand implements Callable<Integer> {

  /** Name of the folder that the hosts' files are in; the labels stand beside it. */
  private static final String FOLDER = "telemetry";

  /** Rows that a fault and the quiet around it take. */
  private static final int ROWS_A_FAULT = 80;

  @Spec private CommandSpec spec;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FOLDER",
      description = "Folder to write to; files of these names in it are replaced.")
  private Path output;

  @Option(
      names = "--hosts",
      defaultValue = "4",
      paramLabel = "N",
      description = "Number of hosts. Default: ${DEFAULT-VALUE}.")
  private int hosts;

  @Option(
      names = "--rows",
      defaultValue = "4320",
      paramLabel = "N",
      description =
          "Rows a host, one a minute: 720 at least, and 80 more a fault. Default: ${DEFAULT-VALUE},"
              + " three days.")
  private int rows;

  @Option(
      names = "--faults",
      defaultValue = "3",
      paramLabel = "N",
      description =
          "Planted faults a host, after its first 12 hours: a GPU that throttles, a slow network"
              + " card, a hang, in turn. Default: ${DEFAULT-VALUE}.")
  private int faults;

  @Option(
      names = "--seed",
      defaultValue = "42",
      paramLabel = "NUMBER",
      description = "Seed of noise and faults. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Override
  public Integer call() {
    try {
      check();
      write();
      return 0;
    } catch (IOException | UserError e) {
      var message = e instanceof UserError ? e.getMessage() : "can't write " + e.getMessage();
      return Commands.fail(spec, e, message, Commands.Detail.LINE);
    }
  }

  private void check() {
    if (hosts < 1) {
      throw UserError.usage("--hosts %d: at least 1", hosts);
    }
    if (faults < 0) {
      throw UserError.usage("--faults %d: at least 0", faults);
    }
    long least = Telemetry.QUIET_ROWS + (long) ROWS_A_FAULT * faults;
    if (rows < least) {
      throw UserError.usage("--rows %d: at least %d with --faults %d", rows, least, faults);
    }
  }

  private void write() throws IOException {
    Files.createDirectories(output.resolve(FOLDER));
    var labels = new StringBuilder();
    for (int number = 0; number < hosts; number++) {
      var host = Telemetry.host(number, rows, faults, seed);
      Files.writeString(output.resolve(FOLDER).resolve(host.name() + ".csv"), csv(host));
      labels.append(labels.isEmpty() ? "{\n" : ",\n").append(windows(host));
    }
    Files.writeString(output.resolve("labels.json"), labels.append("\n}\n"));
  }

  private static String csv(Telemetry.Host host) {
    var text = new StringBuilder("time,device," + String.join(",", Telemetry.VARIABLES) + "\n");
    for (int row = 0; row < host.values().size(); row++) {
      text.append(host.time(row)).append(',').append(host.name());
      for (double value : host.values().get(row)) {
        text.append(',').append(String.format(Locale.ROOT, "%.3f", value));
      }
      text.append('\n');
    }
    return text.toString();
  }

  private static String windows(Telemetry.Host host) {
    return host.faults().stream()
        .map(
            fault ->
                "[\"%s\", \"%s\"]".formatted(host.time(fault.first()), host.time(fault.last())))
        .collect(
            Collectors.joining(
                ", ", "  \"%s/%s.csv\": {\"windows\": [".formatted(FOLDER, host.name()), "]}"));
  }
}
