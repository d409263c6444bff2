package org.millrace.streaming.kafka;

import static org.awaitility.Awaitility.await;

import java.io.IOException;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Properties;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.admin.NewTopic;
import org.apache.kafka.clients.consumer.KafkaConsumer;
import org.apache.kafka.clients.producer.KafkaProducer;
import org.apache.kafka.clients.producer.ProducerRecord;
import org.apache.kafka.common.TopicPartition;
import org.apache.kafka.common.Uuid;
import org.apache.kafka.common.serialization.ByteArrayDeserializer;
import org.apache.kafka.common.serialization.ByteArraySerializer;

/** A real Kafka broker, alone (KRaft), in a process of its own on loopback. */
public final class Broker implements AutoCloseable {

  private static final Duration STARTS_WITHIN = Duration.ofSeconds(90);

  private final Path folder;
  private final Path settings;
  private final String id = Uuid.randomUuid().toString();
  private final int port;
  private Process process;

  private Broker(Path folder) throws IOException {
    this.folder = folder;
    this.settings = folder.resolve("server.properties");
    int controller;
    try (var one = new ServerSocket(0);
        var other = new ServerSocket(0)) {
      port = one.getLocalPort();
      controller = other.getLocalPort();
    }
    Files.writeString(
        settings,
        """
        process.roles=broker,controller
        node.id=1
        controller.quorum.voters=1@localhost:%2$d
        controller.listener.names=CONTROLLER
        listeners=PLAINTEXT://localhost:%1$d,CONTROLLER://localhost:%2$d
        advertised.listeners=PLAINTEXT://localhost:%1$d
        inter.broker.listener.name=PLAINTEXT
        log.dirs=%3$s
        num.partitions=3
        offsets.topic.num.partitions=1
        offsets.topic.replication.factor=1
        transaction.state.log.num.partitions=4
        transaction.state.log.replication.factor=1
        transaction.state.log.min.isr=1
        group.initial.rebalance.delay.ms=0
        """
            .formatted(port, controller, folder.resolve("log")));
  }

  /** Starts a broker that keeps its data in the folder. */
  public static Broker start(Path folder) throws IOException {
    var broker = new Broker(folder);
    broker.start();
    return broker;
  }

  private void start() throws IOException {
    process =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx384m",
                "-XX:+UseSerialGC",
                "-XX:TieredStopAtLevel=1",
                "-cp",
                System.getProperty("java.class.path"),
                BrokerMain.class.getName(),
                settings.toString(),
                id)
            .redirectErrorStream(true)
            .redirectOutput(ProcessBuilder.Redirect.appendTo(folder.resolve("out").toFile()))
            .start();
    await()
        .atMost(STARTS_WITHIN)
        .until(
            () -> {
              if (!process.isAlive()) {
                throw new IllegalStateException(
                    "the broker ended: " + Files.readString(folder.resolve("out")));
              }
              return answers();
            });
  }

  private boolean answers() {
    try (var admin = admin()) {
      return !admin.describeCluster().nodes().get(2, TimeUnit.SECONDS).isEmpty();
    } catch (Exception e) {
      return false;
    }
  }

  private Admin admin() {
    return Admin.create(
        Map.of(
            "bootstrap.servers", bootstrap(),
            "default.api.timeout.ms", "20000",
            "request.timeout.ms", "2000"));
  }

  /** Kills the broker without warning, and starts it again on the same data. */
  public void restart() throws IOException {
    process.destroyForcibly().onExit().join();
    start();
  }

  /** What clients connect to. */
  public String bootstrap() {
    return "localhost:" + port;
  }

  /** Makes a topic. */
  public void topic(String name, int partitions) throws Exception {
    try (var admin = admin()) {
      admin.createTopics(List.of(new NewTopic(name, partitions, (short) 1))).all().get();
    }
  }

  /** A message to send; those of the same key go to the same partition, in order. */
  public record Message(String key, byte[] value) {

    /** A message of text. */
    public static Message of(String key, String value) {
      return new Message(key, value.getBytes(StandardCharsets.UTF_8));
    }
  }

  /** Sends messages. */
  public void send(String topic, List<Message> messages)
      throws ExecutionException, InterruptedException {
    var properties = new Properties();
    properties.put("bootstrap.servers", bootstrap());
    properties.put("linger.ms", "5");
    try (var producer =
        new KafkaProducer<>(properties, new ByteArraySerializer(), new ByteArraySerializer())) {
      for (var message : messages) {
        producer.send(
            new ProducerRecord<>(
                topic, message.key().getBytes(StandardCharsets.UTF_8), message.value()));
      }
    }
  }

  /** All committed messages of a topic, as text, sorted; none if there is no such topic. */
  public List<String> committed(String topic) {
    return committed(topic, bytes -> new String(bytes, StandardCharsets.UTF_8));
  }

  /** All committed messages of a topic, made text and sorted; none if there is no such topic. */
  public List<String> committed(String topic, Function<byte[], String> text) {
    var properties = new HashMap<String, Object>();
    properties.put("bootstrap.servers", bootstrap());
    properties.put("isolation.level", "read_committed");
    properties.put("auto.offset.reset", "earliest");
    properties.put("enable.auto.commit", "false");
    properties.put("allow.auto.create.topics", "false");
    var found = new ArrayList<String>();
    try (var consumer =
        new KafkaConsumer<>(properties, new ByteArrayDeserializer(), new ByteArrayDeserializer())) {
      var partitions =
          consumer.listTopics().getOrDefault(topic, List.of()).stream()
              .map(info -> new TopicPartition(topic, info.partition()))
              .toList();
      consumer.assign(partitions);
      consumer.seekToBeginning(partitions);
      var ends = consumer.endOffsets(partitions);
      while (partitions.stream()
          .anyMatch(partition -> consumer.position(partition) < ends.get(partition))) {
        consumer
            .poll(Duration.ofMillis(200))
            .forEach(record -> found.add(text.apply(record.value())));
      }
    }
    found.sort(null);
    return found;
  }

  @Override
  public void close() {
    if (process != null) {
      process.destroyForcibly().onExit().join();
    }
  }
}
