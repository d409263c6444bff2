package org.millrace.streaming.straggler;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.streaming.kafka.Broker;
import org.millrace.streaming.kafka.Broker.Message;
import org.millrace.streaming.straggler.simulate.Form;
import org.millrace.streaming.straggler.simulate.SimulatedJob;
import org.millrace.streaming.straggler.simulate.Trouble;

/** The job between topics of a real broker. */
class StragglerKafkaITCase {

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
  void topicsGiveWhatFilesGiveAndPoisonIsSetApart() throws Exception {
    var lines = new ArrayList<String>();
    lines.addAll(SimulatedJob.of("slow", Trouble.SLOW_RANK, Form.EVENTS, 1).lines());
    lines.addAll(SimulatedJob.of("hung", Trouble.RANK_HANG, Form.EVENTS, 2).lines());
    // Both jobs run at the same time.
    lines.sort(Comparator.comparingLong(StragglerKafkaITCase::second));
    var input = Files.write(folder.resolve("events.jsonl"), lines);
    var files = folder.resolve("files");
    var output = folder.resolve("topics");
    broker.topic("collectives", 3);
    var messages = new ArrayList<Message>();
    for (var line : lines) {
      messages.add(Message.of(host(line), line));
    }
    messages.add(100, Message.of("a", "not json"));
    broker.send("collectives", messages);

    var fromFiles = Stragglers.run("--input", input, "--output", files, "--output-format", "jsonl");
    var fromTopics =
        Stragglers.run(
            "--kafka-bootstrap",
            broker.bootstrap(),
            "--topic",
            "collectives",
            "--until",
            "latest",
            "--checkpoint-interval",
            "200ms",
            "--parallelism",
            2,
            "--output",
            output,
            "--output-format",
            "jsonl",
            "--output-topic",
            "incidents");

    assertThat(fromFiles.status()).describedAs(fromFiles.errors()).isZero();
    assertThat(fromTopics.status()).describedAs(fromTopics.errors()).isZero();
    assertThat(Stragglers.manifest(output).getQuarantined())
        .containsOnly(entry("not valid JSON", 1L));
    assertThat(Stragglers.lines(output)).hasSize(3).isEqualTo(Stragglers.lines(files));
    assertThat(broker.committed("incidents")).isEqualTo(Stragglers.lines(files));
    assertThat(broker.committed("incidents-quarantine"))
        .hasSize(1)
        .allMatch(line -> line.contains("not valid JSON"));
  }

  private static long second(String line) {
    int at = line.indexOf("\"tsUs\":") + 7;
    return Long.parseLong(line.substring(at, line.indexOf('}', at))) / 1_000_000;
  }

  /** Agents send by host, so that a host's records stay in order. */
  private static String host(String line) {
    int at = line.indexOf("\"host\":\"");
    return at < 0 ? "transfers" : line.substring(at + 8, line.indexOf('"', at + 8));
  }
}
