package org.millrace.streaming.anomaly.detect;

/** What the network of {@link RePad2} reads: the paper leaves it open. */
public enum LstmInput {
  /**
   * The position within the look-back, each position a sequence of its own, with the value as its
   * target. A trained model then forecasts one constant, which is all that is kept of it.
   */
  INDEX,
  /** The values themselves, each with its successor as target. */
  SEQUENCE
}
