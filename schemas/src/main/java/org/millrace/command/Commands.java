package org.millrace.command;

import java.util.Locale;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Model.CommandSpec;

/** Command lines by the suite's conventions: one-line errors, exit status 0, 1 or 2. */
public final class Commands {

  private static final Logger LOG = LoggerFactory.getLogger(Commands.class);
  private static final Pattern SECRET =
      Pattern.compile("(?i).*(password|secret|token(?!s|iz)|credential|access[._-]?key|jaas).*");

  private Commands() {}

  /** A command line for a job or a group of jobs. */
  public static CommandLine commandLine(Object command) {
    var line = new CommandLine(command);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    line.setParameterExceptionHandler(
        (exception, args) -> {
          var failed = exception.getCommandLine();
          failed
              .getErr()
              .printf(
                  "%s: %s (see %s --help)%n",
                  failed.getCommandSpec().qualifiedName(),
                  exception.getMessage().lines().findFirst().orElse(""),
                  failed.getCommandSpec().qualifiedName());
          return 2;
        });
    return line;
  }

  /** A job's options by their long names, as given or defaulted, secrets masked. */
  public static SortedMap<String, String> options(CommandSpec spec) {
    var values = new TreeMap<String, String>();
    for (var option : spec.options()) {
      if (option.usageHelp() || option.versionHelp()) {
        continue;
      }
      var name = option.longestName().substring(2);
      Object value = option.getValue();
      if (value instanceof Map<?, ?> map) {
        map.forEach((key, each) -> values.put(name + "." + key, shown(key.toString(), each)));
      } else if (value != null) {
        values.put(name, shown(name, value));
      }
    }
    return values;
  }

  private static String shown(String name, Object value) {
    if (SECRET.matcher(name).matches()) {
      return "***";
    }
    return value instanceof Enum<?> constant
        ? constant.name().toLowerCase(Locale.ROOT).replace('_', '-')
        : String.valueOf(value);
  }

  /**
   * Tells the user of a failure, in one line, and with its full cause if asked for.
   *
   * @param message one line
   * @return the exit status of the process
   */
  public static int fail(CommandSpec spec, Exception failure, String message, Detail detail) {
    spec.commandLine().getErr().printf("millrace %s: %s%n", spec.name(), message);
    if (detail == Detail.CAUSE) {
      failure.printStackTrace(spec.commandLine().getErr());
    } else {
      LOG.debug("{} failed", spec.name(), failure);
    }
    return failure instanceof UserError error ? error.exitStatus() : 1;
  }

  /** How much a failed command tells. */
  public enum Detail {
    /** One line. */
    LINE,
    /** The line and the stack trace. */
    CAUSE
  }
}
