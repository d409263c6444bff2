package org.millrace.kernel.tokens;

import com.google.gson.JsonElement;
import com.google.gson.JsonObject;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Whether a {@code tokenizer.json} gives a text the tokens of its halves at any cut of {@link
 * TextCuts}. That is certain of what cuts words as GPT-2, its followers or BERT does and changes
 * characters one at a time at most; of all else it's taken to be wrong.
 */
final class Cuttable {

  private static final Set<String> NORMALIZERS = Set.of("NFC", "Lowercase", "BertNormalizer");
  private static final Set<String> SPLITTERS =
      Set.of("Whitespace", "WhitespaceSplit", "BertPreTokenizer");
  private static final Set<String> FINER = Set.of("Digits", "Punctuation");

  /** By which the expressions of GPT-2 and its followers leave the last space to the word. */
  private static final String LAST_SPACE = "\\s+(?!\\S)";

  private Cuttable() {}

  /** Of the file less its special tokens. */
  static boolean of(JsonObject json) {
    var steps = steps(json.get("pre_tokenizer"), "pretokenizers");
    return steps.stream().anyMatch(Cuttable::splits)
        && steps.stream().allMatch(step -> splits(step) || harmless(step))
        && steps(json.get("normalizer"), "normalizers").stream()
            .allMatch(step -> NORMALIZERS.contains(type(step)))
        && tokens(json).stream().allMatch(Cuttable::plain);
  }

  private static boolean splits(JsonObject step) {
    return switch (type(step)) {
      case "ByteLevel" -> !flag(step, "add_prefix_space", true) && flag(step, "use_regex", true);
      case "Split" -> step.getAsJsonObject("pattern").toString().contains(escaped(LAST_SPACE));
      default -> SPLITTERS.contains(type(step));
    };
  }

  private static boolean harmless(JsonObject step) {
    return type(step).equals("ByteLevel")
        ? !flag(step, "add_prefix_space", true)
        : FINER.contains(type(step));
  }

  private static boolean plain(JsonObject token) {
    return !flag(token, "lstrip", false)
        && !flag(token, "rstrip", false)
        && token.get("content").getAsString().chars().noneMatch(Character::isWhitespace);
  }

  private static List<JsonObject> steps(JsonElement part, String name) {
    var steps = new ArrayList<JsonObject>();
    if (part != null && part.isJsonObject()) {
      var step = part.getAsJsonObject();
      if (type(step).equals("Sequence")) {
        step.getAsJsonArray(name).forEach(each -> steps.addAll(steps(each, name)));
      } else {
        steps.add(step);
      }
    }
    return steps;
  }

  private static List<JsonObject> tokens(JsonObject json) {
    var tokens = new ArrayList<JsonObject>();
    if (json.has("added_tokens")) {
      json.getAsJsonArray("added_tokens").forEach(token -> tokens.add(token.getAsJsonObject()));
    }
    return tokens;
  }

  private static String type(JsonObject step) {
    return step.get("type").getAsString();
  }

  private static String escaped(String expression) {
    return expression.replace("\\", "\\\\");
  }

  private static boolean flag(JsonObject object, String name, boolean otherwise) {
    var value = object.get(name);
    return value == null || value.isJsonNull() ? otherwise : value.getAsBoolean();
  }
}
