package org.millrace.streaming.placement.simulate;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import org.millrace.command.Commands;
import org.millrace.command.Failures;
import org.millrace.command.Version;
import org.millrace.streaming.placement.estate.EstateYaml;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes a made-up estate with jobs and telemetry, for the demo and for trying things out. */
@Command(
    name = "islands",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Makes a small estate with telemetry of its NICs, to try placement on: two InfiniBand and two"
          + " RoCE islands, three jobs, one NIC that degrades.",
      "Writes FOLDER/estate.yaml, FOLDER/jobs.json and FOLDER/telemetry. The same options make the"
          + " same files."
    },
    footer = {
      "",
      "Examples:",
      "  millrace islands --output islands",
      "  millrace placement --estate islands/estate.yaml --requests islands/jobs.json \\",
      "    --telemetry islands/telemetry --output plans"
    })
public final class IslandsCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FOLDER",
      description = "Folder to write to; files of these names in it are replaced.")
  private Path output;

  @Option(
      names = "--trouble",
      defaultValue = "flapping",
      paramLabel = "WHAT",
      description = "What one NIC does: ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  private SimulatedIslands.Trouble trouble;

  @Option(
      names = "--seed",
      defaultValue = "42",
      paramLabel = "NUMBER",
      description = "Another number makes other counters. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Override
  public Integer call() {
    try {
      var islands = SimulatedIslands.of(trouble, seed);
      var folder = Files.createDirectories(output.resolve("telemetry"));
      Files.writeString(output.resolve("estate.yaml"), EstateYaml.write(islands.estate()));
      Files.writeString(output.resolve("jobs.json"), islands.requests());
      try (var lines = Files.newBufferedWriter(folder.resolve("nics.jsonl"))) {
        islands.telemetry(
            line -> {
              try {
                lines.write(line);
                lines.newLine();
              } catch (IOException e) {
                throw new UncheckedIOException(e);
              }
            });
      }
      spec.commandLine()
          .getErr()
          .printf(
              "islands: %d nodes in %s, their telemetry in %s%n",
              islands.estate().nodes().size(), output.resolve("estate.yaml"), folder);
      return 0;
    } catch (IOException | UncheckedIOException e) {
      return Commands.fail(spec, e, Failures.oneLine(e), Commands.Detail.LINE);
    }
  }
}
