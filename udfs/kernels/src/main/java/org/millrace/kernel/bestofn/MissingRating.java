package org.millrace.kernel.bestofn;

/** What a rating that a critique lacks does; in a plain sum it would count against its response. */
public enum MissingRating {
  /** The response has the mean of its other ratings for it. */
  MEAN,
  /** The critique counts for no response. */
  DROP_CRITIQUE
}
