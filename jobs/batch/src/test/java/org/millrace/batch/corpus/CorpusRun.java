package org.millrace.batch.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.millrace.batch.Command;

/**
 * A run of the job and what it left.
 *
 * @param output its folder
 * @param command as it ended
 */
record CorpusRun(Path output, Command command) {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** An empty folder below {@code target}. */
  static Path folder(String name) throws IOException {
    var folder = Path.of("target", "corpus", name).toAbsolutePath();
    if (Files.exists(folder)) {
      try (var all = Files.walk(folder)) {
        for (var path : all.sorted(Comparator.reverseOrder()).toList()) {
          Files.delete(path);
        }
      }
    }
    return Files.createDirectories(folder);
  }

  /** Runs the job, however it ends. */
  static CorpusRun of(Path output, List<Path> input, String... more) {
    var arguments = new ArrayList<String>();
    arguments.add("--input");
    input.forEach(path -> arguments.add(path.toString()));
    arguments.addAll(List.of("--output", output.toString()));
    arguments.addAll(List.of(more));
    return new CorpusRun(output, Command.run(new CorpusJob(), arguments.toArray(String[]::new)));
  }

  /** A run that must end well. */
  static CorpusRun done(Path output, List<Path> input, String... more) {
    var run = of(output, input, more);
    assertThat(run.command().status()).as(run.command().said()).isZero();
    return run;
  }

  /** Its only line to the user. */
  String line() {
    assertThat(command.said()).hasLineCount(1);
    return command.said().strip();
  }

  /** What it said after the progress: one line. */
  String error() {
    assertThat(command.status()).isNotZero();
    assertThat(command.said()).doesNotContain("\tat ");
    var errors = command.said().lines().filter(line -> line.startsWith("millrace")).toList();
    assertThat(errors).as(command.said()).hasSize(1);
    return errors.get(0);
  }

  private static List<Row> rows(Path folder) {
    return SparkSession.active()
        .read()
        .parquet(folder.toString())
        .orderBy("doc_id")
        .collectAsList();
  }

  /** Texts of the documents that a stage kept, by id. */
  Map<String, String> kept(String stage) {
    return rows(output.resolve(stage).resolve("kept")).stream()
        .collect(
            Collectors.toMap(
                row -> row.getAs("doc_id"), row -> row.getAs("text"), (one, two) -> two));
  }

  /** Ids of the documents that a stage kept, in their order, each as often as it is there. */
  List<String> ids(String stage) {
    return rows(output.resolve(stage).resolve("kept")).stream()
        .map(row -> row.<String>getAs("doc_id"))
        .toList();
  }

  /** The documents that a stage dropped. */
  List<Row> dropped(String stage) {
    return rows(output.resolve(stage).resolve("dropped"));
  }

  /** What a stage says of those it dropped: {@code id rule value detail}. */
  List<String> fates(String stage) {
    return dropped(stage).stream().map(CorpusRun::fate).toList();
  }

  private static String fate(Row row) {
    return "%s %s %.4f %s"
        .formatted(
            row.getAs("doc_id"),
            row.getAs("rule"),
            row.<Double>getAs("value"),
            row.getAs("detail"));
  }

  /** A count of the manifest; fails if it is not there. */
  long count(String name) {
    return manifest("counts", name);
  }

  /** How many documents a rule dropped; 0 if none. */
  long droppedBy(String rule) {
    return manifest().get("dropped").path(rule).asLong();
  }

  /** How many records are in the quarantine for a reason. */
  long quarantined(String reason) {
    return manifest("quarantined", reason);
  }

  private long manifest(String part, String name) {
    var found = manifest().get(part);
    assertThat(found.has(name)).as("%s of %s", name, found).isTrue();
    return found.get(name).asLong();
  }

  JsonNode manifest() {
    try {
      return Command.manifest(output);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The records of a folder of JSON lines. */
  List<JsonNode> json(String folder) throws IOException {
    var records = new ArrayList<JsonNode>();
    try (var files = Files.list(output.resolve(folder))) {
      for (var file : files.filter(path -> path.toString().endsWith(".json")).toList()) {
        for (var line : Files.readAllLines(file)) {
          records.add(JSON.readTree(line));
        }
      }
    }
    return records;
  }
}
