package org.millrace.batch;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.millrace.batch.job.BatchJob;
import org.millrace.command.Commands;

/**
 * A job run as a user runs it, in this process.
 *
 * @param status exit status
 * @param said what it wrote to the error stream
 */
public record Command(int status, String said) {

  /** Runs a job with arguments. */
  public static Command run(BatchJob job, String... arguments) {
    var said = new StringWriter();
    var line = Commands.commandLine(job).setErr(new PrintWriter(said, true));
    // First, so that a test's own settings win.
    var all =
        new ArrayList<>(
            List.of("--master", "local[2]", "--conf", "spark.sql.shuffle.partitions=3"));
    all.addAll(List.of(arguments));
    return new Command(line.execute(all.toArray(String[]::new)), said.toString());
  }

  /** The manifest in an output folder. */
  public static JsonNode manifest(Path output) throws IOException {
    return new ObjectMapper().readTree(output.resolve("_millrace.json").toFile());
  }

  /** curves.csv as selector to k to value. */
  public static Map<String, Map<Integer, Double>> curves(Path output) throws IOException {
    var curves = new TreeMap<String, Map<Integer, Double>>();
    var lines = Files.readAllLines(output.resolve("curves.csv"));
    for (var line : lines.subList(1, lines.size())) {
      var fields = line.split(",");
      curves
          .computeIfAbsent(fields[0], name -> new TreeMap<>())
          .put(Integer.valueOf(fields[1]), Double.valueOf(fields[2]));
    }
    return curves;
  }
}
