package org.millrace.streaming.anomaly.evaluate;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.millrace.command.UserError;

/**
 * A device's rows, its labels, and what a run said of it.
 *
 * @param name of the device; the name of its file in NAB's labels
 * @param times of the rows in milliseconds; of a file, as they stand there, forwards or not
 * @param variables the values by name, one a row; NaN where there is none
 * @param events the labels in milliseconds, in order
 * @param episodes in order
 */
public record LabelledDevice(
    String name,
    long[] times,
    Map<String, double[]> variables,
    List<Window> events,
    List<Episode> episodes) {

  /** Lists that do not change. */
  public LabelledDevice {
    events = List.copyOf(events);
    episodes = List.copyOf(episodes);
  }

  /** How many rows there are. */
  public int rows() {
    return times.length;
  }

  /** What comes before the name's first slash; empty where there is none. */
  public String category() {
    return name.substring(0, Math.max(0, name.indexOf('/')));
  }

  /** The rows from the first to the last that lie in an event; empty if none does. */
  public Optional<Window> rowsOf(Window event) {
    int first = -1;
    int last = -1;
    for (int row = 0; row < times.length; row++) {
      if (event.covers(times[row], 0)) {
        first = first < 0 ? row : first;
        last = row;
      }
    }
    return first < 0 ? Optional.empty() : Optional.of(new Window(first, last));
  }

  /**
   * The labels in row numbers, as NAB counts.
   *
   * @throws UserError if a window has no row, or overlaps another
   */
  public NabSeries nab() {
    var windows = new ArrayList<Window>();
    for (var event : events) {
      windows.add(
          rowsOf(event)
              .orElseThrow(
                  () -> new UserError("--evaluate: a window of %s has none of its rows", name)));
    }
    try {
      return new NabSeries(times.length, windows);
    } catch (IllegalArgumentException e) {
      throw new UserError("--evaluate: windows of %s overlap or are not in order", name);
    }
  }
}
