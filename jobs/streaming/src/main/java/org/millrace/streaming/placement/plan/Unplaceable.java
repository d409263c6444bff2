package org.millrace.streaming.placement.plan;

/** A job has no place in an estate; the message says why and what would help, in one line. */
public final class Unplaceable extends RuntimeException {

  private static final long serialVersionUID = 1L;

  /**
   * Of a message.
   *
   * @param format as of {@link String#format}, one line
   * @param arguments of the format
   */
  public Unplaceable(String format, Object... arguments) {
    super(String.format(format, arguments), null, false, false);
  }
}
