package org.millrace.batch.corpus;

import java.util.Locale;
import java.util.stream.Collectors;
import org.millrace.kernel.dedup.Bands;
import picocli.CommandLine.Help;
import picocli.CommandLine.Help.Column;
import picocli.CommandLine.Help.TextTable;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Model.OptionSpec;

/** What each step does and takes, for the job's help and for its page. */
final class StepHelp {

  private static final int INDENT = 2;
  private static final int NAMES = 18;

  private StepHelp() {}

  /** A part of the job's help, as wide as the terminal that it is for. */
  static String text(Help help) {
    int width = help.commandSpec().usageMessage().width();
    var text = new StringBuilder();
    text.append(String.format("%nSteps with their options (--set STEP.OPTION=VALUE):%n"));
    for (var step : Options.specs()) {
      var table =
          TextTable.forColumns(
              help.colorScheme(),
              new Column(NAMES, INDENT, Column.Overflow.SPAN),
              new Column(width - NAMES, INDENT, Column.Overflow.WRAP));
      for (var option : step.options()) {
        table.addRowValues(name(option), described(option));
      }
      text.append(String.format("%n%s%n%s", heading(help, step, width), table));
    }
    return text.toString();
  }

  private static String heading(Help help, CommandSpec step, int width) {
    var table =
        TextTable.forColumns(help.colorScheme(), new Column(width, 0, Column.Overflow.WRAP));
    table.addRowValues("@|bold " + step.name() + "|@: " + description(step));
    return table.toString().stripTrailing();
  }

  private static String described(OptionSpec option) {
    var text = String.join(" ", option.description());
    return option.defaultValue() == null ? text : text + " Default: " + option.defaultValue() + ".";
  }

  /** The same in Markdown, a heading and a table a step. */
  static String markdown() {
    return Options.specs().stream().map(StepHelp::section).collect(Collectors.joining("\n"));
  }

  /** The band profiles in Markdown, with the chance of a candidate by similarity. */
  static String profiles() {
    var similarities = new double[] {0.2, 0.5, 0.7, 0.8, 0.9};
    var table = new StringBuilder("| `profile` | bands x rows |");
    for (double similarity : similarities) {
      table.append(" P at ").append(similarity).append(" |");
    }
    table.append("\n|---|---|").append("---|".repeat(similarities.length)).append('\n');
    Bands.profiles()
        .forEach(
            (name, bands) -> {
              table.append("| `%s` | %dx%d |".formatted(name, bands.bands(), bands.rows()));
              for (double similarity : similarities) {
                table.append(String.format(Locale.ROOT, " %.4f |", bands.probability(similarity)));
              }
              table.append('\n');
            });
    return table.toString();
  }

  private static String section(CommandSpec step) {
    var section = new StringBuilder();
    section.append("### %s%n%n%s%n".formatted(step.name(), description(step)));
    if (!step.options().isEmpty()) {
      section.append("%n| option | default | what |%n|---|---|---|%n".formatted());
    }
    for (var option : step.options()) {
      section.append(
          "| `%s` | %s | %s |%n"
              .formatted(
                  name(option),
                  option.defaultValue() == null ? "" : "`" + option.defaultValue() + "`",
                  String.join(" ", option.description()).replace("|", "\\|")));
    }
    return section.toString();
  }

  private static String description(CommandSpec step) {
    return String.join(" ", step.usageMessage().description());
  }

  private static String name(OptionSpec option) {
    return option.longestName().substring(2);
  }
}
