package org.millrace.batch.corpus;

import java.util.List;
import org.millrace.command.UserError;

/** A step of a recipe with its options filled in; an option's name is the same in YAML. */
interface Step {

  /** What it does, in order. */
  List<Pass> passes();

  /**
   * Checks what the options' types can't.
   *
   * @throws UserError if something is wrong
   */
  default void check() {}
}
