package org.millrace.batch.inference.model;

/** A model can't be asked about this input; the message says why in one line. */
public final class BadInput extends IllegalArgumentException {

  private static final long serialVersionUID = 1L;

  /**
   * @param format as of {@link String#format}, one line
   */
  public BadInput(String format, Object... arguments) {
    super(String.format(format, arguments));
  }
}
