package org.millrace.streaming.input;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import java.io.IOException;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.millrace.streaming.job.BadRecord;

/**
 * A sample as the Kafka adapter of Prometheus' remote write sends it: {@code name}, {@code value}
 * as a string, {@code labels}, {@code timestamp} in ISO-8601. One instance reads many, one after
 * the other; not thread-safe.
 */
public final class PrometheusSample {

  /** The rule by which blank values are left out. */
  public static final String BLANK = "blank value of DCGM";

  private static final double INT32_BLANK = 0x7ffffff0;
  private static final double FP64_BLANK = 140_737_488_355_328.0;
  private static final double INT64_BLANK = 0x7ffffffffffffff0L;
  private static final int BLANKS = 16;
  private static final int MOST_LABELS = 1000;

  private final Map<String, String> labels = new HashMap<>();
  private final Map<String, String> shown = Collections.unmodifiableMap(labels);
  private String name;
  private String value;
  private String time;

  /** Whether DCGM means "blank", "not found", "not supported" or "not permitted" by it. */
  public static boolean isBlank(double value) {
    return value >= INT32_BLANK && value < INT32_BLANK + BLANKS
        || value >= FP64_BLANK && value < FP64_BLANK + BLANKS
        || value >= INT64_BLANK;
  }

  /**
   * Reads a sample in the place of the one before.
   *
   * @param length bytes of the record that count
   * @throws BadRecord if it is not one valid JSON object of that form; nothing is of use, then
   */
  public void read(byte[] record, int length) throws BadRecord {
    labels.clear();
    name = null;
    value = null;
    time = null;
    try (var json = JsonRecord.open(record, length)) {
      while (json.nextToken() != JsonToken.END_OBJECT) {
        if (json.currentToken() == null) {
          throw new BadRecord("not valid JSON", "it ends too early");
        }
        var field = json.currentName();
        json.nextToken();
        field(json, field);
      }
      JsonRecord.close(json);
    } catch (IOException e) {
      throw JsonRecord.invalid(e);
    }
  }

  private void field(JsonParser json, String field) throws BadRecord, IOException {
    switch (field) {
      case "name" -> name = JsonRecord.scalar(json, "no variable", field);
      case "value" -> value = JsonRecord.scalar(json, "no value", field);
      case "timestamp" -> time = JsonRecord.scalar(json, "bad time", field);
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
      labels.put(label, JsonRecord.scalar(json, "bad label", label));
      if (labels.size() > MOST_LABELS) {
        throw new BadRecord("too many labels", "more than " + MOST_LABELS);
      }
    }
  }

  /** The metric, from {@code name} or the label {@code __name__}; null where neither is there. */
  public String name() {
    return name == null ? labels.get("__name__") : name;
  }

  /**
   * Milliseconds since 1970 UTC.
   *
   * @throws BadRecord if there is none, or it is no time
   */
  public long time() throws BadRecord {
    if (time == null) {
      throw new BadRecord("no time");
    }
    return Times.parse(time);
  }

  /** The value as it was sent; null where it is absent. */
  public String value() {
    return value;
  }

  /** The labels by name; only until the next sample is read. */
  public Map<String, String> labels() {
    return shown;
  }
}
