package org.millrace.streaming.anomaly;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.Arrays;
import java.util.List;
import java.util.TreeSet;

/**
 * The ship's sensors of ../shared/data/streaming, a row a minute, and their labelled events; a test
 * that needs them is skipped where they are absent.
 */
public record FerryBox(
    List<String> names, long[] times, double[][] rows, TreeSet<Long> labels, List<long[]> events) {

  private static final long MINUTE = 60_000;

  public static FerryBox load() throws IOException {
    var folder = Path.of("").toAbsolutePath();
    while (folder != null && !Files.isDirectory(folder.resolve("../shared/data"))) {
      folder = folder.getParent();
    }
    assumeTrue(folder != null, "../shared/data is not here");
    var streaming = folder.resolve("../shared/data/streaming");
    var lines = Files.readAllLines(streaming.resolve("ferrybox.csv"));
    var cells = lines.stream().map(line -> line.split(",")).toList();
    var names = List.of(cells.get(0)).subList(1, cells.get(0).length);
    var body = cells.subList(1, cells.size());
    var times = body.stream().mapToLong(row -> millis(row[0])).toArray();
    var rows =
        body.stream()
            .map(row -> Arrays.stream(row).skip(1).mapToDouble(Double::parseDouble).toArray())
            .toArray(double[][]::new);
    var labels = new TreeSet<Long>();
    for (var line : Files.readAllLines(streaming.resolve("ferrybox_labels.txt"))) {
      if (!line.isBlank()) {
        labels.add(millis(line.strip()));
      }
    }
    var events =
        List.of(
            event("2021-10-28T10:05", "2021-10-28T10:17"),
            event("2021-10-28T12:15", "2021-10-28T12:39"),
            event("2021-10-30T10:08", "2021-10-30T11:19"),
            event("2021-10-30T22:13", "2021-10-30T23:29"));
    return new FerryBox(names, times, rows, labels, events);
  }

  private static long[] event(String from, String to) {
    return new long[] {millis(from), millis(to)};
  }

  private static long millis(String stamp) {
    return LocalDateTime.parse(stamp.replace(' ', 'T')).toInstant(ZoneOffset.UTC).toEpochMilli();
  }

  public double[] column(int variable) {
    return Arrays.stream(rows).mapToDouble(row -> row[variable]).toArray();
  }

  /** Whether a label is within 5 minutes. */
  public boolean nearLabel(long ts) {
    return !labels.subSet(ts - 5 * MINUTE, true, ts + 5 * MINUTE, true).isEmpty();
  }
}
