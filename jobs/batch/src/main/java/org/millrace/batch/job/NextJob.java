package org.millrace.batch.job;

import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.millrace.command.Commands;
import org.millrace.command.Mode;
import org.millrace.command.UserError;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;

/**
 * A job that is to run on what another one has written.
 *
 * @param name of the command
 * @param arguments as they were given, without the name
 * @param output folder to write to
 */
record NextJob(String name, List<String> arguments, String output) {

  // What quotes hold together is one word; 'a b' and x='a b'.
  private static final Pattern WORD = Pattern.compile("(?:[^\\s'\"]|'[^']*'|\"[^\"]*\")+");
  private static final Pattern QUOTED = Pattern.compile("'([^']*)'|\"([^\"]*)\"");
  private static final String OUTPUT = "--output";
  private static final String MODE = "--mode";

  /**
   * Reads a job as a user writes it.
   *
   * @param text such as {@code verify --verifier number}
   * @param before the output folder of the first job; this one's is beside it, unless it is named
   */
  static NextJob parse(String text, String before) {
    var words = WORD.matcher(text).results().map(found -> unquoted(found.group())).toList();
    if (words.isEmpty()) {
      throw UserError.usage("--then names a job and its options: 'verify --verifier number'");
    }
    var arguments = words.subList(1, words.size());
    int at = arguments.indexOf(OUTPUT);
    var output =
        at >= 0 && at + 1 < arguments.size()
            ? arguments.get(at + 1)
            : before.replaceFirst("(?<=.)/+$", "") + "-" + words.get(0);
    return new NextJob(words.get(0), arguments, output);
  }

  private static String unquoted(String word) {
    return QUOTED
        .matcher(word)
        .replaceAll(
            quoted ->
                Matcher.quoteReplacement(
                    quoted.group(1) == null ? quoted.group(2) : quoted.group(1)));
  }

  /** The command line to run it by, whose options are checked already. */
  CommandLine command(CommandSpec first, String input, Mode mode) {
    var jobs = first.parent() == null ? null : first.parent().subcommands();
    if (jobs == null) {
      throw UserError.usage("--then goes with millrace %s, not with its class alone", first.name());
    }
    var known = jobs.get(name);
    if (known == null || !(known.getCommand() instanceof BatchJob)) {
      throw UserError.usage("--then %s: there is no such batch job, see millrace --help", name);
    }
    var command = Commands.commandLine(known.getCommand().getClass());
    command.setOut(first.commandLine().getOut()).setErr(first.commandLine().getErr());
    try {
      command.parseArgs(words(input, mode));
    } catch (ParameterException e) {
      throw UserError.usage("--then %s: %s", name, e.getMessage().lines().findFirst().orElse(""));
    }
    return command;
  }

  /** All arguments: the input is the output of the job before. */
  String[] words(String input, Mode mode) {
    var words = new ArrayList<>(arguments);
    words.addAll(List.of("--input", input));
    if (!words.contains(OUTPUT)) {
      words.addAll(List.of(OUTPUT, output));
    }
    if (!words.contains(MODE)) {
      words.addAll(List.of(MODE, mode.name().toLowerCase(Locale.ROOT)));
    }
    return words.toArray(String[]::new);
  }
}
