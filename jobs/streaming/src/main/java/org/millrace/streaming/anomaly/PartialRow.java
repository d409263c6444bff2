package org.millrace.streaming.anomaly;

import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import org.millrace.streaming.anomaly.input.Reading;

/** What has come so far of a device's row: of values for the same variable the last one counts. */
final class PartialRow {

  /** Rows with more variables are searched by hash. */
  private static final int SEARCHED_IN_ORDER = 24;

  private final long ts;
  private final long arrived;
  private String[] names;
  private double[] values;
  private int size;
  private Map<String, Integer> places;

  PartialRow(long ts, long arrived, int capacity) {
    this.ts = ts;
    this.arrived = arrived;
    this.names = new String[capacity];
    this.values = new double[capacity];
  }

  /** A row that begins with a reading. */
  static PartialRow of(Reading reading) {
    var row = new PartialRow(reading.ts(), reading.arrived(), Math.max(8, reading.values().length));
    row.add(reading);
    return row;
  }

  /**
   * Adds a reading of the same time.
   *
   * @return how many values it replaced
   */
  int add(Reading reading) {
    int replaced = 0;
    for (int i = 0; i < reading.values().length; i++) {
      replaced += add(reading.variables()[i], reading.values()[i]);
    }
    return replaced;
  }

  /** Adds a value; 1 if it replaced another, else 0. */
  int add(String name, double value) {
    int place = place(name);
    if (place >= 0) {
      values[place] = value;
      return 1;
    }
    if (size == names.length) {
      names = Arrays.copyOf(names, 2 * size);
      values = Arrays.copyOf(values, 2 * size);
    }
    names[size] = name;
    values[size] = value;
    if (places != null) {
      places.put(name, size);
    }
    size++;
    return 0;
  }

  private int place(String name) {
    if (places == null && size > SEARCHED_IN_ORDER) {
      places = new HashMap<>();
      for (int i = 0; i < size; i++) {
        places.put(names[i], i);
      }
    }
    if (places != null) {
      return places.getOrDefault(name, -1);
    }
    for (int i = 0; i < size; i++) {
      if (names[i].equals(name)) {
        return i;
      }
    }
    return -1;
  }

  long ts() {
    return ts;
  }

  /** When its first value was read, by the machine's clock. */
  long arrived() {
    return arrived;
  }

  int size() {
    return size;
  }

  String name(int i) {
    return names[i];
  }

  double value(int i) {
    return values[i];
  }

  Reading reading(String device) {
    return new Reading(
        device, ts, Arrays.copyOf(names, size), Arrays.copyOf(values, size), arrived);
  }
}
