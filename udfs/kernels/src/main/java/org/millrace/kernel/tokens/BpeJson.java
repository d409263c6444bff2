package org.millrace.kernel.tokens;

import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

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
}
