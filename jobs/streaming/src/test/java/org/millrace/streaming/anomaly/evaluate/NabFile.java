package org.millrace.streaming.anomaly.evaluate;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** A file of {@code ../shared/data/streaming/nab}; a test that needs them is skipped without. */
public record NabFile(
    String category, String name, long[] times, double[] values, NabSeries labels) {

  private static final int SECONDS = "2014-04-10 16:15:00".length();

  /** All files, by category and name. */
  public static List<NabFile> all() throws IOException {
    var folder = folder();
    var labels = new ObjectMapper().readTree(labelsJson());
    var files = new ArrayList<NabFile>();
    for (var names = labels.fieldNames(); names.hasNext(); ) {
      var name = names.next();
      files.add(read(folder, name, labels.get(name).get("windows")));
    }
    return files;
  }

  /** Where they are. */
  public static Path folder() {
    var root = Path.of("").toAbsolutePath();
    while (root != null && !Files.isDirectory(root.resolve("../shared/data"))) {
      root = root.getParent();
    }
    assumeTrue(root != null, "../shared/data is not here");
    return root.resolve("../shared/data/streaming/nab");
  }

  /** All labels as they stand there. */
  static String labelsJson() throws IOException {
    return Files.readString(folder().resolve("labels.json"));
  }

  private static NabFile read(Path folder, String name, JsonNode windows) throws IOException {
    var file = folder.resolve(name.replace("/", "__") + ".gz");
    var stamps = new ArrayList<String>();
    var values = new ArrayList<Double>();
    try (var bytes = new GZIPInputStream(Files.newInputStream(file));
        var reader = new BufferedReader(new InputStreamReader(bytes, StandardCharsets.UTF_8))) {
      for (var line : reader.lines().skip(1).toList()) {
        var fields = line.split(",");
        stamps.add(fields[0]);
        values.add(Double.valueOf(fields[1]));
      }
    }
    var labelled = new ArrayList<Window>();
    for (var window : windows) {
      int first = stamps.indexOf(window.get(0).asText().substring(0, SECONDS));
      int last = stamps.lastIndexOf(window.get(1).asText().substring(0, SECONDS));
      labelled.add(new Window(first, last));
    }
    return new NabFile(
        name.substring(0, name.indexOf('/')),
        name.substring(name.indexOf('/') + 1),
        stamps.stream().mapToLong(NabFile::millis).toArray(),
        values.stream().mapToDouble(x -> x).toArray(),
        new NabSeries(values.size(), labelled));
  }

  private static long millis(String stamp) {
    return LocalDateTime.parse(stamp.replace(' ', 'T')).toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  /** The labels of files, for a scorer. */
  public static List<NabSeries> labels(List<NabFile> files) {
    return files.stream().map(NabFile::labels).toList();
  }
}
