package org.millrace.kernel.model;

/** What an example of a two-class classifier is. */
public enum Label {
  /** Text to keep. */
  GOOD,
  /** Spam, or text of low quality. */
  BAD
}
