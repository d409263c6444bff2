package org.millrace.streaming.input;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.ObjectReader;
import java.io.IOException;
import org.millrace.streaming.job.BadRecord;

/**
 * A JSON object of one record, with accessors that say by name what is missing or wrong. What they
 * don't ask for is passed over.
 */
public final class JsonObject {

  private static final int LONGEST_NAME = 512;

  private static final ObjectReader READER =
      new ObjectMapper(JsonFactory.builder().disable(JsonFactory.Feature.CHARSET_DETECTION).build())
          .enable(DeserializationFeature.FAIL_ON_READING_DUP_TREE_KEY)
          .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
          .readerFor(JsonNode.class);

  private final JsonNode node;
  private final String path;

  private JsonObject(JsonNode node, String path) {
    this.node = node;
    this.path = path;
  }

  /**
   * The object that a record is.
   *
   * @param length bytes of the record that count
   * @throws BadRecord if it is not UTF-8, not valid JSON, or not one object and nothing else
   */
  public static JsonObject parse(byte[] record, int length) throws BadRecord {
    BadRecord.utf8(record, length); // What the parser passes over, it doesn't check.
    JsonNode node;
    try {
      node = READER.readTree(record, 0, length);
    } catch (JsonProcessingException e) {
      var message = e.getOriginalMessage();
      throw new BadRecord(
          "not valid JSON", message == null ? "" : message.lines().findFirst().orElse(""));
    } catch (IOException e) {
      throw new BadRecord("not valid JSON", String.valueOf(e.getMessage()));
    }
    if (node == null || !node.isObject()) {
      throw new BadRecord("not a JSON object");
    }
    return new JsonObject(node, "");
  }

  /** Whether the field is there and not null. */
  public boolean has(String name) {
    return node.hasNonNull(name);
  }

  /**
   * An object within this one.
   *
   * @throws BadRecord if it isn't there
   */
  public JsonObject object(String name) throws BadRecord {
    var child = node.get(name);
    if (child == null || !child.isObject()) {
      throw missing(name, "an object");
    }
    return new JsonObject(child, path + name + ".");
  }

  /**
   * The objects of an array within this one.
   *
   * @throws BadRecord if there is no such array, or something else is in it
   */
  public JsonObject[] objects(String name) throws BadRecord {
    var child = node.get(name);
    if (child == null || !child.isArray()) {
      throw missing(name, "an array");
    }
    var objects = new JsonObject[child.size()];
    for (int i = 0; i < objects.length; i++) {
      if (!child.get(i).isObject()) {
        throw missing(name + "[" + i + "]", "an object");
      }
      objects[i] = new JsonObject(child.get(i), path + name + "[" + i + "].");
    }
    return objects;
  }

  /**
   * A name: a text, or a number as it is written; 1 to 512 characters.
   *
   * @throws BadRecord if it isn't there, is something else, or is blank or too long
   */
  public String name(String name) throws BadRecord {
    var value = node.get(name);
    if (value == null || !(value.isTextual() || value.isIntegralNumber())) {
      throw missing(name, "a text");
    }
    var text = value.asText().strip();
    if (text.isEmpty() || text.length() > LONGEST_NAME) {
      throw new BadRecord(
          "bad field", path + name + " is empty or over " + LONGEST_NAME + " characters");
    }
    return text;
  }

  /** The same; another name where it isn't there. */
  public String name(String name, String otherwise) throws BadRecord {
    return has(name) ? name(name) : otherwise;
  }

  /**
   * The text of a simple value: a text, a number or a truth value.
   *
   * @throws BadRecord if it isn't there or is something else
   */
  public String scalar(String name) throws BadRecord {
    var value = node.get(name);
    if (value == null || !value.isValueNode() || value.isNull()) {
      throw missing(name, "a simple value");
    }
    return value.asText();
  }

  /**
   * A whole number.
   *
   * @throws BadRecord if it isn't there, is something else, or is out of bounds
   */
  public long whole(String name, long least, long most) throws BadRecord {
    var value = node.get(name);
    if (value == null || value.isNull()) {
      throw missing(name, "a whole number");
    }
    if (!value.isIntegralNumber() || !value.canConvertToLong()) {
      throw new BadRecord("not a number", path + name + " = '" + value.asText() + "'");
    }
    long number = value.longValue();
    if (number < least || number > most) {
      throw new BadRecord(
          "number out of range",
          path + name + " = " + number + ", expected " + least + " to " + most);
    }
    return number;
  }

  /**
   * A number that is not negative, not NaN and not infinite.
   *
   * @throws BadRecord if it isn't there or is something else
   */
  public double amount(String name) throws BadRecord {
    var value = node.get(name);
    if (value == null || value.isNull()) {
      throw missing(name, "a number");
    }
    if (!value.isNumber()) {
      throw new BadRecord("not a number", path + name + " = '" + value.asText() + "'");
    }
    double number = value.doubleValue();
    if (!(number >= 0) || Double.isInfinite(number)) {
      throw new BadRecord("number out of range", path + name + " = " + value.asText());
    }
    return number;
  }

  private BadRecord missing(String name, String expected) {
    return new BadRecord(
        node.hasNonNull(name) ? "bad field" : "missing field",
        path + name + ", expected " + expected);
  }
}
