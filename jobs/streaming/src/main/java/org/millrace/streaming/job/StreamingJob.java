package org.millrace.streaming.job;

import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Callable;
import org.apache.flink.util.SerializedThrowable;
import org.millrace.command.Commands;
import org.millrace.command.Failures;
import org.millrace.command.InputFiles;
import org.millrace.command.UserError;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

/**
 * A streaming job as a command: opens the environment and the output, builds the job's stream, runs
 * it, writes the manifest, and turns whatever goes wrong into one line and an exit status (0 done,
 * 1 failed, 2 bad usage).
 */
public abstract class StreamingJob implements Callable<Integer> {

  @Mixin StreamingOptions options;
  @Spec CommandSpec spec;

  /** Builds the job's stream from the run's input to its outputs. */
  protected abstract void build(StreamingRun run) throws Exception;

  /** Tells the options that all jobs have what the job's own say; before any are checked. */
  protected void prepare() {}

  /** Files that the job reads by itself, beside the stream or instead of one. */
  protected List<String> readsItself() {
    return List.of();
  }

  /** Checks options that picocli can't; throws {@link org.millrace.command.UserError#usage}. */
  protected void check() {}

  /** Options of the job that say how it runs, not what comes out. */
  protected Set<String> notInFingerprint() {
    return Set.of();
  }

  /** Files that are not input, though they may lie in a folder of it. */
  protected Set<String> notInput() {
    return Set.of();
  }

  /** Kinds of input files by endings that the programs which write them use. */
  protected Map<String, InputFiles.Kind> endings() {
    return Map.of();
  }

  /**
   * What a user may do where no record at all could be used; part of a line.
   *
   * @param reason the class of the first record's reason
   */
  protected String remedy(String reason) {
    return "do its records have the form that the options say?";
  }

  /**
   * Does what is left to do when the stream has come to its end and all is written; by default
   * nothing.
   *
   * @param manifest as it will be written, JSON
   */
  protected void finished(StreamingRun run, String manifest) throws Exception {}

  /** The options that every streaming job has. */
  protected final StreamingOptions common() {
    return options;
  }

  /** A run whose stream is built, but which has not begun: for whoever wants to drive it. */
  protected final StreamingRun prepared() throws Exception {
    prepare();
    options.check(!readsItself().isEmpty());
    check();
    return StreamingRun.open(this).build();
  }

  @Override
  public final Integer call() {
    var detail = options.debug ? Commands.Detail.CAUSE : Commands.Detail.LINE;
    try {
      prepare();
      options.check(!readsItself().isEmpty());
      check();
      StreamingRun.open(this).execute();
      return 0;
    } catch (Exception e) {
      return Commands.fail(spec, shipped(e), oneLine(e), detail);
    }
  }

  static String oneLine(Exception failure) {
    return Failures.oneLine(shipped(failure));
  }

  /** The failure as it was thrown: what comes back from a task is wrapped for the way. */
  private static Exception shipped(Exception failure) {
    var loader = StreamingJob.class.getClassLoader();
    Throwable cause = failure;
    while (cause != null) {
      if (cause instanceof SerializedThrowable packed) {
        var unpacked = packed.deserializeError(loader);
        if (unpacked != packed) {
          cause = unpacked;
          continue;
        }
      }
      if (cause instanceof UserError error) {
        return error;
      }
      if (cause.getCause() == null) {
        break;
      }
      cause = cause.getCause();
    }
    return cause instanceof Exception exception ? exception : failure;
  }

  /** Runs a job, or a group of jobs, as a program. */
  public static void main(Object command, String[] args) {
    int status = Commands.commandLine(command).execute(args);
    // A cluster's client goes on after main, to hand over the job.
    if (status != 0 || !StreamingRun.submitted()) {
      System.exit(status);
    }
  }
}
