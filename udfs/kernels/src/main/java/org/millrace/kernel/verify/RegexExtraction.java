package org.millrace.kernel.verify;

import java.util.regex.Pattern;
import java.util.regex.PatternSyntaxException;

/**
 * Takes the last match of a pattern as the answer: its group 1 where it has one. A pattern that
 * backtracks without end is cut off after a number of steps that depends on the text's length only.
 */
public final class RegexExtraction implements Verifier {

  private static final long serialVersionUID = 1L;
  private static final long STEPS_A_CHARACTER = 1000;
  private static final long LEAST_STEPS = 1_000_000;

  private final Pattern pattern;

  /**
   * @param pattern a regular expression of java.util.regex
   * @throws IllegalArgumentException if it isn't one
   */
  public RegexExtraction(String pattern) {
    try {
      this.pattern = Pattern.compile(pattern);
    } catch (PatternSyntaxException e) {
      throw new IllegalArgumentException(
          "pattern is no regular expression: " + e.getDescription() + " at " + e.getIndex());
    }
  }

  @Override
  public Judgement judge(String prompt, String target, String text) {
    var wanted = Texts.required(target, "target");
    if (Texts.missing(text)) {
      return Judgement.MISSING;
    }
    String answer = null;
    try {
      var matcher = pattern.matcher(new Counted(text));
      while (matcher.find()) {
        var found = matcher.groupCount() > 0 ? matcher.group(1) : matcher.group();
        answer = found == null ? answer : found.strip();
      }
    } catch (OutOfSteps | StackOverflowError e) {
      return Judgement.UNPARSED;
    }
    return answer == null || answer.isEmpty()
        ? Judgement.UNPARSED
        : Judgement.of(answer, answer.equals(wanted));
  }

  @Override
  public String name() {
    return "regex";
  }

  @Override
  public String version() {
    return "1";
  }

  private static final class OutOfSteps extends RuntimeException {
    private static final long serialVersionUID = 1L;

    OutOfSteps() {
      super("out of steps", null, false, false);
    }
  }

  /** A text that counts how often it is looked at. */
  private static final class Counted implements CharSequence {
    private final String text;
    private long left;

    Counted(String text) {
      this.text = text;
      this.left = Math.max(LEAST_STEPS, STEPS_A_CHARACTER * text.length());
    }

    @Override
    public char charAt(int index) {
      if (--left < 0) {
        throw new OutOfSteps();
      }
      return text.charAt(index);
    }

    @Override
    public int length() {
      return text.length();
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return text.substring(start, end);
    }

    @Override
    public String toString() {
      return text;
    }
  }
}
