package org.millrace.kernel.model;

/**
 * What a text is read by. In all, white space is one space or a border, letters go to lower case
 * one by one, and full-width forms of ASCII are ASCII.
 */
public enum Units {
  /** Code points, a space for white space between them: for Chinese. */
  CHARACTERS,
  /** Runs of letters and digits; any other character alone, a Chinese one too: for English. */
  WORDS
}
