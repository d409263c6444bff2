package org.millrace.kernel.strategy.steps;

/** What a line of a step log turns out to be. */
public sealed interface StepRow permits Step, Rejected {

  /** Its line in the file, from 1, the header's. */
  long line();
}
