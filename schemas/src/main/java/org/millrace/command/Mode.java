package org.millrace.command;

/** What to do with an output folder that has something in it. */
public enum Mode {
  /** Refuse it. */
  CREATE,
  /** Delete its contents, then run. */
  OVERWRITE,
  /** Go on with a run that was cut short: same options, same inputs. */
  RESUME
}
