package org.millrace.bench;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.atomic.AtomicLong;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.serialization.ByteArraySerializer;
import org.millrace.streaming.kafka.Broker;
import org.millrace.streaming.placement.estate.EstateYaml;
import org.millrace.streaming.placement.simulate.SimulatedIslands;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code placement} as a whole job from a topic of telemetry: the launcher starts it as a user
 * would, it reads what waits for it and ends. Runs of one scrape and of all take the same time to
 * start and end, so that the difference is what the samples take. The broker shares the machine.
 */
@Command(name = "nics", mixinStandardHelpOptions = true, description = "Times placement.")
public final class NicBench implements Callable<Integer> {

  @Option(
      names = "--nodes",
      defaultValue = "125",
      description = "Of each of four islands. Default: ${DEFAULT-VALUE}.")
  int nodes;

  @Option(
      names = "--minutes",
      defaultValue = "200",
      description = "Of telemetry, a scrape each 10 s. Default: ${DEFAULT-VALUE}.")
  int minutes;

  @Option(names = "--parallelism", defaultValue = "2", description = "Default: ${DEFAULT-VALUE}.")
  int parallelism;

  @Option(names = "--state-backend", defaultValue = "heap", description = "Default: heap.")
  String backend;

  /** Prints the table. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new NicBench()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    var folder = Files.createTempDirectory("millrace-bench");
    var islands = islands(Duration.ofMinutes(minutes));
    Files.writeString(folder.resolve("estate.yaml"), EstateYaml.write(islands.estate()));
    Files.writeString(folder.resolve("jobs.json"), islands.requests());
    try (var broker = Broker.start(Files.createDirectory(folder.resolve("kafka")))) {
      long few = send(broker, "few", islands(SimulatedIslands.SCRAPE));
      long all = send(broker, "all", islands);
      double start = seconds(broker, folder, "few");
      double whole = seconds(broker, folder, "all");
      System.out.printf(
          "%,d NICs, parallelism %d, %s: %,d samples in %.1f s, of which %.1f s to start and end:"
              + " %,.0f samples/s%n",
          4 * nodes, parallelism, backend, all, whole, start, (all - few) / (whole - start));
    }
    return 0;
  }

  private SimulatedIslands islands(Duration length) {
    return new SimulatedIslands(nodes, SimulatedIslands.Trouble.FLAPPING, length, 1);
  }

  private static long send(Broker broker, String topic, SimulatedIslands islands) throws Exception {
    broker.topic(topic, 4);
    var count = new AtomicLong();
    try (var producer = producer(broker)) {
      islands.telemetry(
          line -> {
            int from = line.indexOf("\"instance\"");
            var host = line.substring(from, line.indexOf(":9100", from));
            producer.send(new ProducerRecord<>(topic, bytes(host), bytes(line)));
            count.incrementAndGet();
          });
    }
    return count.get();
  }

  private static byte[] bytes(String text) {
    return text.getBytes(StandardCharsets.UTF_8);
  }

  private double seconds(Broker broker, Path folder, String topic)
      throws IOException, InterruptedException {
    long begin = System.nanoTime();
    var words =
        new ArrayList<>(
            List.of(
                System.getenv("MILLRACE_LAUNCHER"),
                "placement",
                "--estate=" + folder.resolve("estate.yaml"),
                "--requests=" + folder.resolve("jobs.json"),
                "--kafka-bootstrap=" + broker.bootstrap(),
                "--telemetry-topic=" + topic,
                "--until=latest",
                "--parallelism=" + parallelism,
                "--state-backend=" + backend,
                "--output=" + folder.resolve(topic)));
    int status = new ProcessBuilder(words).inheritIO().start().waitFor();
    if (status != 0) {
      throw new IllegalStateException("placement ended with status " + status);
    }
    return (System.nanoTime() - begin) / 1e9;
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
}
