package org.millrace.streaming.anomaly;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import org.millrace.streaming.anomaly.input.Reading;

/**
 * Made-up telemetry: devices whose variables all follow one load with a little noise, and a fault
 * in each, at a place of its own, that moves two of the variables.
 *
 * @param devices how many
 * @param variables of each
 * @param rows of each, one every ten seconds
 */
record Telemetry(int devices, int variables, int rows) {

  static final long START = 1_760_000_000_000L;
  static final long STEP = 10_000;

  private static final int FAULT_ROWS = 6;

  /** Rows in order of time, the devices in turn. */
  List<Reading> readings() {
    var names = new String[variables];
    for (int v = 0; v < variables; v++) {
      names[v] = "v" + v;
    }
    var randoms = new Random[devices];
    for (int d = 0; d < devices; d++) {
      randoms[d] = new Random(1000 + d);
    }
    var readings = new ArrayList<Reading>();
    for (int row = 0; row < rows; row++) {
      for (int d = 0; d < devices; d++) {
        var random = randoms[d];
        double load = 50 + 20 * Math.sin(2 * Math.PI * row / 60) + random.nextGaussian();
        var values = new double[variables];
        for (int v = 0; v < variables; v++) {
          values[v] = (v + 1) * load + 0.2 * random.nextGaussian();
        }
        int since = row - faultAt(d);
        if (since >= 0 && since < FAULT_ROWS) {
          values[0] *= 6;
          values[1] *= 6;
        }
        readings.add(new Reading("host-" + d, START + row * STEP, names, values, 0));
      }
    }
    return readings;
  }

  private int faultAt(int device) {
    return rows * 2 / 3 + 7 * device % (rows / 6);
  }

  /**
   * The readings with a storm in their midst: each value another level at each row, no pattern
   * kept.
   */
  List<Reading> storm() {
    var random = new Random(1);
    var readings = readings();
    for (int i = readings.size() / 2; i < readings.size() * 2 / 3; i++) {
      var values = readings.get(i).values();
      for (int v = 0; v < values.length; v++) {
        values[v] *= 0.1 + 5 * random.nextDouble();
      }
    }
    return readings;
  }

  /** As comma-separated values, a row a time. */
  List<String> wideCsv() {
    return wideCsv(readings());
  }

  /** Readings of these devices as comma-separated values, a row a time. */
  List<String> wideCsv(List<Reading> readings) {
    var lines = new ArrayList<String>();
    var header = new StringBuilder("ts,device");
    for (int v = 0; v < variables; v++) {
      header.append(",v").append(v);
    }
    lines.add(header.toString());
    for (var reading : readings) {
      var line = new StringBuilder().append(reading.ts()).append(',').append(reading.device());
      for (var value : reading.values()) {
        line.append(',').append(value);
      }
      lines.add(line.toString());
    }
    return lines;
  }
}
