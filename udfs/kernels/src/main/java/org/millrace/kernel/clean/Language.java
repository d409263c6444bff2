package org.millrace.kernel.clean;

import static java.util.Objects.requireNonNull;

/**
 * The language that a text is thought to be in.
 *
 * @param label ISO 639-1 where it has one (zh, en), else ISO 639-3 (yue), {@code und} for none
 * @param script most of its letters' script, ISO 15924 (Hani, Latn, Jpan for Japanese, Kore for
 *     Korean), {@code Zyyy} without letters
 * @param score the identifier's confidence, 0 to 1; scores of different identifiers don't compare
 */
public record Language(String label, String script, double score) {

  /** Of a text without letters. */
  public static final Language UNKNOWN = new Language("und", "Zyyy", 0);

  public Language {
    requireNonNull(label, "label is null");
    requireNonNull(script, "script is null");
  }
}
