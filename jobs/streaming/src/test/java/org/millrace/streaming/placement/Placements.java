package org.millrace.streaming.placement;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.flink.streaming.api.datastream.DataStream;
import org.millrace.command.Commands;
import org.millrace.command.Manifests;
import org.millrace.schema.RunManifest;

/** The job as a user calls it, in this process. */
record Placements(int status, String output, String errors) {

  static Placements run(Object... arguments) {
    return run(UnaryOperator.identity(), arguments);
  }

  static Placements run(UnaryOperator<DataStream<PlacementInput>> between, Object... arguments) {
    var output = new StringWriter();
    var errors = new StringWriter();
    int status =
        Commands.commandLine(new PlacementJob(between))
            .setOut(new PrintWriter(output, true))
            .setErr(new PrintWriter(errors, true))
            .execute(Stream.of(arguments).map(String::valueOf).toArray(String[]::new));
    return new Placements(status, output.toString(), errors.toString());
  }

  /** The lines of a dataset of JSON lines, sorted: in which file which is does not matter. */
  static List<String> lines(Path folder) {
    if (!Files.exists(folder)) {
      return List.of();
    }
    try (var files = Files.list(folder)) {
      var lines = new ArrayList<String>();
      for (var file : files.toList()) {
        if (file.getFileName().toString().startsWith("part-")) {
          lines.addAll(Files.readAllLines(file));
        }
      }
      lines.sort(null);
      return lines;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  static List<JsonNode> records(Path folder) throws IOException {
    var json = new ObjectMapper();
    var records = new ArrayList<JsonNode>();
    for (var line : lines(folder)) {
      records.add(json.readTree(line));
    }
    return records;
  }

  static RunManifest manifest(Path folder) throws IOException {
    return Manifests.parse(Files.readAllBytes(folder.resolve(Manifests.FILE)));
  }
}
