package org.millrace.streaming;

import org.millrace.command.Version;
import org.millrace.streaming.anomaly.AnomalyJob;
import org.millrace.streaming.job.StreamingJob;
import org.millrace.streaming.placement.PlacementJob;
import org.millrace.streaming.placement.simulate.IslandsCommand;
import org.millrace.streaming.straggler.StragglerJob;
import org.millrace.streaming.straggler.simulate.CollectivesCommand;
import org.millrace.streaming.telemetry.TelemetryCommand;
import picocli.CommandLine.Command;

/** All streaming jobs as one program for {@code flink run}: the first argument names the job. */
@Command(
    name = "millrace",
    mixinStandardHelpOptions = true,
    versionProvider = Version.class,
    subcommands = {
      AnomalyJob.class,
      StragglerJob.class,
      PlacementJob.class,
      TelemetryCommand.class,
      CollectivesCommand.class,
      IslandsCommand.class
    })
public final class Streaming {

  Streaming() {}

  /** Runs a job; unless that hands it over to a cluster, ends the process with its exit status. */
  public static void main(String[] args) {
    StreamingJob.main(new Streaming(), args);
  }
}
