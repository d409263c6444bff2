package org.millrace.batch.corpus;

import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.millrace.command.UserError;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;
import org.yaml.snakeyaml.error.MarkedYAMLException;
import org.yaml.snakeyaml.error.YAMLException;

/**
 * A list of steps with their options.
 *
 * <pre>
 * steps:
 *   - extract: {mode: strip}
 *   - clean:
 *       rules: [pangu, symbols]
 *   - dedup
 * </pre>
 */
record Recipe(List<Entry> entries) {

  /** The recipes that come with the suite. */
  static final List<String> SHIPPED =
      List.of("pangu", "pangu-mix", "fineweb", "fineweb2-zh", "gopher", "c4");

  /** A step by name, with the options that the recipe gives. */
  record Entry(String step, Map<String, String> options) {
    @Override
    public String toString() {
      return options.isEmpty() ? step : step + " " + options;
    }
  }

  /** Steps with their defaults. */
  static Recipe of(List<String> steps) {
    return new Recipe(steps.stream().map(step -> new Entry(step, Map.of())).toList());
  }

  /** One of {@link #SHIPPED}. */
  static Recipe shipped(String name) throws IOException {
    try (var in = Recipe.class.getResourceAsStream("/recipes/" + name + ".yaml")) {
      return read(in, name);
    }
  }

  /**
   * Reads a recipe.
   *
   * @param name for messages
   * @throws UserError if that is no recipe
   */
  static Recipe read(InputStream in, String name) {
    Object yaml;
    try {
      yaml = new Yaml(new SafeConstructor(new LoaderOptions())).load(in);
    } catch (YAMLException e) {
      throw new UserError("--recipe %s: not valid YAML: %s", name, problem(e));
    }
    if (!(yaml instanceof Map<?, ?> map)
        || !(map.get("steps") instanceof List<?> steps)
        || steps.isEmpty()) {
      throw new UserError("--recipe %s: a recipe is a list named steps", name);
    }
    var entries = new ArrayList<Entry>();
    for (var step : steps) {
      entries.add(entry(step, name));
    }
    return new Recipe(List.copyOf(entries));
  }

  private static String problem(YAMLException e) {
    return e instanceof MarkedYAMLException marked && marked.getProblemMark() != null
        ? "line %d: %s".formatted(marked.getProblemMark().getLine() + 1, marked.getProblem())
        : e.getMessage().lines().findFirst().orElse("");
  }

  private static Entry entry(Object step, String name) {
    if (step instanceof String bare) {
      return new Entry(bare, Map.of());
    }
    if (step instanceof Map<?, ?> map && map.size() == 1) {
      var only = map.entrySet().iterator().next();
      var options = new LinkedHashMap<String, String>();
      if (only.getValue() instanceof Map<?, ?> given) {
        given.forEach((option, value) -> options.put(String.valueOf(option), text(value)));
        return new Entry(String.valueOf(only.getKey()), options);
      } else if (only.getValue() == null) {
        return new Entry(String.valueOf(only.getKey()), options);
      }
    }
    throw new UserError(
        "--recipe %s: '%s' is no step; write its name, or its name with options below it",
        name, step);
  }

  /** A value as on the command line: {@code a,b} of a list, {@code a=1,b=2} of a map. */
  private static String text(Object value) {
    if (value instanceof Map<?, ?> map) {
      return map.entrySet().stream().map(String::valueOf).collect(Collectors.joining(","));
    }
    return value instanceof List<?> list
        ? list.stream().map(String::valueOf).collect(Collectors.joining(","))
        : String.valueOf(value);
  }

  /**
   * The recipe with some options changed.
   *
   * @param changes values by {@code step.option}; of a step that comes twice, both are changed
   * @throws UserError if the recipe has no such step
   */
  Recipe with(Map<String, String> changes) {
    var changed = new ArrayList<>(entries);
    changes.forEach(
        (name, value) -> {
          int dot = name.indexOf('.');
          var step = dot < 0 ? name : name.substring(0, dot);
          if (dot < 0 || entries.stream().noneMatch(e -> e.step().equals(step))) {
            throw UserError.usage(
                "--set %s=%s: write STEP.OPTION=VALUE with a step of the recipe: %s",
                name,
                value,
                entries.stream().map(Entry::step).distinct().collect(Collectors.joining(", ")));
          }
          changed.replaceAll(
              e -> {
                if (!e.step().equals(step)) {
                  return e;
                }
                var options = new LinkedHashMap<>(e.options());
                options.put(name.substring(dot + 1), value);
                return new Entry(step, options);
              });
        });
    return new Recipe(List.copyOf(changed));
  }

  /** The steps, with every option checked. */
  List<Step> steps() {
    return entries.stream().map(entry -> Options.step(entry.step(), entry.options())).toList();
  }
}
