package org.millrace.batch.job;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.SortedMap;
import java.util.concurrent.Callable;
import java.util.regex.Pattern;
import org.apache.spark.sql.SparkSession;
import org.millrace.command.Commands;
import org.millrace.command.Failures;
import org.millrace.command.InputFiles;
import org.millrace.command.UserError;
import org.millrace.udf.Functions;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A batch job as a command: opens the session and the output folder, runs, writes the manifest, and
 * turns whatever goes wrong into one line and an exit status (0 done, 1 failed, 2 bad usage).
 */
public abstract class BatchJob implements Callable<Integer> {

  private static final Pattern UNREADABLE =
      Pattern.compile("FAILED_READ_FILE.*? file (\\S+?)\\.?\\s");

  @Mixin JobOptions options;
  @Spec CommandSpec spec;

  /** Reads, computes and writes through the run; what it throws fails the job. */
  protected abstract void run(Run run) throws Exception;

  /** Whether a resumed run keeps what is already written. By default it starts over. */
  protected Run.Resume resume() {
    return Run.Resume.START_OVER;
  }

  /** The kinds of files that the job reads. */
  protected Set<InputFiles.Kind> kinds() {
    return EnumSet.complementOf(EnumSet.of(InputFiles.Kind.WARC));
  }

  /** Endings of files that only this job knows, and what they are. */
  protected Map<String, InputFiles.Kind> furtherEndings() {
    return Map.of();
  }

  /** The columns that the job reads. */
  protected Columns columns(Map<String, String> mapping) {
    return Columns.samples(mapping);
  }

  /** The options as the manifest has them; runs with other ones can't resume each other. */
  protected SortedMap<String, String> manifestOptions() {
    return Commands.options(spec);
  }

  /** Options that change nothing about what comes out: a run may go on with other ones. */
  protected Set<String> outsideFingerprint() {
    return Set.of();
  }

  /**
   * Whether a run that was done is to go on.
   *
   * @param before the options that it had
   */
  protected boolean wantsMoreThan(Map<String, String> before) {
    return false;
  }

  /** Whether the job is to say what it would do, and not to do it. */
  protected boolean estimates() {
    return false;
  }

  /** Says what the job would do; writes nothing. */
  protected void estimate(Run run) throws Exception {
    throw new UnsupportedOperationException("nothing to estimate");
  }

  /** Checks options that picocli can't; throws {@link UserError#usage}. */
  protected void check() {}

  @Override
  public final Integer call() {
    try {
      check();
      // Read before the session starts: a wrong name should not cost ten seconds.
      var columns = columns(options.columns);
      var next = next();
      var run = Run.open(this, columns, session());
      if (estimates()) {
        estimate(run);
        return 0;
      }
      int status = run.execute();
      return status == 0 ? then(next) : status;
    } catch (Exception e) {
      var detail = options.debug ? Commands.Detail.CAUSE : Commands.Detail.LINE;
      return Commands.fail(spec, e, oneLine(e), detail);
    }
  }

  /** The jobs that are to follow, their options checked before the first begins. */
  private List<NextJob> next() {
    var jobs = options.then.stream().map(job -> NextJob.parse(job, options.output)).toList();
    var input = options.output;
    for (var job : jobs) {
      job.command(spec, input, options.mode);
      input = job.output();
    }
    return jobs;
  }

  private int then(List<NextJob> jobs) {
    var input = options.output;
    int status = 0;
    for (var job : jobs) {
      if (status == 0) {
        status = job.command(spec, input, options.mode).execute(job.words(input, options.mode));
        input = job.output();
      }
    }
    return status;
  }

  private SparkSession session() {
    var builder =
        SparkSession.builder()
            .appName("millrace " + spec.name())
            .config("spark.sql.session.timeZone", "UTC")
            // A job makes some fifty classes. Of the hundred that Spark keeps, most are gone when a
            // second job in the same process would use them, compiled and warm.
            .config("spark.sql.codegen.cache.maxEntries", "1000")
            // Rows that go to a few folders by a column aren't sorted by it first.
            .config("spark.sql.maxConcurrentOutputFileWriters", "8");
    boolean submitted = System.getProperty("spark.master") != null;
    if (options.master != null) {
      builder.master(options.master);
    } else if (!submitted) {
      builder.master("local[*]");
    }
    if (!submitted) {
      builder.config("spark.ui.enabled", "false");
      // What its pages would show is not kept either: a job in many rounds has thousands of plans.
      builder.config("spark.sql.ui.retainedExecutions", "10");
      builder.config("spark.ui.retainedJobs", "100");
      builder.config("spark.ui.retainedStages", "100");
      builder.config("spark.ui.retainedTasks", "1000");
      builder.config("spark.ui.showConsoleProgress", System.console() != null);
      builder.config(
          "spark.sql.shuffle.partitions", 2 * Runtime.getRuntime().availableProcessors());
    }
    options.conf.forEach(builder::config);
    var spark = builder.getOrCreate();
    Functions.register(spark);
    return spark;
  }

  /** What a failure comes down to, with the file that could not be read. */
  static String oneLine(Throwable failure) {
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      var matcher = UNREADABLE.matcher(cause.getMessage() + " ");
      if (matcher.find()) {
        return "can't read " + matcher.group(1) + ": " + Failures.oneLine(failure);
      }
    }
    return Failures.oneLine(failure);
  }

  /** Runs the job as a program. */
  protected static void main(BatchJob job, String[] args) {
    System.exit(Commands.commandLine(job).execute(args));
  }
}
