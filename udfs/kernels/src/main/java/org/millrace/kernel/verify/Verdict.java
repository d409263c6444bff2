package org.millrace.kernel.verify;

import java.util.Locale;

/** What a verifier says of a sample. All but {@link #CORRECT} count as wrong. */
public enum Verdict {
  CORRECT,
  INCORRECT,
  /** There is text, but no answer of the wanted form in it; it has no vote. */
  UNPARSED,
  /** There is no answer at all: empty text, or a sentinel for it; it has no vote. */
  MISSING;

  /** The name as it stands in data: lower case. */
  public String label() {
    return name().toLowerCase(Locale.ROOT);
  }
}
