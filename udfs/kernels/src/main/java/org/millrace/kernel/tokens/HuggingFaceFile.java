package org.millrace.kernel.tokens;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;

/**
 * What a {@code tokenizer.json} says of its vocabulary, and the file as it's loaded: without
 * truncation, without padding and without the special tokens, which would be found in a text that
 * spells them out.
 */
final class HuggingFaceFile {

  private final JsonObject json;
  private final Map<String, Integer> ids = new HashMap<>();
  private final Map<Integer, String> special = new HashMap<>();
  private final boolean cuttable;
  private int size;

  private HuggingFaceFile(JsonObject json) {
    this.json = json;
    json.remove("truncation");
    json.remove("padding");
    if (json.has("added_tokens")) {
      for (var all = json.getAsJsonArray("added_tokens").iterator(); all.hasNext(); ) {
        if (special(all.next().getAsJsonObject())) {
          all.remove();
        }
      }
    }
    vocabulary(json.getAsJsonObject("model").get("vocab"));
    cuttable = Cuttable.of(json);
  }

  static HuggingFaceFile read(Path file) {
    try (var reader = Files.newBufferedReader(file)) {
      return new HuggingFaceFile(JsonParser.parseReader(reader).getAsJsonObject());
    } catch (NoSuchFileException e) {
      throw new IllegalArgumentException("no tokenizer file " + file, e);
    } catch (IOException
        | JsonParseException
        | IllegalStateException
        | NullPointerException
        | ClassCastException
        | NumberFormatException
        | UnsupportedOperationException e) {
      throw new IllegalArgumentException(
          file + " is no Hugging Face tokenizer.json: " + e.getMessage(), e);
    }
  }

  /** The largest id and 1. */
  int size() {
    return size;
  }

  /** Id of a token, -1 if there is none. */
  int id(String token) {
    return ids.getOrDefault(token, -1);
  }

  /** Names of the special tokens by id. */
  Map<Integer, String> special() {
    return special;
  }

  /** Whether a text may be encoded in the pieces of {@link TextCuts}. */
  boolean cuttable() {
    return cuttable;
  }

  /** The file to load. */
  String text() {
    return json.toString();
  }

  private boolean special(JsonObject token) {
    int id = token.get("id").getAsInt();
    var content = token.get("content").getAsString();
    add(content, id);
    boolean isSpecial = token.has("special") && token.get("special").getAsBoolean();
    if (isSpecial) {
      special.put(id, content);
    }
    return isSpecial;
  }

  private void vocabulary(JsonElement vocabulary) {
    if (vocabulary.isJsonArray()) {
      int id = 0;
      for (var piece : vocabulary.getAsJsonArray()) {
        add(piece.getAsJsonArray().get(0).getAsString(), id++);
      }
    } else {
      for (var entry : vocabulary.getAsJsonObject().entrySet()) {
        add(entry.getKey(), entry.getValue().getAsInt());
      }
    }
  }

  private void add(String token, int id) {
    size = Math.max(size, id + 1);
    ids.put(token, id);
  }
}
