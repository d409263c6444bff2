package org.millrace.command;

/**
 * What went wrong and what to do about it, in one line for the user: names the input, the place and
 * the remedy. Ends the job without a stack trace.
 */
public final class UserError extends RuntimeException {

  private static final long serialVersionUID = 1L;

  private final int exitStatus;

  /**
   * A failure (exit status 1).
   *
   * @param format as of {@link String#format}, one line
   * @param arguments of the format
   */
  public UserError(String format, Object... arguments) {
    this(1, String.format(format, arguments));
  }

  private UserError(int exitStatus, String message) {
    super(message);
    this.exitStatus = exitStatus;
  }

  /** Options that make no sense (exit status 2). */
  public static UserError usage(String format, Object... arguments) {
    return new UserError(2, String.format(format, arguments));
  }

  /** What the process ends with: 1 failed, 2 bad usage. */
  public int exitStatus() {
    return exitStatus;
  }
}
