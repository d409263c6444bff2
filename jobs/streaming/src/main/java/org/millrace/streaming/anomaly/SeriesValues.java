package org.millrace.streaming.anomaly;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.millrace.streaming.anomaly.input.Reading;

/** The values of a device, gathered as they are read. */
final class SeriesValues {

  private final String device;
  private final List<Long> places = new ArrayList<>();
  private final List<Reading> readings = new ArrayList<>();

  SeriesValues(String device) {
    this.device = device;
  }

  String device() {
    return device;
  }

  /**
   * Takes a reading.
   *
   * @param place its row's number, or its time
   */
  void add(long place, Reading reading) {
    places.add(place);
    readings.add(reading);
  }

  /** Times and values, a row each. */
  record Table(long[] times, Map<String, double[]> variables) {}

  /** A row for each time that there is, in order; of several values at a time the last counts. */
  Table byTime() {
    long[] times = places.stream().mapToLong(Long::longValue).sorted().distinct().toArray();
    var rows = new int[places.size()];
    for (int i = 0; i < rows.length; i++) {
      rows[i] = Arrays.binarySearch(times, places.get(i));
    }
    return new Table(times, variables(rows, times.length));
  }

  /**
   * A row for each number up to the greatest; one that is missing has the time of the one before.
   */
  Table byRow() {
    var rows = places.stream().mapToInt(Math::toIntExact).toArray();
    int n = Arrays.stream(rows).max().orElse(-1) + 1;
    var times = new long[n];
    int next = 0;
    for (int i = 0; i < rows.length; i++) {
      Arrays.fill(times, next, rows[i] + 1, readings.get(Math.max(0, i - 1)).ts());
      times[rows[i]] = readings.get(i).ts();
      next = rows[i] + 1;
    }
    return new Table(times, variables(rows, n));
  }

  private Map<String, double[]> variables(int[] rows, int n) {
    var variables = new LinkedHashMap<String, double[]>();
    for (int i = 0; i < rows.length; i++) {
      var reading = readings.get(i);
      for (int v = 0; v < reading.values().length; v++) {
        var column = variables.get(reading.variables()[v]);
        if (column == null) {
          column = new double[n];
          Arrays.fill(column, Double.NaN);
          variables.put(reading.variables()[v], column);
        }
        column[rows[i]] = reading.values()[v];
      }
    }
    return variables;
  }
}
