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
import org.apache.spark.sql.SparkSession;
import org.millrace.batch.job.BatchJob;
import org.millrace.command.Commands;

/**
 * A job run as a user runs it, in this process.
 *
 * @param status exit status
 * @param said what it wrote to the error stream
 */
public record Command(int status, String said) {

  private static final String PARTITIONS = "spark.sql.shuffle.partitions";

  /** Runs a job with arguments. */
  public static Command run(BatchJob job, String... arguments) {
    var said = new StringWriter();
    var line = Commands.commandLine(job).setErr(new PrintWriter(said, true));
    // First, so that a test's own settings win.
    var all = new ArrayList<>(List.of("--master", "local[2]", "--conf", PARTITIONS + "=3"));
    all.addAll(List.of(arguments));
    int status = line.execute(all.toArray(String[]::new));
    forget(List.of(arguments));
    return new Command(status, said.toString());
  }

  /** Unsets what a run has set: all runs of the process share a session. */
  private static void forget(List<String> arguments) {
    var session = SparkSession.getDefaultSession();
    for (int i = 1; i < arguments.size() && session.isDefined(); i++) {
      var key = arguments.get(i).replaceFirst("=.*", "");
      // Every run sets the partitions; what reads its output is to have as few.
      boolean sets = arguments.get(i - 1).equals("--conf") && !key.equals(PARTITIONS);
      if (sets && session.get().conf().isModifiable(key)) {
        session.get().conf().unset(key);
      }
    }
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
