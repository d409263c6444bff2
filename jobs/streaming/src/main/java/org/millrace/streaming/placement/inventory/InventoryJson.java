package org.millrace.streaming.placement.inventory;

import com.fasterxml.jackson.core.JsonParser;
import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import org.millrace.command.UserError;

/** JSON inventories, with errors in one line. */
final class InventoryJson {

  private static final JsonMapper MAPPER =
      JsonMapper.builder().enable(JsonParser.Feature.STRICT_DUPLICATE_DETECTION).build();

  private InventoryJson() {}

  static JsonNode read(String source, String text) {
    try {
      var root = MAPPER.readTree(text);
      if (root == null || !root.isObject()) {
        throw new UserError("%s: no JSON object in it; is it the right file?", source);
      }
      return root;
    } catch (JsonProcessingException e) {
      int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
      throw new UserError(
          "%s line %d: not JSON: %s; is it cut off?",
          source, line, String.valueOf(e.getOriginalMessage()).lines().findFirst().orElse(""));
    }
  }

  /** A text that must be there. */
  static String text(String source, String place, JsonNode node) {
    if (!node.isValueNode() || node.isNull() || node.asText().isBlank()) {
      throw new UserError("%s: %s is no text; give one", source, place);
    }
    return node.asText().strip();
  }
}
