package org.millrace.streaming.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonToken;
import com.fasterxml.jackson.core.json.JsonReadFeature;
import java.io.IOException;
import org.millrace.streaming.job.BadRecord;

/** A record that is one JSON object, read field by field where a tree would cost too much. */
public final class JsonRecord {

  /** Of UTF-8 alone, without a guess at other encodings; NaN and Infinity as Python writes them. */
  private static final JsonFactory JSON =
      JsonFactory.builder()
          .disable(JsonFactory.Feature.CHARSET_DETECTION)
          .enable(JsonReadFeature.ALLOW_NON_NUMERIC_NUMBERS)
          .build();

  private JsonRecord() {}

  /**
   * Opens a record; the parser stands at the object's start.
   *
   * @throws BadRecord if it is not UTF-8 or no object
   */
  public static JsonParser open(byte[] record, int length) throws BadRecord, IOException {
    BadRecord.utf8(record, length); // What the parser passes over, it doesn't check.
    var json = JSON.createParser(record, 0, length);
    if (json.nextToken() != JsonToken.START_OBJECT) {
      throw new BadRecord("not a JSON object");
    }
    return json;
  }

  /**
   * Checks that nothing follows the object.
   *
   * @throws BadRecord if something does
   */
  public static void close(JsonParser json) throws BadRecord, IOException {
    if (json.nextToken() != null) {
      throw new BadRecord("not valid JSON", "text after the object");
    }
  }

  /** What is wrong with a record that the parser gave up on. */
  public static BadRecord invalid(IOException e) {
    var message = e.getMessage();
    return new BadRecord(
        "not valid JSON", message == null ? "" : message.lines().findFirst().orElse(""));
  }

  /**
   * The text of a field's value.
   *
   * @param kind of the reason, where it is null, an array or an object
   */
  public static String scalar(JsonParser json, String kind, String name)
      throws BadRecord, IOException {
    var token = json.currentToken();
    if (token == null || !token.isScalarValue() || token == JsonToken.VALUE_NULL) {
      throw new BadRecord(kind, "'" + name + "' is not a simple value");
    }
    return json.getText();
  }
}
