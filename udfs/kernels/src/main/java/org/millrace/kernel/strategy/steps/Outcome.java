package org.millrace.kernel.strategy.steps;

/** How the first attempt at a step went; asking for a hint is no correct attempt. */
public enum Outcome {
  /** Wrong, or a hint. */
  INCORRECT,
  /** Right at once. */
  CORRECT,
  /** Not in the log, as in test files: of use for prediction, not for mastery. */
  UNKNOWN
}
