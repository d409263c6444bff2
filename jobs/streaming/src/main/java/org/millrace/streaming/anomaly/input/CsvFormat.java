package org.millrace.streaming.anomaly.input;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.millrace.command.UserError;
import org.millrace.streaming.input.CsvLine;
import org.millrace.streaming.input.Numbers;
import org.millrace.streaming.input.Times;
import org.millrace.streaming.job.BadRecord;
import org.millrace.streaming.job.Decoder;
import org.millrace.streaming.job.Format;

/**
 * Comma- or tab-separated values with a header: a row a time (wide) or a row a variable (long).
 *
 * @param layout where things are
 * @param separator between fields
 */
public record CsvFormat(Layout layout, char separator) implements Format<Reading> {

  @Override
  public Header header() {
    return Header.FIRST_LINE;
  }

  @Override
  public Decoder<Reading> decoder(String source, String header) {
    if (header == null) {
      throw new UserError(
          "%s: comma-separated messages have no header; use --format jsonl", source);
    }
    List<String> names;
    try {
      names = CsvLine.split(header, separator).stream().map(String::strip).toList();
    } catch (BadRecord e) {
      throw new UserError("%s: its header can't be read: %s", source, e.getMessage());
    }
    int time = time(source, names);
    int device = device(source, names, time);
    boolean isLong =
        layout.isLongByOptions() || names.contains(Layout.VARIABLE) && names.contains(Layout.VALUE);
    return isLong
        ? new Long(
            time,
            device,
            required(source, names, layout.variableName(), "--variable-column"),
            required(source, names, layout.valueName(), "--value-column"),
            names.size())
        : wide(source, names, time, device);
  }

  private int time(String source, List<String> names) {
    if (layout.time() != null) {
      return required(source, names, layout.time(), "--time");
    }
    for (var candidate : Layout.TIMES) {
      for (int i = 0; i < names.size(); i++) {
        if (names.get(i).equalsIgnoreCase(candidate)) {
          return i;
        }
      }
    }
    throw new UserError(
        "%s: which column is the time? name it with --time; it has: %s",
        source, String.join(", ", names));
  }

  /** Whether the column names devices, where the user has named the device for all. */
  private boolean isOurDevice(String name) {
    return layout.device() != null && name.equals(Layout.DEVICE);
  }

  /** Index of the device's column; -1 if the device is the same throughout. */
  private int device(String source, List<String> names, int time) {
    if (layout.deviceColumn() != null) {
      return required(source, names, layout.deviceColumn(), "--device-column");
    }
    if (layout.device() != null) {
      return -1;
    }
    int index = names.indexOf(Layout.DEVICE);
    if (index < 0 || index == time) {
      throw new UserError(
          "%s: which device is it of? --device NAME if all of one, or --device-column; it has: %s",
          source, String.join(", ", names));
    }
    return index;
  }

  private static int required(String source, List<String> names, String name, String option) {
    int index = names.indexOf(name);
    if (index < 0) {
      throw new UserError(
          "%s %s: no such column in %s; it has: %s",
          option, name, source, String.join(", ", names));
    }
    return index;
  }

  private Decoder<Reading> wide(String source, List<String> names, int time, int device) {
    var columns = new ArrayList<Integer>();
    Set<String> seen = new HashSet<>();
    for (var variable : layout.variables()) {
      columns.add(required(source, names, variable, "--variables"));
    }
    if (columns.isEmpty()) {
      for (int i = 0; i < names.size(); i++) {
        if (i != time && i != device && !names.get(i).isEmpty() && !isOurDevice(names.get(i))) {
          columns.add(i);
        }
      }
    }
    if (columns.isEmpty() || columns.size() > Names.MOST_VARIABLES) {
      throw new UserError(
          "%s: %d columns of values; 1 to %d are possible",
          source, columns.size(), Names.MOST_VARIABLES);
    }
    for (var column : columns) {
      var name = names.get(column);
      if (!seen.add(name)) {
        throw new UserError("%s: two columns are called %s", source, name);
      }
      if (name.length() > Names.LONGEST) {
        throw new UserError("%s: a column's name is over %d characters", source, Names.LONGEST);
      }
    }
    return new Wide(
        time,
        device,
        columns.stream().mapToInt(Integer::intValue).toArray(),
        columns.stream().map(names::get).toArray(String[]::new),
        names.size());
  }

  /** A row a time. */
  private final class Wide implements Decoder<Reading> {

    private final int time;
    private final int device;
    private final int[] columns;
    private final String[] variables;
    private final int width;
    private final BadCells bad = new BadCells();

    private Wide(int time, int device, int[] columns, String[] variables, int width) {
      this.time = time;
      this.device = device;
      this.columns = columns;
      this.variables = variables;
      this.width = width;
    }

    @Override
    public void decode(byte[] record, int length, Out<Reading> out) throws BadRecord {
      var fields = fields(record, length, width);
      long ts = Times.parse(fields.get(time));
      var name = device < 0 ? layout.device() : Names.device(fields.get(device).strip());
      var names = variables;
      var values = new double[columns.length];
      int good = 0;
      bad.clear();
      for (int i = 0; i < columns.length; i++) {
        var text = fields.get(columns[i]);
        try {
          values[good] = Numbers.parse(text, variables[i]);
          if (good < i) {
            names[good] = variables[i];
          }
          good++;
        } catch (BadRecord e) {
          if (bad.size() == 0) {
            names = variables.clone();
          }
          bad.add(variables[i], text, e);
        }
      }
      bad.leaveOut(values, good, out);
      if (bad.size() > 0) {
        names = Arrays.copyOf(names, good);
        values = Arrays.copyOf(values, good);
      }
      out.value(new Reading(name, ts, names, values, System.currentTimeMillis()), ts, name);
    }
  }

  /** A row a variable. */
  private final class Long implements Decoder<Reading> {

    private final int time;
    private final int device;
    private final int variable;
    private final int value;
    private final int width;

    private Long(int time, int device, int variable, int value, int width) {
      this.time = time;
      this.device = device;
      this.variable = variable;
      this.value = value;
      this.width = width;
    }

    @Override
    public void decode(byte[] record, int length, Out<Reading> out) throws BadRecord {
      var fields = fields(record, length, width);
      long ts = Times.parse(fields.get(time));
      var name = device < 0 ? layout.device() : Names.device(fields.get(device).strip());
      var what = Names.variable(fields.get(variable).strip());
      double number = Numbers.parse(fields.get(value), what);
      out.value(
          new Reading(
              name, ts, new String[] {what}, new double[] {number}, System.currentTimeMillis()),
          ts,
          name);
    }
  }

  private List<String> fields(byte[] record, int length, int width) throws BadRecord {
    var fields = CsvLine.split(BadRecord.utf8(record, length), separator);
    if (fields.size() != width) {
      throw new BadRecord(
          "another number of fields than the header", fields.size() + ", expected " + width);
    }
    return fields;
  }
}
