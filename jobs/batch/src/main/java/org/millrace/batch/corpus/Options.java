package org.millrace.batch.corpus;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.millrace.command.UserError;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** The steps by name, and how the options of a recipe get into one. */
final class Options {

  private static final Map<String, Supplier<Step>> STEPS = steps();

  private Options() {}

  private static Map<String, Supplier<Step>> steps() {
    var steps = new LinkedHashMap<String, Supplier<Step>>();
    steps.put("extract", ExtractStep::new);
    steps.put("navigation", NavigationStep::new);
    steps.put("language", LanguageStep::new);
    steps.put("clean", CleanStep::new);
    steps.put("filter", FilterStep::new);
    steps.put("lines", LinesStep::new);
    steps.put("dedup", DedupStep::new);
    steps.put("decontaminate", DecontaminateStep::new);
    steps.put("vocabulary", VocabularyStep::new);
    steps.put("pack", PackStep::new);
    steps.put("review", ReviewStep::new);
    return steps;
  }

  /** All names. */
  static List<String> names() {
    return List.copyOf(STEPS.keySet());
  }

  /**
   * A step with its options.
   *
   * @param name of the step
   * @param options by their names without the dashes
   * @throws UserError if there is no such step or option, or a value doesn't fit
   */
  static Step step(String name, Map<String, String> options) {
    var step = STEPS.getOrDefault(name, () -> unknown(name)).get();
    var arguments = new ArrayList<String>();
    options.forEach((option, value) -> arguments.add("--" + option + "=" + value));
    var line = new CommandLine(step).setCaseInsensitiveEnumValuesAllowed(true);
    try {
      line.parseArgs(arguments.toArray(String[]::new));
    } catch (CommandLine.ParameterException e) {
      throw UserError.usage(
          "step %s: %s; its options are %s",
          name,
          e.getMessage().lines().findFirst().orElse(""),
          line.getCommandSpec().options().stream().map(o -> o.longestName().substring(2)).toList());
    }
    step.check();
    return step;
  }

  private static Step unknown(String name) {
    throw UserError.usage(
        "no step '%s'; the steps are %s", name, String.join(", ", STEPS.keySet()));
  }

  /** What each step does and takes. */
  static List<CommandSpec> specs() {
    return STEPS.values().stream()
        .map(step -> new CommandLine(step.get()).getCommandSpec())
        .toList();
  }
}
