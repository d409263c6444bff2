package org.millrace.kernel.tokens;

import com.google.gson.JsonObject;
import com.google.gson.JsonParseException;
import com.google.gson.JsonParser;
import com.google.gson.stream.JsonWriter;
import java.io.IOException;
import java.io.StringWriter;
import java.io.Writer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Optional;

/** The {@code tokenizer.json} of a byte-level vocabulary. */
final class BpeJson {

  /** How a file of {@link #write} begins; others name truncation and padding first. */
  private static final String BEGINNING = "{\"version\":\"1.0\",\"added_tokens\":[";

  private BpeJson() {}

  static void write(BpeModel model, Path file) throws IOException {
    try (var out = Files.newBufferedWriter(file)) {
      write(model, out);
    }
  }

  /**
   * Reads back what {@link #write} wrote. A file counts as such if its vocabulary, written again,
   * is the same text: then nothing in it was overlooked.
   *
   * @return empty if it's any other file, or none
   */
  static Optional<BpeModel> read(Path file) {
    try {
      var text = Files.readString(file);
      if (!text.startsWith(BEGINNING)) {
        return Optional.empty();
      }
      var model = model(JsonParser.parseString(text).getAsJsonObject());
      var again = new StringWriter(text.length());
      write(model, again);
      return again.toString().equals(text) ? Optional.of(model) : Optional.empty();
    } catch (IOException
        | JsonParseException
        | IllegalStateException
        | NullPointerException
        | ClassCastException
        | UnsupportedOperationException e) {
      return Optional.empty();
    }
  }

  private static BpeModel model(JsonObject json) {
    var special = new ArrayList<String>();
    for (var token : json.getAsJsonArray("added_tokens")) {
      special.add(token.getAsJsonObject().get("content").getAsString());
    }
    var written = new ArrayList<String>();
    for (var merge : json.getAsJsonObject("model").getAsJsonArray("merges")) {
      written.add(merge.getAsString());
    }
    return new BpeModel(special, merges(written));
  }

  private static PairTable merges(List<String> written) {
    var symbols = new HashMap<String, Integer>();
    for (int b = 0; b < BpeModel.BYTES; b++) {
      symbols.put(String.valueOf(ByteSymbols.of(b)), b);
    }
    var merges = new PairTable(written.size());
    for (var merge : written) {
      int space = merge.indexOf(' ');
      var left = merge.substring(0, Math.max(space, 0));
      var right = merge.substring(space + 1);
      int symbol = BpeModel.BYTES + merges.add(symbols.get(left), symbols.get(right));
      if (symbols.put(left + right, symbol) != null) {
        throw new IllegalStateException("two merges make " + left + right);
      }
    }
    return merges;
  }

  private static void write(BpeModel model, Writer out) throws IOException {
    try (var json = new JsonWriter(out)) {
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
