package org.millrace.batch.inference.model;

import static java.util.Objects.requireNonNull;

import java.io.Serializable;

/**
 * How a prompt and an answer stand in the one text that a model reads.
 *
 * @param pattern with {@code {text}} in it once, and {@code {prompt}} once or not at all
 */
public record Template(String pattern) implements Serializable {

  private static final long serialVersionUID = 1L;
  private static final String PROMPT = "{prompt}";
  private static final String TEXT = "{text}";

  /** Prompt, a line break, answer. */
  public static final Template LINES = new Template("{prompt}\n{text}");

  /**
   * @throws IllegalArgumentException if the places aren't there once
   */
  public Template {
    requireNonNull(pattern, "pattern is null");
    int text = pattern.indexOf(TEXT);
    boolean once = text >= 0 && text == pattern.lastIndexOf(TEXT);
    if (!once || pattern.indexOf(PROMPT) != pattern.lastIndexOf(PROMPT)) {
      throw new IllegalArgumentException(
          "a template has {text} once and {prompt} at most once, not " + pattern);
    }
  }

  /** The text to read. What stands in braces in prompt or answer stays. */
  public String fill(String prompt, String text) {
    int promptAt = pattern.indexOf(PROMPT);
    int textAt = pattern.indexOf(TEXT);
    if (promptAt < 0) {
      return pattern.substring(0, textAt) + text + pattern.substring(textAt + TEXT.length());
    }
    boolean promptFirst = promptAt < textAt;
    int first = Math.min(promptAt, textAt);
    int second = Math.max(promptAt, textAt);
    return pattern.substring(0, first)
        + (promptFirst ? prompt : text)
        + pattern.substring(first + (promptFirst ? PROMPT : TEXT).length(), second)
        + (promptFirst ? text : prompt)
        + pattern.substring(second + (promptFirst ? TEXT : PROMPT).length());
  }
}
