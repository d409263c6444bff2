package org.millrace.streaming.placement.request;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.apache.avro.Schema;
import org.apache.avro.file.DataFileStream;
import org.apache.avro.generic.GenericData;
import org.apache.avro.generic.GenericDatumReader;
import org.apache.avro.generic.GenericRecord;
import org.apache.avro.io.BinaryDecoder;
import org.apache.avro.io.DecoderFactory;
import org.millrace.command.UserError;
import org.millrace.schema.PlacementRequest;
import org.millrace.streaming.job.BadRecord;

/**
 * Requests of our contract {@link PlacementRequest}: messages in Avro's binary encoding, with or
 * without the five bytes that a schema registry's clients put before it, and Avro files. What is
 * read goes through {@link RequestJson}, so that both forms mean the same.
 */
public final class RequestAvro {

  private static final ObjectMapper JSON = new ObjectMapper();
  private static final byte[] MAGIC = {'O', 'b', 'j', 1};
  private static final int REGISTRY_HEADER = 5;
  private static final int MARKER = 16;
  private static final String NOT_ONE = "not a PlacementRequest";

  private RequestAvro() {}

  /** Whether bytes are those of an Avro file. */
  static boolean isFile(byte[] bytes) {
    for (int i = 0; i < MAGIC.length; i++) {
      if (bytes.length <= i || bytes[i] != MAGIC[i]) {
        return false;
      }
    }
    return true;
  }

  /**
   * Reads a message.
   *
   * @param length bytes of it that count
   * @param position its offset
   * @throws BadRecord that says what is wrong
   */
  public static RequestJson.Said read(byte[] message, int length, long position) throws BadRecord {
    // No job's name is empty, so a first 0 is a registry's.
    int from = length > REGISTRY_HEADER && message[0] == 0 ? REGISTRY_HEADER : 0;
    var decoder = DecoderFactory.get().binaryDecoder(message, from, length - from, null);
    ObjectNode json;
    try {
      json = record(PlacementRequest.SCHEMA$, decoder);
      if (!decoder.isEnd()) {
        throw new BadRecord(NOT_ONE, "bytes after it");
      }
    } catch (IOException | RuntimeException e) {
      throw new BadRecord(NOT_ONE, String.valueOf(e.getMessage()));
    }
    return said(json, position);
  }

  /** Field by field: Avro's own reader believes a length before it has seen so many bytes. */
  private static ObjectNode record(Schema schema, BinaryDecoder decoder)
      throws IOException, BadRecord {
    var json = JSON.createObjectNode();
    for (var field : schema.getFields()) {
      value(json, field.name(), field.schema(), decoder);
    }
    return json;
  }

  private static void value(ObjectNode json, String name, Schema schema, BinaryDecoder decoder)
      throws IOException, BadRecord {
    switch (schema.getType()) {
      case UNION -> {
        int branch = decoder.readIndex();
        if (branch < 0 || branch >= schema.getTypes().size()) {
          throw new BadRecord(NOT_ONE, "no such kind of " + name + ": " + branch);
        }
        value(json, name, schema.getTypes().get(branch), decoder);
      }
      case NULL -> json.putNull(name);
      case STRING -> json.put(name, text(decoder));
      case INT -> json.put(name, decoder.readInt());
      case LONG -> json.put(name, decoder.readLong());
      case DOUBLE -> json.put(name, decoder.readDouble());
      case BOOLEAN -> json.put(name, decoder.readBoolean());
      case RECORD -> json.set(name, record(schema, decoder));
      default -> throw new IllegalStateException("the contract has a new type: " + schema);
    }
  }

  private static String text(BinaryDecoder decoder) throws IOException, BadRecord {
    long length = decoder.readLong();
    if (length < 0 || length > decoder.inputStream().available()) {
      throw new BadRecord(NOT_ONE, "a text of " + length + " bytes is not there");
    }
    var bytes = new byte[(int) length];
    decoder.readFixed(bytes);
    return BadRecord.utf8(bytes, bytes.length);
  }

  private static RequestJson.Said said(ObjectNode json, long position) throws BadRecord {
    if (json.hasNonNull("ts")) {
      try {
        json.put("ts", Instant.ofEpochMilli(json.get("ts").longValue()).toString());
      } catch (DateTimeException e) {
        throw new BadRecord("bad time", json.get("ts").asText());
      }
    }
    return RequestJson.read(json, position);
  }

  /** A record of a file, by its place. */
  record Placed(long position, ObjectNode json) {

    RequestJson.Said said() throws BadRecord {
      return RequestAvro.said(json.deepCopy(), position);
    }
  }

  /**
   * The records of an Avro file, whose own schema may be an older or newer one.
   *
   * @param source name of the file, for errors
   * @throws UserError if it is damaged, or has records of something else
   */
  static List<Placed> file(String source, byte[] bytes) {
    var reader = new GenericDatumReader<GenericRecord>(null, PlacementRequest.SCHEMA$);
    var records = new ArrayList<Placed>();
    try (var file = new DataFileStream<GenericRecord>(new ByteArrayInputStream(bytes), reader)) {
      while (file.hasNext()) {
        var text = GenericData.get().toString(file.next());
        records.add(new Placed(records.size() + 1L, (ObjectNode) JSON.readTree(text)));
      }
    } catch (IOException | RuntimeException e) {
      var why = String.valueOf(e.getMessage()).lines().findFirst().orElse("");
      throw damaged(source, records, why);
    }
    // Avro's reader takes a file that is cut off for one that ends.
    if (records.isEmpty() || !endsWithItsMarker(bytes)) {
      throw damaged(source, records, "it ends within a block");
    }
    return records;
  }

  private static UserError damaged(String source, List<Placed> records, String why) {
    return new UserError(
        "%s: no Avro file of PlacementRequest, or damaged after record %d (%s); write it anew",
        source, records.size(), why);
  }

  /** Each block ends with the 16 bytes that end the header too. */
  private static boolean endsWithItsMarker(byte[] bytes) {
    int end = bytes.length - MARKER;
    for (int from = end - 1; from >= 0; from--) {
      if (Arrays.equals(bytes, from, from + MARKER, bytes, end, bytes.length)) {
        return true;
      }
    }
    return false;
  }
}
