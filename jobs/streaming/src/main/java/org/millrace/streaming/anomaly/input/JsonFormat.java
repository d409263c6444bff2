package org.millrace.streaming.anomaly.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.millrace.streaming.input.JsonRecord;
import org.millrace.streaming.input.Numbers;
import org.millrace.streaming.input.Times;
import org.millrace.streaming.job.BadRecord;
import org.millrace.streaming.job.Decoder;
import org.millrace.streaming.job.Format;

/**
 * JSON objects: an object a time (each field that is not time or device is a variable, or those of
 * an object {@code values} are) or an object a variable (device, variable, ts, value).
 *
 * @param layout where things are
 */
public record JsonFormat(Layout layout) implements Format<Reading> {

  private static final String VALUES = "values";
  private static final Set<String> TIMES = Set.copyOf(Layout.TIMES);

  @Override
  public Header header() {
    return Header.NONE;
  }

  @Override
  public Decoder<Reading> decoder(String source, String header) {
    return new Objects();
  }

  /** Goes on to a field's value. */
  private static void value(JsonParser json) throws BadRecord, IOException {
    if (json.nextToken() == null) {
      throw new BadRecord("not valid JSON", "it ends too early");
    }
  }

  private final class Objects implements Decoder<Reading> {

    private final Set<String> wanted = Set.copyOf(layout.variables());
    private final List<String> names = new ArrayList<>();
    private double[] values = new double[16];
    private String time;
    private String device;
    private String variable;
    private boolean hasValue;
    private double value;

    /** Null where the value is good. */
    private BadRecord badValue;

    private String valueText;
    private final BadCells bad = new BadCells();

    @Override
    public void decode(byte[] record, int length, Out<Reading> out) throws BadRecord {
      names.clear();
      time = null;
      device = layout.device();
      variable = null;
      hasValue = false;
      badValue = null;
      bad.clear();
      try (var json = JsonRecord.open(record, length)) {
        while (json.nextToken() != JsonToken.END_OBJECT) {
          if (json.currentToken() == null) {
            throw new BadRecord("not valid JSON", "it ends too early");
          }
          var name = json.currentName();
          value(json);
          field(json, name);
        }
        JsonRecord.close(json);
      } catch (IOException e) {
        throw JsonRecord.invalid(e);
      }
      if (time == null) {
        throw new BadRecord("no time");
      }
      long ts = Times.parse(time);
      Names.device(device);
      if (variable != null && hasValue) {
        Names.variable(variable);
        if (badValue != null) {
          throw badValue;
        }
        emit(out, ts, new String[] {variable}, new double[] {value});
      } else if (layout.isLongByOptions()) {
        throw new BadRecord(variable == null ? "no variable" : "no value");
      } else {
        wide(out, ts);
      }
    }

    private void wide(Out<Reading> out, long ts) throws BadRecord {
      if (badValue != null) {
        bad.add(layout.valueName(), valueText, badValue);
      } else if (hasValue) {
        add(layout.valueName(), value);
      }
      bad.leaveOut(values, names.size(), out);
      if (names.isEmpty()) {
        throw new BadRecord("no value");
      }
      if (new HashSet<>(names).size() < names.size()) {
        throw new BadRecord("a variable is there twice");
      }
      emit(out, ts, names.toArray(String[]::new), Arrays.copyOf(values, names.size()));
    }

    private void emit(Out<Reading> out, long ts, String[] variables, double[] numbers) {
      out.value(
          new Reading(device, ts, variables, numbers, System.currentTimeMillis()), ts, device);
    }

    private void field(JsonParser json, String name) throws BadRecord, IOException {
      if (isTime(name)) {
        time = JsonRecord.scalar(json, "bad time", name);
      } else if (name.equals(deviceName())) {
        var named = JsonRecord.scalar(json, "no device", name);
        device = layout.device() == null ? named : layout.device();
      } else if (name.equals(layout.variableName())
          && json.currentToken() == JsonToken.VALUE_STRING) {
        variable = json.getText();
      } else if (name.equals(layout.valueName())) {
        hasValue = true;
        badValue = null;
        try {
          value = number(json, name);
        } catch (BadRecord e) {
          badValue = e;
          valueText = text(json);
        }
      } else if (name.equals(VALUES) && json.currentToken() == JsonToken.START_OBJECT) {
        while (json.nextToken() == JsonToken.FIELD_NAME) {
          var inner = json.currentName();
          value(json);
          variable(json, inner);
        }
      } else {
        variable(json, name);
      }
    }

    private boolean isTime(String name) {
      if (layout.time() != null) {
        return name.equals(layout.time());
      }
      return time == null && TIMES.contains(name.toLowerCase(Locale.ROOT));
    }

    private String deviceName() {
      return layout.deviceColumn() == null ? Layout.DEVICE : layout.deviceColumn();
    }

    private void variable(JsonParser json, String name) throws BadRecord, IOException {
      if (!wanted.isEmpty() && !wanted.contains(name)) {
        json.skipChildren();
        return;
      }
      Names.variable(name);
      double number;
      try {
        number = number(json, name);
      } catch (BadRecord e) {
        limit();
        bad.add(name, text(json), e);
        return;
      }
      add(name, number);
    }

    private void limit() throws BadRecord {
      if (names.size() + bad.size() == Names.MOST_VARIABLES) {
        throw new BadRecord("too many variables", "more than " + Names.MOST_VARIABLES);
      }
    }

    private void add(String name, double number) throws BadRecord {
      limit();
      if (names.size() == values.length) {
        values = Arrays.copyOf(values, 2 * values.length);
      }
      values[names.size()] = number;
      names.add(name);
    }
  }

  /** The text of a value; of an array or object, which is passed over, its first character. */
  private static String text(JsonParser json) throws IOException {
    var text = json.getText();
    json.skipChildren();
    return text;
  }

  private static double number(JsonParser json, String name) throws BadRecord, IOException {
    return switch (json.currentToken()) {
      case VALUE_NUMBER_INT, VALUE_NUMBER_FLOAT, VALUE_STRING ->
          Numbers.parse(json.getText(), name);
      case VALUE_NULL -> Double.NaN;
      case VALUE_TRUE -> 1;
      case VALUE_FALSE -> 0;
      default -> throw new BadRecord("not a number", "'" + name + "' is not a simple value");
    };
  }
}
