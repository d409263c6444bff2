package org.millrace.streaming.anomaly;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.awaitility.Awaitility.await;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.apache.avro.io.DecoderFactory;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumReader;
import org.apache.avro.specific.SpecificDatumWriter;
import org.apache.flink.core.execution.JobClient;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.command.Commands;
import org.millrace.schema.Anomaly;
import org.millrace.schema.Metric;
import org.millrace.streaming.anomaly.input.Reading;
import org.millrace.streaming.job.RecordJson;
import org.millrace.streaming.kafka.Broker;
import org.millrace.streaming.kafka.Broker.Message;

/** The job between topics of a real broker. */
class AnomalyKafkaITCase {

  private static final Telemetry TELEMETRY = new Telemetry(4, 3, 240);

  @TempDir static Path folder;
  private static Broker broker;
  private static List<String> episodes;
  private static List<String> statuses;

  @BeforeAll
  static void startsABrokerAndRunsOnFiles() throws Exception {
    broker = Broker.start(Files.createDirectory(folder.resolve("kafka")));
    var input = folder.resolve("telemetry.csv");
    Files.write(input, TELEMETRY.wideCsv());
    var output = folder.resolve("files");

    var run = Command.run("--input", input, "--output", output, "--output-format", "jsonl");

    assertThat(run.status()).describedAs(run.errors()).isZero();
    episodes = Command.lines(output);
    statuses = Command.lines(output.resolve("status"));
    assertThat(episodes).hasSizeGreaterThanOrEqualTo(TELEMETRY.devices());
  }

  @AfterAll
  static void stopsTheBroker() {
    broker.close();
  }

  /** A message a value, as the Prometheus adapter writes them. */
  private static List<Message> prometheus(List<Reading> readings) {
    var messages = new ArrayList<Message>();
    for (var reading : readings) {
      for (int v = 0; v < reading.values().length; v++) {
        messages.add(
            Message.of(
                reading.device(),
                "{\"timestamp\":\"%s\",\"value\":\"%s\",\"name\":\"%s\",\"labels\":{\"__name__\":\"%s\",\"instance\":\"%s\",\"job\":\"node\"}}"
                    .formatted(
                        Instant.ofEpochMilli(reading.ts()),
                        reading.values()[v],
                        reading.variables()[v],
                        reading.variables()[v],
                        reading.device())));
      }
    }
    return messages;
  }

  private static Object[] arguments(String topic, Object... more) {
    var arguments =
        new ArrayList<Object>(
            List.of(
                "--kafka-bootstrap",
                broker.bootstrap(),
                "--topic",
                topic,
                "--format",
                "prometheus-json",
                "--until",
                "latest",
                "--checkpoint-interval",
                "200ms",
                "--parallelism",
                2));
    arguments.addAll(List.of(more));
    return arguments.toArray();
  }

  @Test
  void topicsGiveWhatFilesGiveAndPoisonIsSetApart() throws Exception {
    broker.topic("metrics", 3);
    var messages = prometheus(TELEMETRY.readings());
    messages.add(100, Message.of("host-0", "not json"));
    messages.add(200, new Message("host-1", new byte[] {(byte) 0xff, 0, 1}));
    messages.add(300, Message.of("host-2", "{\"name\":\"v0\",\"value\":\"x\"}"));
    messages.add(
        400,
        Message.of(
            "host-0",
            "{\"timestamp\":\"2026-01-01T00:00:00Z\",\"value\":\"9223372036854775794\",\"name\":\"DCGM_FI_DEV_GPU_TEMP\",\"labels\":{\"instance\":\"host-0\"}}"));
    broker.send("metrics", messages);
    var output = folder.resolve("manifest");

    var run =
        Command.run(
            arguments(
                "metrics",
                "--output-topic",
                "episodes",
                "--output",
                output,
                "--output-format",
                "jsonl"));

    assertThat(run.status()).describedAs(run.errors()).isZero();
    assertThat(broker.committed("episodes")).isEqualTo(episodes);
    assertThat(broker.committed("episodes-status")).isEqualTo(statuses);
    assertThat(Command.lines(output)).isEqualTo(episodes);
    assertThat(broker.committed("episodes-quarantine"))
        .hasSize(3)
        .anyMatch(line -> line.contains("not valid JSON") && line.contains("\"metrics/"));
    var manifest = Command.manifest(output);
    assertThat(manifest.getQuarantined())
        .containsOnly(entry("not valid JSON", 1L), entry("not UTF-8", 1L), entry("no time", 1L));
    assertThat(manifest.getDropped()).containsEntry("blank value of DCGM", 1L);
  }

  @Test
  void noBrokerAndNoTopicAreSaidInALine() {
    var topic =
        Command.run(
            "--kafka-bootstrap", broker.bootstrap(), "--topic", "no", "--output-topic", "o");
    var name =
        Command.run("--kafka-bootstrap", "no.invalid:1", "--topic", "t", "--output-topic", "o");

    assertThat(topic.status()).isEqualTo(1);
    assertThat(topic.errors().lines())
        .containsExactly("millrace anomalies: --topic no: no such topic at " + broker.bootstrap());
    assertThat(name.status()).isEqualTo(1);
    assertThat(name.errors().lines())
        .hasSize(1)
        .allMatch(line -> line.startsWith("millrace anomalies: --kafka-bootstrap no.invalid:1: "));
  }

  @Test
  void avroInAndAvroOut() throws Exception {
    broker.topic("avro-metrics", 2);
    var writer = new SpecificDatumWriter<>(Metric.class);
    var messages = new ArrayList<Message>();
    for (var reading : TELEMETRY.readings()) {
      for (int v = 0; v < reading.values().length; v++) {
        var metric =
            new Metric(reading.device(), reading.variables()[v], reading.ts(), reading.values()[v]);
        var bytes = new ByteArrayOutputStream();
        var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
        writer.write(metric, encoder);
        encoder.flush();
        messages.add(new Message(reading.device(), bytes.toByteArray()));
      }
    }
    broker.send("avro-metrics", messages);

    var run =
        Command.run(
            "--kafka-bootstrap", broker.bootstrap(),
            "--topic", "avro-metrics",
            "--until", "latest",
            "--format", "avro",
            "--message-format", "avro",
            "--output-topic", "avro-episodes");

    assertThat(run.status()).describedAs(run.errors()).isZero();
    var reader = new SpecificDatumReader<>(Anomaly.class);
    assertThat(
            broker.committed(
                "avro-episodes",
                bytes -> {
                  try {
                    var decoder = DecoderFactory.get().binaryDecoder(bytes, null);
                    return new String(RecordJson.bytes(reader.read(null, decoder)), UTF_8);
                  } catch (IOException e) {
                    throw new UncheckedIOException(e);
                  }
                }))
        .isEqualTo(episodes);
  }

  @Test
  void failuresAndABrokerRestartChangeNothing() throws Exception {
    broker.topic("shaky", 3);
    broker.send("shaky", prometheus(TELEMETRY.readings()));
    var job = new AnomalyJob(Trouble.of(2, 4_000_000));
    Commands.commandLine(job)
        .setErr(new PrintWriter(new StringWriter()))
        .parseArgs(
            Stream.of(
                    arguments(
                        "shaky",
                        "--output-topic",
                        "shaky-episodes",
                        "--conf",
                        "restart-strategy.fixed-delay.attempts=1000",
                        "--conf",
                        "restart-strategy.fixed-delay.delay=100ms",
                        "--kafka-property",
                        "request.timeout.ms=5000",
                        "--kafka-property",
                        "delivery.timeout.ms=20000"))
                .map(String::valueOf)
                .toArray(String[]::new));
    JobClient running = job.unstarted().executeAsync();
    await().atMost(Duration.ofSeconds(60)).until(() -> Trouble.PASSED.get() > 800);

    broker.restart();

    running.getJobExecutionResult().get();
    assertThat(broker.committed("shaky-episodes")).isEqualTo(episodes);
    assertThat(broker.committed("shaky-episodes-status")).isEqualTo(statuses);
    assertThat(Trouble.FAILURES_LEFT).hasValueLessThanOrEqualTo(0);
  }
}
