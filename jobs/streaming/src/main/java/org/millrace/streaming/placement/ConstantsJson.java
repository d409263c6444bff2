package org.millrace.streaming.placement;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.ArrayList;
import org.millrace.command.UserError;
import org.millrace.streaming.placement.plan.CostConstants;

/** Constants of the cost model as a JSON object by their names. */
final class ConstantsJson {

  private static final ObjectMapper JSON =
      JsonMapper.builder().enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS).build();

  private ConstantsJson() {}

  static String write(CostConstants constants) {
    return JSON.valueToTree(constants).toString();
  }

  /**
   * Those that the text names, the others as calibrated.
   *
   * @throws UserError in one line
   */
  static CostConstants parse(String source, String text) {
    try {
      ObjectNode all = JSON.valueToTree(CostConstants.CALIBRATED);
      var names = new ArrayList<String>();
      all.fieldNames().forEachRemaining(names::add);
      if (!(JSON.readTree(text) instanceof ObjectNode given)) {
        throw new UserError("%s: give a JSON object, such as {\"gpuTflops\": 300}", source);
      }
      for (var field : given.properties()) {
        if (!names.contains(field.getKey())) {
          throw new UserError(
              "%s: no constant %s; there are %s", source, field.getKey(), String.join(", ", names));
        }
        if (!field.getValue().isNumber()) {
          throw new UserError(
              "%s: %s is %s; give a number", source, field.getKey(), field.getValue());
        }
        all.set(field.getKey(), field.getValue());
      }
      return JSON.treeToValue(all, CostConstants.class);
    } catch (JsonProcessingException e) {
      var why = e.getCause() == null ? e.getOriginalMessage() : e.getCause().getMessage();
      throw new UserError("%s: %s", source, why.lines().findFirst().orElse(""));
    }
  }
}
