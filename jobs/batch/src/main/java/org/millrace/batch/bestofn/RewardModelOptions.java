package org.millrace.batch.bestofn;

import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.millrace.batch.inference.model.Answer;
import org.millrace.batch.inference.model.Labels;
import org.millrace.batch.inference.model.ModelSpec;
import org.millrace.batch.inference.model.ScoreAnswer;
import org.millrace.batch.inference.model.ScoreSteps;
import org.millrace.batch.inference.model.Task;
import org.millrace.batch.inference.model.Template;
import org.millrace.batch.inference.model.TooLong;

/**
 * What {@code --verifier reward-model} is told.
 *
 * @param model where the model is: a folder or an .onnx file
 * @param maxTokens longest input of it
 * @param batchTokens most tokens at once
 * @param template how prompt and answer stand in one text; null makes a pair of them
 * @param tooLong what becomes of a longer answer
 * @param steps where the steps of an answer are scored; null where the whole answer is
 */
record RewardModelOptions(
    String model,
    int maxTokens,
    int batchTokens,
    Template template,
    TooLong tooLong,
    ScoreSteps steps) {

  private static final Set<String> KNOWN =
      Set.of(
          "model",
          "max-tokens",
          "batch-tokens",
          "template",
          "too-long",
          "step-tag",
          "step-separator",
          "labels");

  /**
   * Reads options.
   *
   * @throws IllegalArgumentException if one is unknown, missing or wrong
   */
  static RewardModelOptions parse(Map<String, String> options) {
    for (var option : options.keySet()) {
      if (!KNOWN.contains(option)) {
        throw new IllegalArgumentException("reward-model has no option '" + option + "'");
      }
    }
    if (!options.containsKey("model")) {
      throw new IllegalArgumentException(
          "reward-model needs the option model: a folder with an .onnx file and tokenizer.json");
    }
    var template =
        options.containsKey("template") ? new Template(text(options.get("template"))) : null;
    return new RewardModelOptions(
        options.get("model"),
        number(options, "max-tokens", ModelSpec.DEFAULT_MAX_TOKENS),
        number(options, "batch-tokens", ModelSpec.DEFAULT_BATCH_TOKENS),
        template,
        tooLong(options),
        steps(options, template));
  }

  /** The task when the whole answer is scored. */
  Task<Answer, Double> outcome() {
    return new ScoreAnswer(template, tooLong);
  }

  /** Whether the model looks at the prompt. */
  boolean readsPrompt() {
    return template == null || template.pattern().contains("{prompt}");
  }

  private static ScoreSteps steps(Map<String, String> options, Template template) {
    if (!options.containsKey("step-tag")) {
      for (var option : Set.of("step-separator", "labels")) {
        if (options.containsKey(option)) {
          throw new IllegalArgumentException(option + " goes with step-tag");
        }
      }
      return null;
    }
    if (options.containsKey("too-long")) {
      throw new IllegalArgumentException("with step-tag no answer is cut; leave out too-long");
    }
    return new ScoreSteps(
        template == null ? Template.LINES : template,
        text(options.get("step-tag")),
        text(options.getOrDefault("step-separator", ScoreSteps.DEFAULT_SEPARATOR)),
        labels(options.get("labels")));
  }

  private static Labels labels(String given) {
    if (given == null) {
      return null;
    }
    var both = given.split(",", -1);
    if (both.length != 2 || both[0].isEmpty() || both[1].isEmpty()) {
      throw new IllegalArgumentException(
          "labels are two tokens, the good one first, such as +,- and not " + given);
    }
    return new Labels(both[0], both[1]);
  }

  private static TooLong tooLong(Map<String, String> options) {
    return switch (options.getOrDefault("too-long", "fault").toLowerCase(Locale.ROOT)) {
      case "fault" -> TooLong.FAULT;
      case "cut" -> TooLong.CUT;
      default -> throw new IllegalArgumentException("too-long must be fault or cut");
    };
  }

  private static int number(Map<String, String> options, String name, int usual) {
    try {
      int value = Integer.parseInt(options.getOrDefault(name, Integer.toString(usual)));
      if (value >= 1) {
        return value;
      }
    } catch (NumberFormatException e) {
      // Said below, as for a number that is too small.
    }
    throw new IllegalArgumentException(
        "%s must be a whole number from 1, not %s".formatted(name, options.get(name)));
  }

  // On a command line a line break is hard to write.
  private static String text(String given) {
    return given.replace("\\n", "\n").replace("\\t", "\t");
  }
}
