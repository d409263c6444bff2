package org.millrace.bench;

import com.sun.management.OperatingSystemMXBean;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Callable;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.millrace.batch.sample.SampleJob;
import org.millrace.command.Commands;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code sample --engine openai} as a whole job, from a server on loopback that answers after some
 * time, beside the JDK's HTTP client alone with as many calls under way. The server is in the same
 * process, so what it takes counts for both.
 */
@Command(name = "sample", mixinStandardHelpOptions = true, description = "Times sample.")
public final class SampleBench implements Callable<Integer> {

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);
  private static final double NANOS = 1e9;
  private static final int WARM_UP = 5_000;

  /** Calls after which the client's rate is known. */
  private static final int ALONE = 20_000;

  @Option(names = "--prompts", defaultValue = "20000", description = "Default: ${DEFAULT-VALUE}.")
  int prompts;

  @Option(names = "--n", defaultValue = "4", description = "Default: ${DEFAULT-VALUE}.")
  int n;

  @Option(names = "--latency-ms", defaultValue = "50", description = "Default: ${DEFAULT-VALUE}.")
  int latencyMs;

  @Option(
      names = "--concurrency",
      defaultValue = "128",
      description = "Calls under way in all. Default: ${DEFAULT-VALUE}.")
  int concurrency;

  private final ScheduledExecutorService timer = Executors.newScheduledThreadPool(1);

  /** Prints the table. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new SampleBench()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    var folder = Files.createTempDirectory("millrace-bench");
    var server = server();
    var url = "http://127.0.0.1:" + server.getAddress().getPort() + "/v1";
    try {
      System.out.printf("%-10s %12s %16s%n", "", "answers/s", "answers/s of CPU");
      int few = Math.min(prompts, ALONE);
      time("client", few, () -> alone(url, few));
      // Spark's start and the first compilations are the same for any number of prompts.
      sample(prompts(folder, WARM_UP), url, folder.resolve("warm-up"));
      var input = prompts(folder, prompts);
      try (var heap = new HeapLog()) {
        time("sample", prompts, () -> sample(input, url, folder.resolve("samples")));
        System.out.printf("heap, the least of each tenth of the run, MB: %s%n", heap.tenths());
      }
      System.out.printf("peak heap: %,d MB%n", peakHeap() >> 20);
      return 0;
    } finally {
      server.stop(0);
      timer.shutdownNow();
      SelectBench.delete(folder);
    }
  }

  /** What is timed. */
  private interface Work {
    void run() throws Exception;
  }

  private void time(String name, int prompts, Work work) throws Exception {
    long wall = System.nanoTime();
    long cpu = SYSTEM.getProcessCpuTime();
    work.run();
    double answers = (double) prompts * n;
    System.out.printf(
        "%-10s %,12.0f %,16.0f%n",
        name,
        answers / ((System.nanoTime() - wall) / NANOS),
        answers / ((SYSTEM.getProcessCpuTime() - cpu) / NANOS));
  }

  private HttpServer server() throws IOException {
    var server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 4096);
    server.setExecutor(Executors.newFixedThreadPool(2));
    server.createContext("/v1/chat/completions", this::answer);
    server.start();
    return server;
  }

  private void answer(HttpExchange exchange) throws IOException {
    exchange.getRequestBody().readAllBytes();
    timer.schedule(() -> send(exchange), latencyMs, TimeUnit.MILLISECONDS);
  }

  private void send(HttpExchange exchange) {
    try (exchange) {
      var body = response();
      exchange.getResponseHeaders().set("Content-Type", "application/json");
      exchange.sendResponseHeaders(200, body.length);
      exchange.getResponseBody().write(body);
    } catch (IOException e) {
      // The client says so.
    }
  }

  private byte[] response() {
    var choices =
        IntStream.range(0, n)
            .mapToObj(
                i ->
                    ("{\"index\": %d, \"finish_reason\": \"stop\", \"message\":"
                            + " {\"role\": \"assistant\", \"content\": \"%s\"}}")
                        .formatted(i, "So the answer is 42. ".repeat(20)))
            .collect(Collectors.joining(","));
    return """
        {"id": "x", "object": "chat.completion", "created": 1, "model": "stub",
         "choices": [%s],
         "usage": {"prompt_tokens": 10, "completion_tokens": %d, "total_tokens": %d}}"""
        .formatted(choices, 100 * n, 10 + 100 * n)
        .getBytes(StandardCharsets.UTF_8);
  }

  /** Calls whose answers nobody reads. */
  private void alone(String url, int prompts) throws InterruptedException {
    var client = HttpClient.newBuilder().version(HttpClient.Version.HTTP_1_1).build();
    var slots = new Semaphore(concurrency);
    for (int i = 0; i < prompts; i++) {
      slots.acquire();
      var request =
          HttpRequest.newBuilder(URI.create(url + "/chat/completions"))
              .POST(HttpRequest.BodyPublishers.ofString("{\"n\": " + n + "}"))
              .build();
      client
          .sendAsync(request, BodyHandlers.ofByteArray())
          .whenComplete((response, failure) -> slots.release());
    }
    slots.acquire(concurrency);
  }

  private static Path prompts(Path folder, int count) throws IOException {
    var file = folder.resolve("prompts-" + count + ".jsonl");
    try (var out = Files.newBufferedWriter(file)) {
      for (int i = 0; i < count; i++) {
        out.write("{\"prompt_id\": \"p%d\", \"prompt\": \"What is %d + 1?\"}%n".formatted(i, i));
      }
    }
    return file;
  }

  private void sample(Path input, String url, Path output) {
    int tasks = Runtime.getRuntime().availableProcessors();
    var command = Commands.commandLine(new SampleJob());
    var said = new StringWriter();
    command.setErr(new PrintWriter(said));
    int status =
        command.execute(
            "--input",
            input.toString(),
            "--output",
            output.toString(),
            "--engine",
            "openai",
            "--engine-option",
            "model=stub",
            "--engine-option",
            "url=" + url,
            "--engine-option",
            "concurrency=" + Math.max(1, concurrency / tasks),
            "--n",
            String.valueOf(n),
            "--n-per-call",
            String.valueOf(n));
    if (status != 0) {
      throw new IllegalStateException("sample ended with status " + status + ": " + said);
    }
  }

  private static long peakHeap() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .sum();
  }
}
