package org.millrace.streaming.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.stream.Stream;
import org.apache.flink.configuration.Configuration;
import org.apache.flink.configuration.RestOptions;
import org.apache.flink.runtime.minicluster.MiniCluster;
import org.apache.flink.runtime.minicluster.MiniClusterConfiguration;
import org.apache.flink.streaming.api.graph.StreamGraph;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.command.Commands;

/** The job on a cluster whose task managers die under it, one after the other. */
class KilledTaskManagersITCase {

  private static final int KILLS = 10;
  private static final Duration PATIENCE = Duration.ofSeconds(60);

  @TempDir private Path folder;

  @Test
  void tenKillsChangeNothing() throws Exception {
    var input = folder.resolve("telemetry.csv");
    Files.write(input, new Telemetry(5, 3, 300).wideCsv());
    var undisturbed = folder.resolve("undisturbed");
    var run = Command.run("--input", input, "--output", undisturbed, "--output-format", "jsonl");
    assertThat(run.status()).describedAs(run.errors()).isZero();

    var output = folder.resolve("killed");
    try (var cluster = cluster()) {
      cluster.start();
      var job =
          cluster
              .submitJob(
                  graph(
                      "--input", input,
                      "--output", output,
                      "--output-format", "jsonl",
                      "--parallelism", 2,
                      "--state-backend", "rocksdb",
                      "--checkpoint-interval", "100ms",
                      "--conf", "restart-strategy.fixed-delay.attempts=1000",
                      "--conf", "restart-strategy.fixed-delay.delay=10ms"))
              .get()
              .getJobID();
      for (int kill = 0; kill < KILLS; kill++) {
        int before = Trouble.PASSED.get();
        await().atMost(PATIENCE).until(() -> Trouble.PASSED.get() > before + 100);
        cluster.startTaskManager();
        cluster.terminateTaskManager(kill).get();
      }
      Trouble.hurry();
      var result = cluster.requestJobResult(job).get();
      assertThat(result.getSerializedThrowable()).isEmpty();
    }

    assertThat(Command.lines(output)).isNotEmpty().isEqualTo(Command.lines(undisturbed));
    assertThat(Command.lines(output.resolve("status")))
        .isEqualTo(Command.lines(undisturbed.resolve("status")));
  }

  private static MiniCluster cluster() {
    var configuration = new Configuration();
    configuration.set(RestOptions.BIND_PORT, "0");
    return new MiniCluster(
        new MiniClusterConfiguration.Builder()
            .setConfiguration(configuration)
            .setNumTaskManagers(2)
            .setNumSlotsPerTaskManager(2)
            .build());
  }

  private static StreamGraph graph(Object... arguments) throws Exception {
    var job = new AnomalyJob(Trouble.of(0, 4_000_000));
    Commands.commandLine(job)
        .setErr(new PrintWriter(new StringWriter()))
        .parseArgs(Stream.of(arguments).map(String::valueOf).toArray(String[]::new));
    return job.unstarted().getStreamGraph();
  }
}
