package org.millrace.streaming.placement;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Random;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;
import org.millrace.streaming.placement.estate.EstateYaml;
import org.millrace.streaming.placement.plan.PlanJson;
import org.millrace.streaming.placement.simulate.SimulatedIslands;
import org.millrace.streaming.placement.simulate.SimulatedIslands.Trouble;

/** The whole job on a real MiniCluster: however it is run, the same comes out. */
class PlacementJobITCase {

  private static final long TROUBLE =
      SimulatedIslands.START.plus(SimulatedIslands.TROUBLE_FROM).toEpochMilli();
  private static final long WINDOW = 30_000;

  @TempDir static Path folder;
  private static Path estate;
  private static Path requests;
  private static Path flapping;
  private static Path undisturbed;

  @BeforeAll
  static void runsUndisturbed() throws IOException {
    var islands = SimulatedIslands.of(Trouble.FLAPPING, 1);
    estate = Files.writeString(folder.resolve("estate.yaml"), EstateYaml.write(islands.estate()));
    requests = Files.writeString(folder.resolve("jobs.json"), islands.requests());
    flapping = telemetry("flapping", islands);
    undisturbed = folder.resolve("undisturbed");

    var run = run(undisturbed, flapping, "--parallelism", 1, "--render", "hostfile,megatron");

    assertThat(run.status()).describedAs(run.errors()).isZero();
  }

  private static Path telemetry(String name, SimulatedIslands islands) throws IOException {
    var lines = new ArrayList<String>();
    islands.telemetry(lines::add);
    return Files.write(folder.resolve(name + ".jsonl"), lines);
  }

  private static Placements run(Path output, Path telemetry, Object... more) {
    return Placements.run(arguments(output, telemetry, more));
  }

  private static Object[] arguments(Path output, Path telemetry, Object... more) {
    var arguments = new ArrayList<Object>(List.of("--estate", estate, "--requests", requests));
    if (telemetry != null) {
      arguments.addAll(List.of("--telemetry", telemetry));
    }
    arguments.addAll(List.of("--output", output, "--output-format", "jsonl"));
    arguments.addAll(List.of(more));
    return arguments.toArray();
  }

  private static void assertSame(Path output) {
    for (var dataset : List.of("", "advice", "health")) {
      assertThat(Placements.lines(output.resolve(dataset)))
          .describedAs(dataset)
          .isNotEmpty()
          .isEqualTo(Placements.lines(undisturbed.resolve(dataset)));
    }
  }

  @Test
  void eachJobHasAPlaceOfItsOwn() throws IOException {
    var placed = Placements.records(undisturbed);

    assertThat(placed)
        .extracting(record -> record.path("job").asText())
        .containsExactlyInAnyOrder("pretrain", "finetune", "ablation");
    var hosts = new HashSet<String>();
    for (var record : placed) {
      assertThat(record.path("status").asText()).isEqualTo("PLACED");
      assertThat(record.path("mixedDataGroups").asInt()).isZero();
      record
          .path("nodes")
          .forEach(node -> assertThat(hosts.add(node.path("host").asText())).isTrue());
    }
    assertThat(hosts).hasSize(8 + 2 + 1);
  }

  @Test
  void flappingIsOneEpisodeAndRecoveryWithdraws() throws IOException {
    var advice = Placements.records(undisturbed.resolve("advice"));

    assertThat(advice)
        .extracting(
            record -> record.path("job").asText(),
            record -> record.path("kind").asText(),
            record -> record.path("host").asText(),
            record -> record.path("episode").asInt())
        .containsExactlyInAnyOrder(
            tuple("pretrain", "MOVE", "ib-a-2", 1), tuple("pretrain", "WITHDRAWN", "ib-a-2", 1));
    var move = only(advice, "MOVE");
    assertThat(move.path("ts").asLong()).isEqualTo(TROUBLE + WINDOW);
    assertThat(move.path("windowStart").asLong()).isEqualTo(TROUBLE);
    assertThat(move.path("afterSeconds").asDouble())
        .isLessThan(move.path("beforeSeconds").asDouble());
    assertThat(move.path("hosts")).extracting(JsonNode::asText).doesNotContain("ib-a-2");
    assertThat(only(advice, "WITHDRAWN").path("ts").asLong())
        .isGreaterThan(TROUBLE + SimulatedIslands.TROUBLE_FOR.toMillis());
  }

  private static JsonNode only(List<JsonNode> records, String kind) {
    return records.stream()
        .filter(record -> record.path("kind").asText().equals(kind))
        .findFirst()
        .orElseThrow();
  }

  /** Hours of a NIC whose traffic halves, between samples of one that does not. */
  private static Path halvingTraffic() throws IOException {
    var random = new Random(4);
    var lines = new ArrayList<String>();
    var moved = new double[2];
    for (int scrape = 0; scrape < 800; scrape++) {
      for (int host = 1; host <= 2; host++) {
        double rate = 1e10 * (1 + 0.03 * random.nextGaussian());
        moved[host - 1] += 15 * rate * (host == 2 && scrape >= HALVES ? 0.5 : 1);
        lines.add(
            "{\"timestamp\":\"%s\",\"value\":\"%.0f\",\"name\":\"%s\",\"labels\":{\"instance\":\"ib-a-%d:9100\",\"device\":\"mlx5_0\"}}"
                .formatted(
                    SimulatedIslands.START.plusSeconds(15L * scrape),
                    moved[host - 1],
                    "node_infiniband_port_data_received_bytes_total",
                    host));
      }
    }
    return Files.write(folder.resolve("halving.jsonl"), lines);
  }

  private static final int HALVES = 600;

  @Test
  void unusualTrafficIsAWarningWithoutAdvice() throws IOException {
    var telemetry = halvingTraffic();
    var one = folder.resolve("halving");
    var four = folder.resolve("halving-4");

    var run = run(one, telemetry, "--parallelism", 1);
    var parallel = run(four, telemetry, "--parallelism", 4, "--state-backend", "rocksdb");

    assertThat(run.status()).describedAs(run.errors()).isZero();
    assertThat(parallel.status()).describedAs(parallel.errors()).isZero();
    assertThat(Placements.lines(one.resolve("advice"))).isEmpty();
    assertThat(Placements.lines(four.resolve("health")))
        .isEqualTo(Placements.lines(one.resolve("health")));
    long halves = SimulatedIslands.START.plusSeconds(15L * HALVES).toEpochMilli();
    assertThat(Placements.records(one.resolve("health")))
        .filteredOn(record -> record.path("windowStart").asLong() >= halves)
        .filteredOn(record -> record.path("change").asText().equals("UNUSUAL"))
        .hasSize(1)
        .allSatisfy(
            record -> {
              assertThat(record.path("host").asText()).isEqualTo("ib-a-2");
              assertThat(record.path("series").asText()).isEqualTo("RECEIVED");
              assertThat(record.path("ts").asLong()).isLessThan(halves + 13 * WINDOW);
              assertThat(record.path("perSecond").asDouble()).isLessThan(7e9);
              assertThat(record.path("score").asDouble())
                  .isGreaterThanOrEqualTo(record.path("threshold").asDouble());
            });
  }

  @Test
  void withoutADetectorThereIsNoWarning() throws IOException {
    var output = folder.resolve("unwatched");

    var run = run(output, halvingTraffic(), "--link-detector", "none");

    assertThat(run.status()).describedAs(run.errors()).isZero();
    assertThat(Placements.lines(output.resolve("health"))).isEmpty();
    assertThat(Placements.manifest(output).getDropped())
        .containsEntry("traffic without a detector", 1600L);
  }

  @Test
  void lateSamplesAreSetApart() throws IOException {
    var lines = new ArrayList<>(Files.readAllLines(flapping));
    lines.add(lines.get(0));
    var output = folder.resolve("late");

    var run =
        run(
            output,
            Files.write(folder.resolve("late.jsonl"), lines),
            "--out-of-orderness",
            "5s",
            // Else a file as small as this may be read before time moves at all.
            "--conf",
            "pipeline.auto-watermark-interval=1ms");

    assertThat(run.status()).describedAs(run.errors()).isZero();
    assertThat(Placements.records(output.resolve("_quarantine")))
        .extracting(record -> record.path("reason").asText())
        .containsExactly(
            "late sample: its window was over at 2026-01-01T00:00:30Z; a greater --out-of-orderness"
                + " waits longer");
    assertThat(Placements.manifest(output).getQuarantined()).containsEntry("late sample", 1L);
  }

  @ParameterizedTest
  @EnumSource(
      value = Trouble.class,
      names = {"DOWN", "SLOW", "DISCARDING"})
  void eachTroubleIsToldInTheFirstWindowThatProvesIt(Trouble trouble) throws IOException {
    var output = folder.resolve("trouble-" + trouble);
    var telemetry = telemetry(trouble.name(), SimulatedIslands.of(trouble, 2));

    var run = run(output, telemetry);

    assertThat(run.status()).describedAs(run.errors()).isZero();
    assertThat(Placements.records(output.resolve("health")))
        .filteredOn(record -> record.path("change").asText().equals("DEGRADED"))
        .extracting(
            record -> record.path("host").asText(),
            record -> record.path("nic").asText(),
            record -> record.path("ts").asLong())
        .containsExactly(tuple("ib-a-2", "mlx5_0", TROUBLE + WINDOW));
    assertThat(Placements.records(output.resolve("advice")))
        .filteredOn(record -> record.path("kind").asText().equals("MOVE"))
        .hasSize(1);
  }

  @Test
  void aGpuThatIsLostMovesItsJobFromWhereItCantRun() throws IOException {
    var output = folder.resolve("lost");

    var run = run(output, telemetry("lost", SimulatedIslands.of(Trouble.LOST_GPU, 2)));

    assertThat(run.status()).describedAs(run.errors()).isZero();
    assertThat(Placements.records(output.resolve("health")))
        .extracting(
            record -> record.path("change").asText(),
            record -> record.path("nic").asText(),
            record -> record.path("causes").path(0).asText())
        .containsExactlyInAnyOrder(
            tuple("DEGRADED", "gpu3", "GPU_ERROR"), tuple("RECOVERED", "gpu3", "GPU_ERROR"));
    var move = only(Placements.records(output.resolve("advice")), "MOVE");
    assertThat(move.path("ts").asLong()).isEqualTo(TROUBLE + WINDOW);
    assertThat(move.path("beforeSeconds").asDouble()).isZero();
    assertThat(move.path("hosts")).extracting(JsonNode::asText).doesNotContain("ib-a-2");
  }

  @Test
  void withoutTroubleThereIsNoAdvice() throws IOException {
    var output = folder.resolve("fine");

    var run = run(output, telemetry("fine", SimulatedIslands.of(Trouble.NONE, 3)));

    assertThat(run.status()).describedAs(run.errors()).isZero();
    assertThat(Placements.lines(output)).hasSize(3);
    assertThat(Placements.lines(output.resolve("advice"))).isEmpty();
    assertThat(Placements.lines(output.resolve("health"))).isEmpty();
  }

  @Test
  void parallelTasksOnRocksDbGiveTheSame() {
    var output = folder.resolve("parallel");

    var run = run(output, flapping, "--parallelism", 4, "--state-backend", "rocksdb");

    assertThat(run.status()).describedAs(run.errors()).isZero();
    assertSame(output);
  }

  @Test
  void orderWithinAFileDoesNotMatter() throws IOException {
    var lines = new ArrayList<>(Files.readAllLines(flapping));
    for (int i = 0; i + 600 <= lines.size(); i += 600) {
      Collections.shuffle(lines.subList(i, i + 600), new Random(i));
    }
    var output = folder.resolve("shuffled");

    var run = run(output, Files.write(folder.resolve("shuffled.jsonl"), lines));

    assertThat(run.status()).describedAs(run.errors()).isZero();
    assertSame(output);
  }

  @Test
  void failuresChangeNothing() {
    var output = folder.resolve("failing");

    var run =
        Placements.run(
            Failing.times(3),
            arguments(
                output,
                flapping,
                "--parallelism",
                2,
                "--checkpoint-interval",
                "50ms",
                "--conf",
                "restart-strategy.fixed-delay.delay=10ms"));

    assertThat(run.status()).describedAs(run.errors()).isZero();
    assertThat(Failing.LEFT).hasValueLessThan(3);
    assertSame(output);
  }

  @Test
  void plansAreWrittenAndRenderedForEachJob() throws IOException {
    var plan =
        PlanJson.read("plan.json", Files.readString(undisturbed.resolve("pretrain/plan.json")));

    assertThat(plan.sizes().ranks()).isEqualTo(64);
    assertThat(Files.readAllLines(undisturbed.resolve("pretrain/hostfile/hostfile")))
        .isEqualTo(plan.hosts().stream().map(host -> host + " slots=8").toList());
    assertThat(undisturbed.resolve("finetune/megatron/nccl-communicators.yaml")).exists();
    assertThat(undisturbed.resolve("finetune/slurm")).doesNotExist();
    assertThat(Files.readString(undisturbed.resolve("report.html")))
        .contains("pretrain", "MOVE pretrain: mlx5_0 of ib-a-2: its port is not active");
    var counts = Placements.manifest(undisturbed).getCounts();
    assertThat(counts)
        .containsEntry("jobs_placed", 3L)
        .containsEntry("advice_move", 1L)
        .containsEntry("advice_withdrawn", 1L);
    assertThat(undisturbed.resolve("_placements")).doesNotExist();
  }

  @Test
  void withoutTelemetryPlansAreMadeAndBadRequestsSetApart() throws IOException {
    var model = "\"model\": {\"layers\": 30, \"hidden\": 3072, \"heads\": 32}";
    var jobs =
        Files.write(
            folder.resolve("some.jsonl"),
            List.of(
                "{\"job\": \"../fits\", \"gpus\": 8, \"globalBatch\": 64, " + model + "}",
                "{\"job\": \"huge\", \"gpus\": 1024, \"globalBatch\": 1024, " + model + "}",
                "{\"job\": \"typo\", \"gpu\": 8}"));
    var output = folder.resolve("some");

    var run =
        Placements.run(
            "--estate", estate, "--requests", jobs, "--output", output, "--output-format", "jsonl");

    assertThat(run.status()).describedAs(run.errors()).isZero();
    assertThat(Placements.records(output))
        .extracting(record -> record.path("job").asText())
        .containsExactly("../fits");
    assertThat(output.resolve("fits/plan.json")).exists();
    assertThat(Placements.records(output.resolve("_quarantine")))
        .extracting(
            record -> record.path("position").asInt(),
            record -> record.path("reason").asText().split(":")[0])
        .containsExactlyInAnyOrder(tuple(2, "no place"), tuple(3, "unknown field"));
    assertThat(Placements.manifest(output).getQuarantined())
        .containsEntry("no place", 1L)
        .containsEntry("unknown field", 1L);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "nodes: [{name: a, gpus: 8}, {name: a, gpus: 8}] | the host a is there twice",
        "switches: {s1: {switches: [s2, s2]}} | s2",
        "hello: world | no inventory that is known"
      })
  void aBadInventoryIsOneLine(String text, String message) throws IOException {
    var bad = Files.writeString(folder.resolve("bad.yaml"), text.replace("nodes:", "\nnodes:"));

    var run =
        Placements.run(
            "--estate",
            bad,
            "--requests",
            requests,
            "--output",
            folder.resolve("bad-" + message.hashCode()));

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errors().lines()).hasSize(1);
    assertThat(run.errors()).contains("bad.yaml").contains(message);
  }

  @Test
  void failOnErrorEndsAtTheFirst() throws IOException {
    var jobs =
        Files.writeString(
            folder.resolve("huge.jsonl"),
            "{\"job\": \"huge\", \"gpus\": 1024, \"globalBatch\": 1024, \"model\": {\"layers\": 30,"
                + " \"hidden\": 3072, \"heads\": 32}}");

    var run =
        Placements.run(
            "--estate",
            estate,
            "--requests",
            jobs,
            "--output",
            folder.resolve("fail"),
            "--on-error",
            "fail");

    assertThat(run.status()).isEqualTo(1);
    assertThat(run.errors()).contains("--on-error fail: no place: job huge wants 1024 GPUs");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "--output o | name the estate",
        "--estate e --output o | name the jobs",
        "--estate e --requests r --output o --render hostfil | --render 'hostfil': give some of",
        "--estate e --requests r --output o --input x | say --estate",
        "--replay philly --output o | the traces that can be read are openb",
        "--replay openb --output o | --replay openb needs --nodes FILE and --pods FILE",
        "--estate e --requests r --output o --least-gain 2 | --least-gain 2.0",
      })
  void badUsageSaysWhatToDo(String arguments, String message) {
    var run = Placements.run(Stream.of(arguments.split(" ")).toArray());

    assertThat(run.status()).isEqualTo(2);
    assertThat(run.errors()).contains(message);
  }
}
