package org.millrace.streaming.straggler.diagnose;

/** What kind of trouble an incident is. */
public enum Cause {
  /** Ranks never entered an operation that the others wait in. */
  NON_COMMUNICATION_HANG,
  /** All ranks entered an operation, and not all came out. */
  COMMUNICATION_HANG,
  /** A rank is late to its operations: the others wait for it inside. */
  NON_COMMUNICATION_SLOW,
  /** Operations take long though all ranks are there. */
  COMMUNICATION_SLOW,
  /** A rank's steps are slow; step times alone don't say whether in communication or out of it. */
  SLOW_STEPS,
  /** Slow steps that are now this rank's and now that one's: uneven work, not a bad machine. */
  LOAD_IMBALANCE
}
