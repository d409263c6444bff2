package org.millrace.streaming.anomaly.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.millrace.streaming.input.Numbers;
import org.millrace.streaming.input.Times;
import org.millrace.streaming.job.BadRecord;
import org.millrace.streaming.job.Decoder;
import org.millrace.streaming.job.Format;

/**
 * What the Kafka adapter of Prometheus' remote write sends: {@code name}, {@code value} as a
 * string, {@code labels}, {@code timestamp} in ISO-8601. DCGM's blank values, which say that a GPU
 * has no such value, are left out.
 *
 * @param deviceLabels labels that together name the device, in this order, joined by a slash; those
 *     that a sample lacks are passed over
 * @param variableLabels labels that are added to the metric's name to name the variable
 */
public record PrometheusFormat(List<String> deviceLabels, List<String> variableLabels)
    implements Format<Reading> {

  /** The rule by which blank values are left out. */
  public static final String BLANK = "blank value of DCGM";

  private static final double INT32_BLANK = 0x7ffffff0;
  private static final double FP64_BLANK = 140_737_488_355_328.0;
  private static final double INT64_BLANK = 0x7ffffffffffffff0L;
  private static final int BLANKS = 16;
  private static final int MOST_LABELS = 1000;

  @Override
  public Header header() {
    return Header.NONE;
  }

  @Override
  public Decoder<Reading> decoder(String source, String header) {
    return new Samples();
  }

  /** Whether DCGM means "blank", "not found", "not supported" or "not permitted" by it. */
  static boolean isBlank(double value) {
    return value >= INT32_BLANK && value < INT32_BLANK + BLANKS
        || value >= FP64_BLANK && value < FP64_BLANK + BLANKS
        || value >= INT64_BLANK;
  }

  private final class Samples implements Decoder<Reading> {

    private final Map<String, String> labels = new HashMap<>();
    private String name;
    private String value;
    private String time;

    @Override
    public void decode(byte[] record, int length, Out<Reading> out) throws BadRecord {
      labels.clear();
      name = null;
      value = null;
      time = null;
      try (var json = JsonFormat.open(record, length)) {
        while (json.nextToken() != JsonToken.END_OBJECT) {
          if (json.currentToken() == null) {
            throw new BadRecord("not valid JSON", "it ends too early");
          }
          var field = json.currentName();
          json.nextToken();
          field(json, field);
        }
        JsonFormat.close(json);
      } catch (IOException e) {
        throw JsonFormat.invalid(e);
      }
      emit(out);
    }

    private void field(JsonParser json, String field) throws BadRecord, IOException {
      switch (field) {
        case "name" -> name = JsonFormat.scalar(json, "no variable", field);
        case "value" -> value = JsonFormat.scalar(json, "no value", field);
        case "timestamp" -> time = JsonFormat.scalar(json, "bad time", field);
        case "labels" -> labels(json);
        default -> json.skipChildren();
      }
    }

    private void labels(JsonParser json) throws BadRecord, IOException {
      if (json.currentToken() != JsonToken.START_OBJECT) {
        throw new BadRecord("no device", "'labels' is not an object");
      }
      while (json.nextToken() == JsonToken.FIELD_NAME) {
        var label = json.currentName();
        json.nextToken();
        labels.put(label, JsonFormat.scalar(json, "bad label", label));
        if (labels.size() > MOST_LABELS) {
          throw new BadRecord("too many labels", "more than " + MOST_LABELS);
        }
      }
    }

    private void emit(Out<Reading> out) throws BadRecord {
      if (time == null) {
        throw new BadRecord("no time");
      }
      long ts = Times.parse(time);
      if (name == null) {
        name = labels.get("__name__");
      }
      Names.variable(name);
      var device = joined(null, deviceLabels);
      if (device == null) {
        throw new BadRecord("no device", "no label " + String.join(" or ", deviceLabels));
      }
      Names.device(device);
      if (value == null) {
        throw new BadRecord("no value");
      }
      var variable = variableLabels.isEmpty() ? name : Names.variable(joined(name, variableLabels));
      double number = Numbers.parse(value, variable);
      if (isBlank(number)) {
        out.dropped(BLANK);
        return;
      }
      out.value(
          new Reading(
              device,
              ts,
              new String[] {variable},
              new double[] {number},
              System.currentTimeMillis()),
          ts,
          device);
    }

    private String joined(String first, List<String> names) {
      var joined = first;
      for (var label : names) {
        var part = labels.get(label);
        if (part != null && !part.isEmpty()) {
          joined = joined == null ? part : joined + "/" + part;
        }
      }
      return joined;
    }
  }
}
