package org.millrace.streaming.anomaly.evaluate;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.millrace.command.UserError;
import org.millrace.streaming.input.Times;
import org.millrace.streaming.job.BadRecord;

/** When something was wrong, according to people. Times are milliseconds since 1970 UTC. */
public sealed interface Labels {

  /**
   * Windows a file, in the form of the Numenta Anomaly Benchmark: each file is a device of its own.
   *
   * @param windows by the name that the labels give the file, such as {@code category/name.csv}
   */
  record OfFiles(Map<String, List<Window>> windows) implements Labels {

    /**
     * The name in the labels of an input file: {@code category/name.csv} or {@code category__…}.
     */
    public Optional<String> nameOf(String path) {
      var plain = path.endsWith(".gz") ? path.substring(0, path.length() - 3) : path;
      return windows.keySet().stream()
          .filter(
              name ->
                  ("/" + plain).endsWith("/" + name)
                      || plain
                          .substring(plain.lastIndexOf('/') + 1)
                          .equals(name.replace("/", "__")))
          .findFirst();
    }
  }

  /**
   * Events of the one device that the input is of.
   *
   * @param events in order of time
   */
  record OfTimes(List<Window> events) implements Labels {}

  /** Labelled times no further apart than this form an event: a minute. */
  long TOGETHER_MILLIS = 60_000;

  /**
   * Reads labels: NAB's JSON, or a text with a time a line; lines that begin with # are passed
   * over.
   *
   * @param source for errors
   */
  static Labels parse(String source, String text) {
    return text.stripLeading().startsWith("{") ? ofFiles(source, text) : ofTimes(source, text);
  }

  private static Labels ofFiles(String source, String text) {
    JsonNode root;
    try {
      root = new ObjectMapper().readTree(text);
    } catch (JsonProcessingException e) {
      throw new UserError(
          "--evaluate %s: not JSON at line %d",
          source, e.getLocation() == null ? 1 : e.getLocation().getLineNr());
    }
    var labels = new TreeMap<String, List<Window>>();
    for (var entry : root.properties()) {
      var windows = new ArrayList<Window>();
      for (var window : entry.getValue().path("windows")) {
        if (window.size() != 2) {
          throw new UserError(
              "--evaluate %s: %s: a window is [start, end], not %s",
              source, entry.getKey(), window);
        }
        long first = time(source, entry.getKey(), window.get(0).asText());
        long last = time(source, entry.getKey(), window.get(1).asText());
        if (last < first) {
          throw new UserError(
              "--evaluate %s: %s: the window %s ends before it begins",
              source, entry.getKey(), window);
        }
        windows.add(new Window(first, last));
      }
      labels.put(entry.getKey(), List.copyOf(windows));
    }
    return new OfFiles(labels);
  }

  private static Labels ofTimes(String source, String text) {
    var times = new ArrayList<Long>();
    int number = 0;
    for (var line : text.split("\\R")) {
      number++;
      if (!line.isBlank() && !line.startsWith("#")) {
        times.add(time(source, "line " + number, line));
      }
    }
    if (times.isEmpty()) {
      throw new UserError("--evaluate %s: no labels in it", source);
    }
    times.sort(null);
    var events = new ArrayList<Window>();
    long first = times.get(0);
    long last = first;
    for (long time : times) {
      if (time - last > TOGETHER_MILLIS) {
        events.add(new Window(first, last));
        first = time;
      }
      last = time;
    }
    events.add(new Window(first, last));
    return new OfTimes(List.copyOf(events));
  }

  private static long time(String source, String place, String text) {
    try {
      return Times.parse(text);
    } catch (BadRecord e) {
      throw new UserError("--evaluate %s: %s: %s", source, place, e.getMessage());
    }
  }
}
