package org.millrace.batch.sample;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.lang.ProcessBuilder.Redirect;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.apache.spark.sql.SparkSession;
import org.awaitility.Awaitility;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Sampling in a process that is killed again and again, at moments that only the server knows. How
 * often is a matter of time: {@code -Dmillrace.kills=20}.
 */
class KilledSampleITCase {

  private static final int KILLS = Integer.getInteger("millrace.kills", 3);
  private static final int PROMPTS = 200 * (KILLS + 1);
  private static final int N = 4;

  /** Answers of all calls under way, and of those that had just ended. */
  private static final int LOST_AT_MOST = 2 * (2 * 4 * 2);

  @TempDir private Path folder;

  @Test
  void nothingIsLostNorDoubleNorPaidTwiceBeyondWhatWasUnderWay() throws Exception {
    try (var server = new StubServer(20, (prompt, had) -> "It is " + had + ".")) {
      var input = prompts();
      var random = new Random(7);
      for (int kill = 0; kill < KILLS; kill++) {
        long until = server.sold() + 100 + random.nextInt(2 * PROMPTS * N / (3 * (KILLS + 1)));
        var process = start(server, input);
        Awaitility.await()
            .atMost(Duration.ofMinutes(3))
            .pollInterval(Duration.ofMillis(3))
            .until(() -> server.sold() >= until || !process.isAlive());
        assertThat(process.isAlive()).as(log()).isTrue();
        process.destroyForcibly().waitFor();
      }
      var last = start(server, input);
      assertThat(last.waitFor()).as(log()).isZero();

      var rows =
          SparkSession.builder()
              .master("local[2]")
              .getOrCreate()
              .read()
              .parquet(folder.resolve("samples").toString())
              .select("prompt_id", "sample_index")
              .collectAsList();
      assertThat(rows).hasSize(PROMPTS * N).doesNotHaveDuplicates();
      assertThat(server.sold())
          .isBetween((long) PROMPTS * N, PROMPTS * N + (long) KILLS * LOST_AT_MOST);
      for (int i = 0; i < PROMPTS; i++) {
        assertThat(server.sold("question " + i)).as("question %d", i).isBetween(N, 2 * N);
      }
    }
  }

  private Path prompts() throws IOException {
    return Files.writeString(
        folder.resolve("prompts.jsonl"),
        IntStream.range(0, PROMPTS)
            .mapToObj(
                i -> "{\"prompt_id\": \"p%d\", \"prompt\": \"question %d\"}\n".formatted(i, i))
            .collect(Collectors.joining()));
  }

  private Process start(StubServer server, Path input) throws IOException {
    var command = new ArrayList<String>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(argument -> argument.startsWith("--add-"))
        .forEach(command::add);
    command.addAll(
        List.of(
            "-Xmx1g",
            "-cp",
            System.getProperty("surefire.test.class.path", System.getProperty("java.class.path")),
            SampleJob.class.getName(),
            "--mode",
            "resume",
            "--master",
            "local[2]",
            "--input",
            input.toString(),
            "--output",
            folder.resolve("samples").toString(),
            "--engine",
            "openai",
            "--engine-option",
            "model=stub",
            "--engine-option",
            "url=" + server.url(),
            "--engine-option",
            "concurrency=4",
            "--n",
            String.valueOf(N),
            "--n-per-call",
            "2",
            "--prompts-per-round",
            "300"));
    return new ProcessBuilder(command)
        .redirectErrorStream(true)
        .redirectOutput(Redirect.appendTo(folder.resolve("log").toFile()))
        .start();
  }

  private String log() throws IOException {
    return Files.readString(folder.resolve("log"));
  }
}
