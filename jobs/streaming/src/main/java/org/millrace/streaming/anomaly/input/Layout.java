package org.millrace.streaming.anomaly.input;

import java.io.Serializable;
import java.util.List;

/**
 * Where in a record time, device, variables and values are. Nulls are found out from the names that
 * the input has.
 *
 * @param time column of the time
 * @param device the one device that all records are of
 * @param deviceColumn column of the device
 * @param variableColumn column of the variable's name, if there is a record a variable
 * @param valueColumn column of the value, likewise
 * @param variables in a record a row, the columns that are variables; empty: all others
 */
public record Layout(
    String time,
    String device,
    String deviceColumn,
    String variableColumn,
    String valueColumn,
    List<String> variables)
    implements Serializable {

  static final List<String> TIMES = List.of("ts", "timestamp", "time", "datetime", "date", "_time");
  static final String DEVICE = "device";
  static final String VARIABLE = "variable";
  static final String VALUE = "value";

  /** All to be found out. */
  public static final Layout FOUND_OUT = new Layout(null, null, null, null, null, List.of());

  /** The same where no device is named; else this one. */
  public Layout orDevice(String name) {
    return device != null || deviceColumn != null
        ? this
        : new Layout(time, name, null, variableColumn, valueColumn, variables);
  }

  boolean isLongByOptions() {
    return variableColumn != null || valueColumn != null;
  }

  String variableName() {
    return variableColumn == null ? VARIABLE : variableColumn;
  }

  String valueName() {
    return valueColumn == null ? VALUE : valueColumn;
  }
}
