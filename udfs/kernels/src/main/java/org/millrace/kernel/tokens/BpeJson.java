package org.millrace.kernel.tokens;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;

/** The {@code tokenizer.json} of a byte-level vocabulary. */
final class BpeJson {

  private BpeJson() {}

  static void write(BpeModel model, Path file) throws IOException {
    try (var json = new JsonWriter(Files.newBufferedWriter(file))) {
      json.beginObject();
      json.name("version").value("1.0");
      json.name("added_tokens").beginArray();
      for (int id = 0; id < model.specialTokens().size(); id++) {
        special(json, id, model.specialTokens().get(id));
      }
      json.endArray();
      byteLevel(json, "pre_tokenizer");
      byteLevel(json, "decoder");
      json.name("model");
      model(json, model);
      json.endObject();
    }
  }

  private static void special(JsonWriter json, int id, String name) throws IOException {
    json.beginObject();
    json.name("id").value(id);
    json.name("content").value(name);
    for (String flag : new String[] {"single_word", "lstrip", "rstrip", "normalized"}) {
      json.name(flag).value(false);
    }
    json.name("special").value(true);
    json.endObject();
  }

  private static void byteLevel(JsonWriter json, String part) throws IOException {
    json.name(part).beginObject();
    json.name("type").value("ByteLevel");
    json.name("add_prefix_space").value(false);
    json.name("trim_offsets").value(true);
    json.name("use_regex").value(true);
    json.endObject();
  }

  // Merges as "left right", which all versions read: no symbol has a space in it.
  private static void model(JsonWriter json, BpeModel model) throws IOException {
    int special = model.specialTokens().size();
    json.beginObject();
    json.name("type").value("BPE");
    json.name("fuse_unk").value(false);
    json.name("byte_fallback").value(false);
    json.name("vocab").beginObject();
    for (int id = 0; id < special; id++) {
      json.name(model.specialTokens().get(id)).value(id);
    }
    for (int symbol = 0; symbol < BpeModel.BYTES + model.merges(); symbol++) {
      json.name(model.symbol(symbol)).value(special + symbol);
    }
    json.endObject();
    json.name("merges").beginArray();
    for (int rank = 0; rank < model.merges(); rank++) {
      json.value(model.symbol(model.left(rank)) + " " + model.symbol(model.right(rank)));
    }
    json.endArray();
    json.endObject();
  }

  static BpeModel read(Path file) throws IOException {
    try (var reader = Files.newBufferedReader(file)) {
      return read(JsonParser.parseReader(reader).getAsJsonObject());
    } catch (JsonParseException
        | IllegalStateException
        | NullPointerException
        | NumberFormatException e) {
      throw new IllegalArgumentException(
          file + " is no tokenizer.json of a byte-level vocabulary: " + e.getMessage(), e);
    }
  }

  private static BpeModel read(JsonObject json) {
    var special = new ArrayList<String>();
    for (var token : json.getAsJsonArray("added_tokens")) {
      special.add(token.getAsJsonObject().get("content").getAsString());
    }
    var model = json.getAsJsonObject("model");
    var ids = model.getAsJsonObject("vocab");
    var written = model.getAsJsonArray("merges");
    var merges = new PairTable(written.size());
    for (var merge : written) {
      var pair = merge.getAsString();
      int space = pair.indexOf(' ');
      int left = ids.get(pair.substring(0, Math.max(0, space))).getAsInt() - special.size();
      int right = ids.get(pair.substring(space + 1)).getAsInt() - special.size();
      int made = BpeModel.BYTES + merges.size();
      if (left < 0 || right < 0 || left >= made || right >= made) {
        throw new IllegalStateException("a merge of what is not made before it: " + pair);
      }
      merges.add(left, right);
    }
    return new BpeModel(special, merges);
  }
}
