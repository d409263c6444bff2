package org.millrace.batch.job;

import java.io.EOFException;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.millrace.udf.Functions;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A batch job as a command: opens the session and the output folder, runs, writes the manifest, and
 * turns whatever goes wrong into one line and an exit status (0 done, 1 failed, 2 bad usage).
 */
public abstract class BatchJob implements Callable<Integer> {

  private static final Logger LOG = LoggerFactory.getLogger(BatchJob.class);
  private static final Pattern SECRET =
      Pattern.compile("(?i).*(password|secret|token|credential|access\\.?key).*");
  private static final Pattern UNREADABLE =
      Pattern.compile("FAILED_READ_FILE.*? file (\\S+?)\\.?\\s");
  private static final int LONGEST_MESSAGE = 400;

  @Mixin JobOptions options;
  @Spec CommandSpec spec;

  /** Reads, computes and writes through the run; what it throws fails the job. */
  protected abstract void run(Run run) throws Exception;

  /** Whether a resumed run keeps what is already written. By default it starts over. */
  protected Run.Resume resume() {
    return Run.Resume.START_OVER;
  }

  /** Checks options that picocli can't; throws {@link UserError#usage}. */
  protected void check() {}

  @Override
  public final Integer call() {
    try {
      check();
      // Read before the session starts: a wrong name should not cost ten seconds.
      var columns = new Columns(options.columns);
      var run = Run.open(this, columns, session());
      return run.execute();
    } catch (UserError e) {
      return fail(e, e.getMessage(), e.exitStatus());
    } catch (Exception e) {
      return fail(e, oneLine(e), 1);
    }
  }

  private int fail(Exception e, String message, int status) {
    spec.commandLine().getErr().printf("millrace %s: %s%n", spec.name(), message);
    if (options.debug) {
      e.printStackTrace(spec.commandLine().getErr());
    } else {
      LOG.debug("{} failed", spec.name(), e);
    }
    return status;
  }

  private SparkSession session() {
    var builder =
        SparkSession.builder()
            .appName("millrace " + spec.name())
            .config("spark.sql.session.timeZone", "UTC")
            // The JVM never compiles a method of more than 8,000 bytes, and reading samples with
            // every check makes such ones: Spark is to cut them up rather than to fuse them.
            .config("spark.sql.codegen.hugeMethodLimit", "8000");
    boolean submitted = System.getProperty("spark.master") != null;
    if (options.master != null) {
      builder.master(options.master);
    } else if (!submitted) {
      builder.master("local[*]");
    }
    if (!submitted) {
      builder.config("spark.ui.enabled", "false");
      builder.config("spark.ui.showConsoleProgress", System.console() != null);
      builder.config(
          "spark.sql.shuffle.partitions", 2 * Runtime.getRuntime().availableProcessors());
    }
    options.conf.forEach(builder::config);
    var spark = builder.getOrCreate();
    Functions.register(spark);
    return spark;
  }

  /** The options by their long names, as given or defaulted, secrets masked. */
  Map<String, String> values() {
    var values = new TreeMap<String, String>();
    for (var option : spec.options()) {
      if (option.usageHelp() || option.versionHelp()) {
        continue;
      }
      Object value = option.getValue();
      if (value instanceof Map<?, ?> map) {
        map.forEach(
            (key, each) ->
                values.put(
                    option.longestName().substring(2) + "." + key,
                    SECRET.matcher(key.toString()).matches() ? "***" : String.valueOf(each)));
      } else if (value != null) {
        var name = option.longestName().substring(2);
        values.put(
            name,
            SECRET.matcher(name).matches() && !name.contains("tokens")
                ? "***"
                : value instanceof Enum<?> constant
                    ? constant.name().toLowerCase(Locale.ROOT).replace('_', '-')
                    : String.valueOf(value));
      }
    }
    return values;
  }

  /** What a failure comes down to. */
  static String oneLine(Throwable failure) {
    String file = null;
    var root = failure;
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause.getMessage() != null) {
        var matcher = UNREADABLE.matcher(cause.getMessage() + " ");
        if (file == null && matcher.find()) {
          file = matcher.group(1);
        }
      }
      root = cause;
    }
    var message = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    message = message.lines().findFirst().orElse("").strip();
    if (root instanceof EOFException) {
      message = "the file ends too early (cut off?)";
    } else if (root instanceof OutOfMemoryError) {
      message = "out of memory: " + message + "; give more with MILLRACE_JAVA_OPTS=-Xmx…";
    }
    if (message.length() > LONGEST_MESSAGE) {
      message = message.substring(0, LONGEST_MESSAGE) + "…";
    }
    return (file == null ? "" : "can't read " + file + ": ")
        + message
        + (root instanceof UserError ? "" : " (--debug shows the cause)");
  }

  /** A command line for a job (or a group of jobs) with the suite's conventions. */
  public static CommandLine commandLine(Object command) {
    var line = new CommandLine(command);
    line.setCaseInsensitiveEnumValuesAllowed(true);
    line.setUsageHelpAutoWidth(true);
    line.setParameterExceptionHandler(
        (exception, args) -> {
          var command1 = exception.getCommandLine();
          command1
              .getErr()
              .printf(
                  "%s: %s (see %s --help)%n",
                  command1.getCommandSpec().qualifiedName(),
                  exception.getMessage().lines().findFirst().orElse(""),
                  command1.getCommandSpec().qualifiedName());
          return 2;
        });
    return line;
  }

  /** Runs the job as a program. */
  protected static void main(BatchJob job, String[] args) {
    System.exit(commandLine(job).execute(args));
  }
}
