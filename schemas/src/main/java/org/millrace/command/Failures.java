package org.millrace.command;

import java.io.EOFException;

/** What a failure comes down to, in one line. */
public final class Failures {

  private static final int LONGEST_MESSAGE = 400;

  private Failures() {}

  /** The {@link UserError} among the causes, or the last cause. */
  public static Throwable root(Throwable failure) {
    var root = failure;
    for (var cause = failure; cause != null; cause = cause.getCause()) {
      if (cause instanceof UserError) {
        return cause;
      }
      root = cause;
    }
    return root;
  }

  /** The root's first line, shortened, with a hint where to find the rest. */
  public static String oneLine(Throwable failure) {
    var root = root(failure);
    var message = root.getMessage() == null ? root.getClass().getSimpleName() : root.getMessage();
    message = message.lines().findFirst().orElse("").strip();
    if (root instanceof UserError) {
      return message;
    }
    if (root instanceof EOFException) {
      message = "the file ends too early (cut off?)";
    } else if (root instanceof OutOfMemoryError) {
      message = "out of memory: " + message + "; give more with MILLRACE_JAVA_OPTS=-Xmx…";
    }
    if (message.length() > LONGEST_MESSAGE) {
      message = message.substring(0, LONGEST_MESSAGE) + "…";
    }
    return message + " (--debug shows the cause)";
  }
}
