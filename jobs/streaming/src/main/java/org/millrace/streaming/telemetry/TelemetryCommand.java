package org.millrace.streaming.telemetry;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.concurrent.Callable;
import java.util.stream.Collectors;
import org.millrace.command.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Writes made-up telemetry and its labels, for the demo and for trying things out. */
@Command(
    name = "telemetry",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    hidden = true,
    description = {
      "Makes telemetry of GPU hosts with planted faults: a CSV file a host, and labels.json with",
      "the times of the faults, in the form that anomalies --evaluate reads."
    })
public final class TelemetryCommand implements Callable<Integer> {

  /** Name of the folder that the hosts' files are in; the labels stand beside it. */
  private static final String FOLDER = "telemetry";

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FOLDER",
      description = "Folder to write to; files of these names in it are replaced.")
  private Path output;

  @Option(
      names = "--hosts",
      defaultValue = "4",
      description = "Number of hosts. Default: ${DEFAULT-VALUE}.")
  private int hosts;

  @Option(
      names = "--rows",
      defaultValue = "4320",
      description = "Rows a host, one a minute. Default: ${DEFAULT-VALUE}, three days.")
  private int rows;

  @Option(
      names = "--faults",
      defaultValue = "3",
      description = "Planted faults a host, after its first 12 hours. Default: ${DEFAULT-VALUE}.")
  private int faults;

  @Option(names = "--seed", defaultValue = "42", description = "Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Override
  public Integer call() throws IOException {
    Files.createDirectories(output.resolve(FOLDER));
    var labels = new StringBuilder();
    for (int number = 0; number < hosts; number++) {
      var host = Telemetry.host(number, rows, faults, seed);
      Files.writeString(output.resolve(FOLDER).resolve(host.name() + ".csv"), csv(host));
      labels.append(labels.isEmpty() ? "{\n" : ",\n").append(windows(host));
    }
    Files.writeString(output.resolve("labels.json"), labels.append("\n}\n"));
    return 0;
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
