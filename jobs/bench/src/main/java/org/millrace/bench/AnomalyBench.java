package org.millrace.bench;

import java.io.IOException;
import java.net.ServerSocket;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.SplittableRandom;
import java.util.concurrent.Callable;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.DoubleStream;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.millrace.streaming.kafka.Broker;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code anomalies} as a whole job between topics of a real broker: the launcher starts it as a
 * user would, this process makes the telemetry. First it catches up with what waits for it, then it
 * keeps pace. Broker and telemetry share the machine with the job.
 */
@Command(name = "anomalies", mixinStandardHelpOptions = true, description = "Times anomalies.")
public final class AnomalyBench implements Callable<Integer> {

  private static final String METRICS = "flink_taskmanager_job_task_operator_";
  private static final long STEP_MS = 1000;
  private static final long START_MS = 1_767_225_600_000L;
  private static final Duration LOOK_EVERY = Duration.ofSeconds(5);

  @Option(names = "--devices", defaultValue = "10000", description = "Default: ${DEFAULT-VALUE}.")
  int devices;

  @Option(names = "--variables", defaultValue = "10", description = "Default: ${DEFAULT-VALUE}.")
  int variables;

  @Option(
      names = "--rate",
      defaultValue = "100000",
      description = "Points a second to keep pace with. Default: ${DEFAULT-VALUE}.")
  int rate;

  @Option(
      names = "--waiting-rows",
      defaultValue = "60",
      description = "Rows a device that wait when the job starts. Default: ${DEFAULT-VALUE}.")
  int waiting;

  @Option(
      names = "--seconds",
      defaultValue = "60",
      description = "How long to keep pace. Default: ${DEFAULT-VALUE}.")
  int seconds;

  @Option(
      names = "--detectors",
      split = ",",
      defaultValue = "rola",
      description = "Detectors to time, one after the other. Default: ${DEFAULT-VALUE}.")
  List<String> detectors;

  @Option(names = "--state-backend", defaultValue = "rocksdb", description = "Default: rocksdb.")
  String backend;

  private final SplittableRandom random = new SplittableRandom(1);
  private final HttpClient http = HttpClient.newHttpClient();

  /** Prints the table. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new AnomalyBench()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    System.out.printf(
        "%,d devices x %d variables, %s, checkpoint every 10 s, all on this machine%n",
        devices, variables, backend);
    for (var detector : detectors) {
      var folder = Files.createTempDirectory("millrace-bench");
      try (var broker = Broker.start(folder)) {
        broker.topic("metrics", 4);
        time(detector, broker, folder);
      }
    }
    return 0;
  }

  private void time(String detector, Broker broker, Path folder) throws Exception {
    int port = freePort();
    try (var producer = producer(broker)) {
      for (int row = 0; row < waiting; row++) {
        send(producer, row, 0, devices);
      }
      producer.flush();
      var job = start(detector, broker, folder, port);
      try {
        catchUp(detector, job, port);
        keepPace(detector, job, port, producer);
      } finally {
        job.destroyForcibly().onExit().join();
      }
    }
  }

  private Process start(String detector, Broker broker, Path folder, int port) throws IOException {
    return new ProcessBuilder(
            System.getenv("MILLRACE_LAUNCHER"),
            "anomalies",
            "--kafka-bootstrap=" + broker.bootstrap(),
            "--topic=metrics",
            "--format=jsonl",
            "--output-topic=anomalies",
            "--detector=" + detector,
            "--parallelism=2",
            "--state-backend=" + backend,
            "--checkpoint-interval=10s",
            "--checkpoint-dir=" + folder.resolve("checkpoints"),
            "--out-of-orderness=0",
            "--metrics-port=" + port)
        .inheritIO()
        .start();
  }

  private void catchUp(String detector, Process job, int port) throws Exception {
    double all = (double) devices * variables * waiting;
    long begin = 0;
    while (true) {
      double done = total(port, "points_in").orElse(0);
      if (done > 0 && begin == 0) {
        begin = System.nanoTime();
        all -= done;
      }
      if (!job.isAlive()) {
        throw new IllegalStateException("the job ended");
      }
      if (begin > 0 && done >= (double) devices * variables * waiting) {
        break;
      }
      LockSupport.parkNanos(200_000_000);
    }
    double took = (System.nanoTime() - begin) / 1e9;
    System.out.printf(Locale.ROOT, "%-10s catches up: %,12.0f points/s%n", detector, all / took);
  }

  private void keepPace(
      String detector, Process job, int port, KafkaProducer<byte[], byte[]> producer)
      throws Exception {
    double sent = (double) devices * variables * waiting;
    double before = sent;
    long cpu = cpuNanos(job);
    long begin = System.nanoTime();
    long look = begin;
    int slices = 20;
    long nanosARow = (long) (1e9 * devices * variables / rate);
    for (int row = waiting; System.nanoTime() - begin < seconds * 1_000_000_000L; row++) {
      for (int slice = 0; slice < slices; slice++) {
        int from = (int) ((long) devices * slice / slices);
        int to = (int) ((long) devices * (slice + 1) / slices);
        send(producer, row, from, to);
        sent += (double) (to - from) * variables;
        pauseUntil(begin + nanosARow * (row - waiting) + nanosARow * (slice + 1) / slices);
      }
      if (System.nanoTime() - look >= LOOK_EVERY.toNanos()) {
        double done = total(port, "points_in").orElse(before);
        long now = System.nanoTime();
        long cpuNow = cpuNanos(job);
        System.out.printf(
            Locale.ROOT,
            "%-10s keeps pace:  %,12.0f points/s, %,9.0f behind, %.2f cores, read to judged"
                + " p50 %.0f ms, p99 %.0f ms%n",
            detector,
            (done - before) * 1e9 / (now - look),
            sent - done,
            (cpuNow - cpu) / (double) (now - look),
            worst(port, "0.5"),
            worst(port, "0.99"));
        before = done;
        look = now;
        cpu = cpuNow;
      }
    }
  }

  private static long cpuNanos(Process job) {
    return job.info().totalCpuDuration().orElse(Duration.ZERO).toNanos();
  }

  private static void pauseUntil(long nanos) {
    long left = nanos - System.nanoTime();
    if (left > 0) {
      LockSupport.parkNanos(left);
    }
  }

  /** A row of some devices: values around a level of the variable's own that moves together. */
  private void send(KafkaProducer<byte[], byte[]> producer, int row, int from, int to) {
    long ts = START_MS + row * STEP_MS;
    for (int device = from; device < to; device++) {
      var text = new StringBuilder(256);
      text.append("{\"ts\":").append(ts).append(",\"device\":\"host-").append(device).append('"');
      double load = 50 + 3 * Math.sin((row + device) / 200.0) + 0.3 * random.nextDouble();
      for (int variable = 0; variable < variables; variable++) {
        double value = (variable + 1) * load + 0.2 * random.nextDouble();
        text.append(",\"v")
            .append(variable)
            .append("\":")
            .append(Math.round(value * 1000) / 1000.0);
      }
      producer.send(
          new ProducerRecord<>(
              "metrics",
              ("host-" + device).getBytes(StandardCharsets.UTF_8),
              text.append('}').toString().getBytes(StandardCharsets.UTF_8)));
    }
  }

  private static KafkaProducer<byte[], byte[]> producer(Broker broker) {
    return new KafkaProducer<>(
        Map.of(
            "bootstrap.servers",
            broker.bootstrap(),
            "compression.type",
            "lz4",
            "linger.ms",
            10,
            "batch.size",
            1 << 18),
        new ByteArraySerializer(),
        new ByteArraySerializer());
  }

  private OptionalDouble total(int port, String metric) {
    var values = values(port, METRICS + metric + "{").toArray();
    return values.length == 0
        ? OptionalDouble.empty()
        : OptionalDouble.of(DoubleStream.of(values).sum());
  }

  private double worst(int port, String quantile) {
    var label = "quantile=\"" + quantile + "\"";
    return lines(port).stream()
        .filter(line -> line.startsWith(METRICS + "verdictLatencyMillis{") && line.contains(label))
        .mapToDouble(AnomalyBench::value)
        .max()
        .orElse(Double.NaN);
  }

  private DoubleStream values(int port, String prefix) {
    return lines(port).stream()
        .filter(line -> line.startsWith(prefix))
        .mapToDouble(AnomalyBench::value);
  }

  private static double value(String line) {
    return Double.parseDouble(line.substring(line.lastIndexOf(' ') + 1));
  }

  /** The job's metrics; none while it doesn't serve them. */
  private List<String> lines(int port) {
    try {
      var uri = URI.create("http://localhost:" + port + "/metrics");
      return http.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString())
          .body()
          .lines()
          .toList();
    } catch (IOException e) {
      return List.of();
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  private static int freePort() throws IOException {
    try (var socket = new ServerSocket(0)) {
      return socket.getLocalPort();
    }
  }
}
