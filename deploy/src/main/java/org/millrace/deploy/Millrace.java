package org.millrace.deploy;

import org.millrace.batch.bestofn.SelectJob;
import org.millrace.batch.bestofn.VerifyJob;
import org.millrace.batch.corpus.CorpusJob;
import org.millrace.batch.sample.SampleJob;
import org.millrace.batch.strategies.ClassroomCommand;
import org.millrace.batch.strategies.StrategiesJob;
import org.millrace.command.Commands;
import org.millrace.command.Version;
import picocli.CommandLine.Command;

/** The launcher's program: every command of the suite. */
@Command(
    name = "millrace",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    synopsisSubcommandLabel = "COMMAND",
    description = "Batch and streaming jobs for the people who make and run language models.",
    subcommands = {
      DemoCommand.class,
      SampleJob.class,
      VerifyJob.class,
      SelectJob.class,
      CorpusJob.class,
      StrategiesJob.class,
      ClassroomCommand.class,
      FlinkCommand.Anomalies.class,
      FlinkCommand.Stragglers.class,
      FlinkCommand.Placement.class,
      FlinkCommand.Telemetry.class,
      FlinkCommand.Collectives.class,
      FlinkCommand.Islands.class,
      FunctionsCommand.class
    },
    footer = {
      "",
      "millrace COMMAND --help tells the options of a command.",
      "With SPARK_HOME set, the batch jobs run by its spark-submit (MILLRACE_SUBMIT_ARGS are"
          + " passed on); else in this process. So do the streaming jobs with FLINK_HOME.",
      "Exit status: 0 done, 1 failed, 2 bad usage."
    })
final class Millrace {

  /** Runs a command and ends the process with its exit status. */
  public static void main(String[] args) {
    var arguments = args.length == 0 ? new String[] {"--help"} : args;
    System.exit(Commands.commandLine(new Millrace()).execute(arguments));
  }
}
