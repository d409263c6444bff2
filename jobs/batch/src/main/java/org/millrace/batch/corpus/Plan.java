package org.millrace.batch.corpus;

import java.io.File;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * What one stage does: passes that look at one document at a time, run in one reading; or a single
 * pass of another kind.
 *
 * @param name of its folder
 * @param options of its steps, as the recipe gives them
 * @param parts of the first kind; else empty
 * @param alone the single pass; else null
 */
record Plan(String name, String options, List<Reading.Part> parts, Pass alone) {

  /** The stages of a recipe. What reads the input is of the first kind. */
  static List<Plan> of(Recipe recipe, List<Step> steps) {
    var plans = new ArrayList<Plan>();
    var parts = new ArrayList<Reading.Part>();
    var options = new ArrayList<String>();
    for (int i = 0; i < steps.size(); i++) {
      var entry = recipe.entries().get(i);
      for (var pass : steps.get(i).passes()) {
        if (pass instanceof Pass.Each each) {
          parts.add(new Reading.Part(pass.step(entry.step()), each));
          options.add(described(entry));
        } else {
          if (!parts.isEmpty() || plans.isEmpty()) {
            plans.add(reading(plans.size() + 1, parts, options));
          }
          plans.add(
              new Plan(
                  name(plans.size() + 1, pass.step(entry.step())),
                  described(entry),
                  List.of(),
                  pass));
        }
      }
    }
    if (!parts.isEmpty()) {
      plans.add(reading(plans.size() + 1, parts, options));
    }
    return plans;
  }

  private static Plan reading(int number, List<Reading.Part> parts, List<String> options) {
    var last = parts.isEmpty() ? "read" : parts.get(parts.size() - 1).step();
    var plan = new Plan(name(number, last), options.toString(), List.copyOf(parts), null);
    parts.clear();
    options.clear();
    return plan;
  }

  /** All steps with their options, in order. */
  static String described(Recipe recipe) {
    return recipe.entries().stream().map(Plan::described).collect(Collectors.joining("; "));
  }

  /** A step with its options; of files that these name, also what tells a changed one. */
  private static String described(Recipe.Entry entry) {
    var stamps = new ArrayList<String>();
    for (var value : entry.options().values()) {
      for (var part : value.split(",")) {
        var file = new File(part);
        if (file.isFile()) {
          stamps.add(part + " " + file.length() + " " + file.lastModified());
        }
      }
    }
    return stamps.isEmpty() ? entry.toString() : entry + " " + stamps;
  }

  private static String name(int number, String step) {
    return "%02d-%s".formatted(number, step);
  }
}
