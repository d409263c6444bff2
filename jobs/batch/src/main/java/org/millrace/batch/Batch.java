package org.millrace.batch;

import org.millrace.batch.bestofn.SelectJob;
import org.millrace.batch.bestofn.VerifyJob;
import org.millrace.batch.corpus.CorpusJob;
import org.millrace.batch.sample.SampleJob;
import org.millrace.batch.strategies.StrategiesJob;
import org.millrace.command.Commands;
import org.millrace.command.Version;
import picocli.CommandLine.Command;

/** All batch jobs as one program for {@code spark-submit}: the first argument names the job. */
@Command(
    name = "millrace",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      SampleJob.class,
      VerifyJob.class,
      SelectJob.class,
      CorpusJob.class,
      StrategiesJob.class
    })
public final class Batch {

  private Batch() {}

  /** Runs a job and ends the process with its exit status. */
  public static void main(String[] args) {
    System.exit(Commands.commandLine(new Batch()).execute(args));
  }
}
