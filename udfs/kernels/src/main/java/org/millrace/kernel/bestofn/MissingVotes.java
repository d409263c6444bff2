package org.millrace.kernel.bestofn;

/** What a verifier call that gave no verdict counts. */
public enum MissingVotes {
  /** Nothing: the mean is over the others; 0 if there are none. */
  LEFT_OUT,
  /** As much as a vote for wrong. */
  NO,
  /** Half a vote. */
  HALF
}
