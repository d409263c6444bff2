package org.millrace.streaming.anomaly;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.flink.core.execution.JobClient;
import org.apache.flink.core.execution.SavepointFormatType;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.command.Commands;
import org.millrace.streaming.anomaly.input.Reading;

/** The whole job on a real MiniCluster: however it is run, the same comes out. */
class AnomalyJobITCase {

  private static final Telemetry TELEMETRY = new Telemetry(6, 3, 300);

  @TempDir static Path folder;
  private static Path input;
  private static List<String> episodes;
  private static List<String> statuses;

  @BeforeAll
  static void runsUndisturbed() throws Exception {
    input = folder.resolve("telemetry.csv");
    Files.write(input, TELEMETRY.wideCsv());

    var output = folder.resolve("undisturbed");
    var run = run(UnaryOperator.identity(), output, "--parallelism", 1);

    assertThat(run.status()).describedAs(run.errors()).isZero();
    episodes = Command.lines(output);
    statuses = Command.lines(output.resolve("status"));
    var manifest = Command.manifest(output);
    assertThat(manifest.getStatus()).isEqualTo("done");
    assertThat(manifest.getCounts())
        .containsEntry("records_in", 1800L)
        .containsEntry("points_in", 5400L)
        .containsEntry("rows", 1800L)
        .containsEntry("anomalies_open", opened(episodes));
    assertThat(output.resolve("_checkpoints")).doesNotExist();
  }

  private static Command run(
      UnaryOperator<DataStream<Reading>> between, Path output, Object... more) {
    return Command.run(between, arguments(output, more).toArray());
  }

  private static List<Object> arguments(Path output, Object... more) {
    var arguments =
        new ArrayList<Object>(
            List.of("--input", input, "--output", output, "--output-format", "jsonl"));
    arguments.addAll(List.of(more));
    return arguments;
  }

  private static long opened(List<String> episodes) {
    return episodes.stream().filter(line -> line.contains("\"kind\":\"OPEN\"")).count();
  }

  private void assertSame(Path output) {
    assertThat(Command.lines(output)).isEqualTo(episodes);
    assertThat(Command.lines(output.resolve("status"))).isEqualTo(statuses);
  }

  @Test
  void findsAFaultOfEachDevice() {
    for (int device = 0; device < TELEMETRY.devices(); device++) {
      var name = "\"device\":\"host-" + device + "\"";
      assertThat(episodes)
          .anyMatch(line -> line.contains(name) && line.contains("\"kind\":\"OPEN\""));
    }
  }

  @Test
  void parallelTasksOnRocksDbGiveTheSame() {
    var output = folder.resolve("parallel");

    var run =
        run(
            UnaryOperator.identity(),
            output,
            "--parallelism",
            4,
            "--state-backend",
            "rocksdb",
            "--devices-on-heap",
            1);

    assertThat(run.status()).describedAs(run.errors()).isZero();
    assertSame(output);
  }

  @Test
  void theEnsembleGivesTheSameInOneTaskAndInFour() throws Exception {
    var telemetry = folder.resolve("long.csv");
    Files.write(telemetry, new Telemetry(4, 2, 600).wideCsv());
    var outputs = new ArrayList<Path>();
    for (int parallelism : List.of(1, 4)) {
      var output = folder.resolve("ensemble-" + parallelism);
      outputs.add(output);

      var run =
          Command.run(
              "--input",
              telemetry,
              "--output",
              output,
              "--output-format",
              "jsonl",
              "--detector",
              "ensemble",
              "--parallelism",
              parallelism);

      assertThat(run.status()).describedAs(run.errors()).isZero();
    }

    assertThat(Command.lines(outputs.get(1))).isEqualTo(Command.lines(outputs.get(0)));
    assertThat(Command.lines(outputs.get(0)))
        .anyMatch(line -> line.contains("\"detector\":\"ensemble\""));
    assertThat(Command.lines(outputs.get(1).resolve("status")))
        .isEqualTo(Command.lines(outputs.get(0).resolve("status")));
  }

  @Test
  void failuresAtRandomChangeNothing() throws Exception {
    var output = folder.resolve("troubled");

    var run =
        run(
            Trouble.of(10, 1_000_000),
            output,
            "--parallelism",
            2,
            "--checkpoint-interval",
            "50ms",
            "--conf",
            "restart-strategy.fixed-delay.attempts=100",
            "--conf",
            "restart-strategy.fixed-delay.delay=10ms");

    assertThat(run.status()).describedAs(run.errors()).isZero();
    // How many there is time for depends on the machine.
    assertThat(Trouble.FAILURES_LEFT).hasValueLessThanOrEqualTo(5);
    assertSame(output);
    assertThat(Command.manifest(output).getCounts())
        .containsEntry("records_in", 1800L)
        .containsEntry("points_in", 5400L);
  }

  @Test
  void failuresInAStormInWhichEverySeriesRetrainsChangeNothing() throws Exception {
    var telemetry = new Telemetry(6, 3, 300);
    var input = folder.resolve("storm.csv");
    Files.write(input, telemetry.wideCsv(telemetry.storm()));
    var calm = folder.resolve("storm-undisturbed");
    var troubled = folder.resolve("storm-troubled");

    var undisturbed =
        Command.run("--input", input, "--output", calm, "--output-format", "jsonl", "--each-row");
    var run =
        Command.run(
            Trouble.of(10, 1_000_000),
            "--input",
            input,
            "--output",
            troubled,
            "--output-format",
            "jsonl",
            "--each-row",
            "--parallelism",
            2,
            "--state-backend",
            "rocksdb",
            "--checkpoint-interval",
            "50ms",
            "--conf",
            "restart-strategy.fixed-delay.attempts=100",
            "--conf",
            "restart-strategy.fixed-delay.delay=10ms");

    assertThat(undisturbed.status()).describedAs(undisturbed.errors()).isZero();
    assertThat(run.status()).describedAs(run.errors()).isZero();
    // How many there is time for depends on the machine.
    assertThat(Trouble.FAILURES_LEFT).hasValueLessThanOrEqualTo(5);
    assertThat(Command.lines(troubled)).isNotEmpty().isEqualTo(Command.lines(calm));
    assertThat(Command.lines(troubled.resolve("status")))
        .isEqualTo(Command.lines(calm.resolve("status")));
  }

  @Test
  void anInputInTheOutputFolderIsRefusedAndKept() throws Exception {
    var earlier = folder.resolve("earlier");
    var input = folder.resolve("inside.csv");
    Files.write(input, new Telemetry(1, 2, 20).wideCsv());
    assertThat(Command.run("--input", input, "--output", earlier).status()).isZero();
    var inside = Files.copy(input, earlier.resolve("host.csv"));

    var run = Command.run("--input", inside, "--output", earlier, "--mode", "overwrite");

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errors()).contains("lies in it; choose another folder").hasLineCount(1);
    assertThat(inside).exists();
  }

  @Test
  void aKilledRunGoesOnFromItsCheckpoint() throws Exception {
    var output = folder.resolve("killed");
    var killed =
        start(
            Trouble.of(0, 1_000_000),
            arguments(output, "--parallelism", 1, "--checkpoint-interval", "50ms"));
    await()
        .atMost(Duration.ofSeconds(60))
        .until(() -> Trouble.PASSED.get() > 600 && checkpoints(output) > 0);
    killed.cancel().get();

    var resumed = run(Trouble.of(0, 0), output, "--parallelism", 2, "--mode", "resume");

    assertThat(resumed.status()).describedAs(resumed.errors()).isZero();
    assertThat(resumed.errors()).contains("resuming from");
    assertSame(output);
    assertThat(Command.manifest(output).getCounts()).containsEntry("records_in", 1800L);
  }

  private static long checkpoints(Path output) throws Exception {
    try (var files = Files.walk(output.resolve("_checkpoints"))) {
      return files.filter(file -> file.endsWith("_metadata")).count();
    } catch (UncheckedIOException | NoSuchFileException e) {
      return 0; // A checkpoint was deleted under the walk.
    }
  }

  @Test
  void aSavepointIsTakenToFourTasksAndBackToOne() throws Exception {
    var output = folder.resolve("rescaled");
    var one = folder.resolve("savepoint-1");
    var first = start(Trouble.of(0, 1_000_000), arguments(output, "--parallelism", 1));
    await().atMost(Duration.ofSeconds(60)).until(() -> Trouble.PASSED.get() > 500);
    var savepoint = stop(first, one);
    var second =
        start(
            Trouble.of(0, 1_000_000),
            arguments(
                output,
                "--parallelism",
                4,
                "--mode",
                "resume",
                "--state-backend",
                "rocksdb",
                "--conf",
                "execution.state-recovery.path=" + savepoint));
    await().atMost(Duration.ofSeconds(60)).until(() -> Trouble.PASSED.get() > 500);
    var again = stop(second, one);

    var last =
        run(
            Trouble.of(0, 0),
            output,
            "--parallelism",
            1,
            "--mode",
            "resume",
            "--state-backend",
            "heap",
            "--conf",
            "execution.state-recovery.path=" + again);

    assertThat(last.status()).describedAs(last.errors()).isZero();
    assertSame(output);
  }

  private static String stop(JobClient job, Path folder) throws Exception {
    return job.stopWithSavepoint(false, folder.toUri().toString(), SavepointFormatType.CANONICAL)
        .get();
  }

  /** Starts a run without waiting for its end. */
  private static JobClient start(UnaryOperator<DataStream<Reading>> between, List<Object> arguments)
      throws Exception {
    var job = new AnomalyJob(between);
    Commands.commandLine(job)
        .setErr(new PrintWriter(new StringWriter()))
        .parseArgs(arguments.stream().map(String::valueOf).toArray(String[]::new));
    return job.unstarted().executeAsync();
  }

  @Test
  void metricsAreServedForPrometheus() throws Exception {
    int port;
    try (var socket = new ServerSocket(0)) {
      port = socket.getLocalPort();
    }
    var running =
        start(
            Trouble.of(0, 2_000_000),
            arguments(folder.resolve("metrics"), "--parallelism", 1, "--metrics-port", port));
    var http = HttpClient.newHttpClient();
    var request =
        HttpRequest.newBuilder(URI.create("http://localhost:" + port + "/metrics")).build();

    await()
        .atMost(Duration.ofSeconds(60))
        .ignoreExceptions()
        .untilAsserted(
            () ->
                assertThat(http.send(request, BodyHandlers.ofString()).body())
                    .containsPattern("flink_taskmanager_job_task_operator_rows\\{.*\\} [1-9]")
                    .contains("operator_verdictLatencyMillis")
                    .contains("operator_devicesOnHeap")
                    .contains("operator_dropped_duplicate"));
    running.cancel().get();
  }

  @Test
  void badRecordsAreSetApartWithTheirPlace() throws Exception {
    var file = folder.resolve("bad.csv");
    Files.write(
        file,
        List.of(
            "time,a,b",
            "2026-01-01T00:00:00Z,1,2",
            "yesterday,1,2",
            "2026-01-01T00:01:00Z,1",
            "2026-01-01T00:02:00Z,1,two",
            "2026-01-01T00:03:00Z,1,2",
            "2026-01-01T00:04:00Z,1,2",
            "2026-01-01T00:05:00Z,1,2",
            "2026-01-01T00:00:30Z,7,8"));
    var output = folder.resolve("bad");

    var run = Command.run("--input", file, "--device", "d", "--output", output, "--parallelism", 1);

    assertThat(run.status()).describedAs(run.errors()).isZero();
    assertThat(Command.manifest(output).getQuarantined())
        .containsOnly(
            Map.entry("bad time", 1L),
            Map.entry("another number of fields than the header", 1L),
            Map.entry("not a number", 1L));
    assertThat(Command.lines(output.resolve("_quarantine")))
        .anyMatch(line -> line.contains("bad.csv\",\"position\":3,"));
    assertThat(Command.manifest(output).getDropped()).containsEntry("late", 2L);
    assertThat(Command.lines(output.resolve("_late")))
        .contains(
            "{\"device\":\"d\",\"variable\":\"a\",\"ts\":1767225630000,\"value\":7.0,\"lateness\":150000}");
    try (var parts = Files.list(output)) {
      assertThat(parts.map(part -> part.getFileName().toString())).contains("part-empty.parquet");
    }
  }

  @Test
  void onErrorFailNamesTheRecord() throws Exception {
    var file = folder.resolve("fail.csv");
    Files.write(file, List.of("time,a", "2026-01-01T00:00:00Z,1", "never,1"));

    var run =
        Command.run(
            "--input",
            file,
            "--device",
            "d",
            "--output",
            folder.resolve("fail"),
            "--on-error",
            "fail");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errors().lines())
        .hasSize(1)
        .allMatch(line -> line.startsWith("millrace anomalies: --on-error fail: bad time: 'never'"))
        .allMatch(line -> line.contains("fail.csv:3: never,1"));
    assertThat(Command.manifest(folder.resolve("fail")).getStatus()).isEqualTo("failed");
  }

  @Test
  void wrongOptionsCostNoClusterStart() {
    assertThat(
            Stream.of(
                    Command.run("--output", folder.resolve("none")),
                    Command.run("--input", input),
                    Command.run("--input", input, "--output", "x", "--out-of-orderness", "soon"),
                    Command.run("--input", input, "--output", "x", "--parallelism", "0"),
                    Command.run(
                        "--input",
                        input,
                        "--output",
                        "x",
                        "--detector",
                        "tail",
                        "--profile",
                        "paper"),
                    Command.run("--topic", "t", "--output", "x"))
                .map(Command::status))
        .containsOnly(2);
    var column = Command.run("--input", input, "--time", "when", "--output", folder.resolve("w"));
    assertThat(column.status()).isEqualTo(1);
    assertThat(column.errors())
        .contains("--time when: no such column in ")
        .contains("it has: ts, device, v0, v1, v2");
    var full = run(UnaryOperator.identity(), folder.resolve("undisturbed"));
    assertThat(full.status()).isEqualTo(1);
    assertThat(full.errors()).contains("is not empty; choose another folder, or --mode overwrite");
    var done = run(UnaryOperator.identity(), folder.resolve("undisturbed"), "--mode", "resume");
    assertThat(done.status()).isZero();
    assertThat(done.errors()).contains("already done");
  }
}
