package org.millrace.deploy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.millrace.command.UserError;
import picocli.CommandLine.Command;
import picocli.CommandLine.Unmatched;

/**
 * A command that Flink runs, in a process of its own, as Flink and Spark can't share one. The
 * launcher calls it straight; here it is listed, and the demo starts it.
 */
abstract class FlinkCommand implements Callable<Integer> {

  /** Where deploy/bin/millrace says that it is. */
  private static final String LAUNCHER = "MILLRACE_LAUNCHER";

  @Unmatched private List<String> arguments = new ArrayList<>();

  /** Telemetry to anomaly episodes. */
  @Command(
      name = "anomalies",
      description =
          "Watches telemetry of many devices for anomalies, online and unsupervised: one alert an"
              + " episode.")
  static final class Anomalies extends FlinkCommand {
    @Override
    public Integer call() {
      return run("anomalies", super.arguments);
    }
  }

  /** Records of training jobs to slow and hung ranks and links. */
  @Command(
      name = "stragglers",
      description = "Finds slow and hung ranks and links of training jobs: one incident each.")
  static final class Stragglers extends FlinkCommand {
    @Override
    public Integer call() {
      return run("stragglers", super.arguments);
    }
  }

  /** Requests of training jobs to placements. */
  @Command(
      name = "placement",
      description =
          "Places training jobs on clusters with different NICs, and advises those whose NICs get"
              + " worse.")
  static final class Placement extends FlinkCommand {
    @Override
    public Integer call() {
      return run("placement", super.arguments);
    }
  }

  /** Made-up telemetry, which needs no Flink but comes with the streaming jobs. */
  @Command(
      name = "telemetry",
      description = "Makes telemetry of GPU hosts with planted faults, to try anomalies on.")
  static final class Telemetry extends FlinkCommand {
    @Override
    public Integer call() {
      return run("telemetry", super.arguments);
    }
  }

  /** Made-up records of training jobs, likewise. */
  @Command(
      name = "collectives",
      description = "Makes records of training jobs with planted trouble, to try stragglers on.")
  static final class Collectives extends FlinkCommand {
    @Override
    public Integer call() {
      return run("collectives", super.arguments);
    }
  }

  /** A made-up estate, likewise. */
  @Command(
      name = "islands",
      description = "Makes a small estate with jobs and telemetry, to try placement on.")
  static final class Islands extends FlinkCommand {
    @Override
    public Integer call() {
      return run("islands", super.arguments);
    }
  }

  /**
   * Runs a command by the launcher.
   *
   * @return its exit status
   */
  static int run(String command, List<String> arguments) {
    var launcher = System.getenv(LAUNCHER);
    if (launcher == null) {
      throw new UserError("%s is started by deploy/bin/millrace %s", command, command);
    }
    var words = new ArrayList<>(List.of(launcher, command));
    words.addAll(arguments);
    try {
      var process = new ProcessBuilder(words).inheritIO();
      // Like Spark's jobs in this process, on this machine alone.
      process.environment().remove("FLINK_HOME");
      return process.start().waitFor();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException(e);
    }
  }
}
