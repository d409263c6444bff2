package org.millrace.streaming.placement;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayOutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.avro.io.EncoderFactory;
import org.apache.avro.specific.SpecificDatumWriter;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.schema.PlacementModel;
import org.millrace.schema.PlacementRequest;
import org.millrace.streaming.kafka.Broker;
import org.millrace.streaming.kafka.Broker.Message;
import org.millrace.streaming.placement.estate.EstateYaml;
import org.millrace.streaming.placement.simulate.SimulatedIslands;
import org.millrace.streaming.placement.simulate.SimulatedIslands.Trouble;

/** The job between topics of a real broker. */
class PlacementKafkaITCase {

  @TempDir static Path folder;
  private static Broker broker;

  @BeforeAll
  static void startsABroker() throws Exception {
    broker = Broker.start(Files.createDirectory(folder.resolve("kafka")));
  }

  @AfterAll
  static void stopsTheBroker() {
    broker.close();
  }

  @Test
  void requestsMayBeAvro() throws Exception {
    var request =
        PlacementRequest.newBuilder()
            .setJob("avro")
            .setGpus(16)
            .setGlobalBatch(64)
            .setModel(
                PlacementModel.newBuilder().setLayers(30).setHidden(3072).setHeads(32).build())
            .build();
    var bytes = new ByteArrayOutputStream();
    var encoder = EncoderFactory.get().binaryEncoder(bytes, null);
    new SpecificDatumWriter<>(PlacementRequest.class).write(request, encoder);
    encoder.flush();
    broker.topic("avro-jobs", 1);
    broker.send(
        "avro-jobs", List.of(new Message("avro", bytes.toByteArray()), Message.of("bad", "{}")));
    var estate = EstateYaml.write(SimulatedIslands.of(Trouble.NONE, 1).estate());

    var run =
        Placements.run(
            "--kafka-bootstrap",
            broker.bootstrap(),
            "--estate",
            Files.writeString(folder.resolve("avro.yaml"), estate),
            "--requests-topic",
            "avro-jobs",
            "--requests-format",
            "avro",
            "--until",
            "latest",
            "--checkpoint-interval",
            "200ms",
            "--output-topic",
            "avro-placements");

    assertThat(run.status()).describedAs(run.errors()).isZero();
    assertThat(broker.committed("avro-placements"))
        .hasSize(1)
        .allMatch(line -> line.contains("\"job\":\"avro\"") && line.contains("PLACED"));
    assertThat(broker.committed("avro-placements-quarantine"))
        .hasSize(1)
        .allMatch(line -> line.contains("not a PlacementRequest"));
  }

  @Test
  void topicsGiveWhatFilesGiveAndPoisonIsSetApart() throws Exception {
    var islands = SimulatedIslands.of(Trouble.FLAPPING, 1);
    var telemetry = new ArrayList<String>();
    islands.telemetry(telemetry::add);
    var jobs = new ArrayList<Message>();
    for (var line : islands.requests().lines().toList()) {
      if (line.startsWith("{")) {
        jobs.add(Message.of("jobs", line.replaceFirst(",$", "")));
      }
    }
    jobs.add(Message.of("jobs", "not json"));
    var metrics = new ArrayList<Message>();
    for (var line : telemetry) {
      metrics.add(
          Message.of(line.substring(line.indexOf("instance"), line.indexOf(":9100")), line));
    }
    broker.topic("estate", 1);
    broker.topic("jobs", 1);
    broker.topic("metrics", 3);
    broker.send("estate", List.of(Message.of("e", EstateYaml.write(islands.estate()))));
    broker.send("jobs", jobs);
    broker.send("metrics", metrics);
    var files = folder.resolve("files");

    var fromFiles =
        Placements.run(
            "--estate",
            Files.writeString(folder.resolve("e.yaml"), EstateYaml.write(islands.estate())),
            "--requests",
            Files.writeString(folder.resolve("jobs.json"), islands.requests()),
            "--telemetry",
            Files.write(folder.resolve("metrics.jsonl"), telemetry),
            "--output",
            files,
            "--output-format",
            "jsonl");
    var fromTopics =
        Placements.run(
            "--kafka-bootstrap",
            broker.bootstrap(),
            "--estate-topic",
            "estate",
            "--telemetry-topic",
            "metrics",
            "--requests-topic",
            "jobs",
            "--until",
            "latest",
            "--checkpoint-interval",
            "200ms",
            "--out-of-orderness",
            "1h",
            "--parallelism",
            2,
            "--output-topic",
            "placements");

    assertThat(fromFiles.status()).describedAs(fromFiles.errors()).isZero();
    assertThat(fromTopics.status()).describedAs(fromTopics.errors()).isZero();
    assertThat(broker.committed("placements"))
        .hasSize(3)
        .containsExactlyInAnyOrderElementsOf(Placements.lines(files));
    assertThat(broker.committed("placements-advice"))
        .hasSize(2)
        .containsExactlyInAnyOrderElementsOf(Placements.lines(files.resolve("advice")));
    assertThat(broker.committed("placements-quarantine"))
        .hasSize(1)
        .allMatch(line -> line.contains("not valid JSON"));
  }
}
