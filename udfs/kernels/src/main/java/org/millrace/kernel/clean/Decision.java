package org.millrace.kernel.clean;

/**
 * What became of a document.
 *
 * @param reason the rule that dropped it; null if it was kept
 * @param value what the rule measured; NaN if the document was kept
 */
public record Decision(String reason, double value) {

  /** Of a document that passes. */
  public static final Decision KEPT = new Decision(null, Double.NaN);

  /** Whether the document passes. */
  public boolean kept() {
    return reason == null;
  }
}
