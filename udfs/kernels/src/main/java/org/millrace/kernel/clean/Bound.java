package org.millrace.kernel.clean;

/** On which side of its threshold a measured value drops a document. */
public enum Bound {
  /** Dropped below the threshold, kept at it. */
  AT_LEAST,
  /** Dropped above the threshold, kept at it. */
  AT_MOST,
  /** As {@link #AT_MOST}, but a threshold of 0 turns the rule off. */
  AT_MOST_UNLESS_ZERO;

  boolean drops(double value, double threshold) {
    return switch (this) {
      case AT_LEAST -> value < threshold;
      case AT_MOST -> value > threshold;
      case AT_MOST_UNLESS_ZERO -> threshold != 0 && value > threshold;
    };
  }
}
