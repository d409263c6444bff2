package org.millrace.streaming.placement.request;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import org.millrace.command.UserError;
import org.millrace.streaming.job.BadRecord;
import org.millrace.streaming.placement.inventory.InventoryFile;

/**
 * The requests of a file: a JSON array of them, one object, an object a line, or an Avro file.
 *
 * @param said what could be read, in order
 * @param bad the others
 */
public record RequestFile(List<RequestJson.Said> said, List<Bad> bad) {

  /**
   * A request that could not be read.
   *
   * @param position line, or number in the array, from 1
   * @param text of it
   * @param reason its class, and after a colon the case
   */
  public record Bad(long position, String text, String reason) {}

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  public RequestFile {
    said = List.copyOf(said);
    bad = List.copyOf(bad);
  }

  /**
   * Reads a file.
   *
   * @param source its name, for errors
   * @throws UserError if it is no JSON at all, or has nothing in it
   */
  public static RequestFile parse(String source, String text) {
    var reader = new Reader();
    if (text.isBlank()) {
      throw new UserError("%s: no requests in it; give a JSON array or an object a line", source);
    }
    if (text.stripLeading().startsWith("[")) {
      reader.array(source, text);
    } else {
      reader.lines(text);
    }
    return new RequestFile(reader.said, reader.bad);
  }

  /** The same of bytes, which may be those of an Avro file of our contract. */
  public static RequestFile parse(String source, byte[] bytes) {
    if (!RequestAvro.isFile(bytes)) {
      return parse(source, InventoryFile.text(bytes));
    }
    var reader = new Reader();
    for (var record : RequestAvro.file(source, bytes)) {
      try {
        reader.add(record.said(), record.position());
      } catch (BadRecord e) {
        reader.bad.add(new Bad(record.position(), record.json().toString(), e.getMessage()));
      }
    }
    return new RequestFile(reader.said, reader.bad);
  }

  private static final class Reader {

    private final List<RequestJson.Said> said = new ArrayList<>();
    private final List<Bad> bad = new ArrayList<>();
    private final HashMap<String, Long> seen = new HashMap<>();

    private void array(String source, String text) {
      JsonNode array;
      try {
        array = JSON.readTree(text);
      } catch (JsonProcessingException e) {
        throw new UserError(
            "%s line %d: not valid JSON: %s; mend it, or give an object a line",
            source,
            e.getLocation() == null ? 0 : e.getLocation().getLineNr(),
            e.getOriginalMessage().lines().findFirst().orElse(""));
      }
      long position = 0;
      for (var entry : array) {
        position++;
        try {
          add(RequestJson.read(entry, position), position);
        } catch (BadRecord e) {
          bad.add(new Bad(position, entry.toString(), e.getMessage()));
        }
      }
    }

    private void lines(String text) {
      // One object over many lines is what people write by hand.
      try {
        if (JSON.readTree(text).isObject() && text.strip().lines().count() > 1) {
          one(text, 1);
          return;
        }
      } catch (JsonProcessingException e) {
        // Then an object a line.
      }
      long number = 0;
      for (var line : (Iterable<String>) text.lines()::iterator) {
        number++;
        if (!line.isBlank()) {
          one(line, number);
        }
      }
    }

    private void one(String text, long position) {
      try {
        add(RequestJson.read(text, position), position);
      } catch (BadRecord e) {
        bad.add(new Bad(position, text, e.getMessage()));
      }
    }

    /** A name that is there twice at one time is a mistake; later it is a request anew. */
    private void add(RequestJson.Said request, long position) throws BadRecord {
      var key = request.getClass().getSimpleName() + request.ts() + "/" + request.job();
      var before = seen.putIfAbsent(key, position);
      if (before != null) {
        throw new BadRecord(
            "duplicate job", request.job() + " is there at " + before + " too; rename one");
      }
      said.add(request);
    }
  }
}
