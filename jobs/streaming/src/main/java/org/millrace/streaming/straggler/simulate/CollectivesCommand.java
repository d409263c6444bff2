package org.millrace.streaming.straggler.simulate;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.millrace.command.Commands;
import org.millrace.command.Failures;
import org.millrace.command.Version;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Writes made-up records of training jobs, for the demo and for trying things out. */
@Command(
    name = "collectives",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    description = {
      "Makes records of training jobs with planted trouble, to try stragglers on.",
      "Writes FOLDER/training, a file of events a job (a slow rank, a slow link, a hung rank, uneven"
          + " load, nothing), and FOLDER/planted.csv, what was planted. The same options make the"
          + " same files."
    },
    footer = {
      "",
      "Examples:",
      "  millrace collectives --output jobs",
      "  millrace stragglers --input jobs/training --output incidents"
    })
public final class CollectivesCommand implements Callable<Integer> {

  private static final List<Trouble> TROUBLES =
      List.of(
          Trouble.SLOW_RANK,
          Trouble.SLOW_LINK,
          Trouble.RANK_HANG,
          Trouble.UNEVEN_LOAD,
          Trouble.NONE);

  @Spec private CommandSpec spec;

  @Option(
      names = "--output",
      required = true,
      paramLabel = "FOLDER",
      description = "Folder to write to; files of these names in it are replaced.")
  private Path output;

  @Option(
      names = "--seed",
      defaultValue = "42",
      paramLabel = "NUMBER",
      description = "Another number makes other jobs. Default: ${DEFAULT-VALUE}.")
  private long seed;

  @Override
  public Integer call() {
    try {
      var folder = Files.createDirectories(output.resolve("training"));
      var planted = new ArrayList<String>();
      planted.add("job,trouble,rank,peer,start,end");
      long records = 0;
      for (var trouble : TROUBLES) {
        var name = trouble.name().toLowerCase(Locale.ROOT).replace('_', '-');
        var job = SimulatedJob.of(name, trouble, Form.EVENTS, seed + trouble.ordinal());
        Files.write(folder.resolve(name + ".jsonl"), job.lines());
        records += job.lines().size();
        job.planted().ifPresent(some -> planted.add(line(name, some)));
      }
      Files.write(output.resolve("planted.csv"), planted);
      spec.commandLine()
          .getErr()
          .printf(
              "collectives: %d records of %d jobs in %s, what was planted in %s%n",
              records, TROUBLES.size(), folder, output.resolve("planted.csv"));
      return 0;
    } catch (IOException e) {
      return Commands.fail(spec, e, Failures.oneLine(e), Commands.Detail.LINE);
    }
  }

  private static String line(String job, Planted planted) {
    return String.join(
        ",",
        job,
        planted.trouble().name(),
        planted.rank() < 0 ? "" : String.valueOf(planted.rank()),
        planted.peer() < 0 ? "" : String.valueOf(planted.peer()),
        Instant.ofEpochMilli(planted.startUs() / 1000).toString(),
        Instant.ofEpochMilli(planted.endUs() / 1000).toString());
  }
}
