package org.millrace.kernel.verify;

import java.util.Arrays;
import java.util.regex.Pattern;

/**
 * Game of 24: the last line of the text, without "Answer:" and from its start to the first "=",
 * must use just the numbers of the prompt and come to 24 exactly (tree-of-thought-llm's rule, with
 * exact arithmetic).
 */
public final class Game24 implements Verifier {

  private static final long serialVersionUID = 1L;
  private static final Rational GOAL = Rational.of(24);
  private static final Pattern NOT_DIGITS = Pattern.compile("[^0-9]+");

  @Override
  public Judgement judge(String prompt, String target, String text) {
    var wanted = digits(Texts.required(prompt, "puzzle"));
    if (wanted.length < 2) {
      throw new IllegalArgumentException("the puzzle has fewer than two numbers");
    }
    if (Texts.missing(text)) {
      return Judgement.MISSING;
    }
    var expression = Texts.lastExpression(text);
    if (expression.length() > Expression.LONGEST) {
      return Judgement.UNPARSED;
    }
    var answer = expression.replaceAll("\\s+", "");
    if (!Arrays.equals(digits(expression), wanted)) {
      return new Judgement(answer.isEmpty() ? null : answer, Verdict.INCORRECT);
    }
    try {
      return Judgement.of(answer, GOAL.equals(Expression.evaluate(expression).value()));
    } catch (Expression.SyntaxException e) {
      return Judgement.UNPARSED;
    }
  }

  /** The runs of digits, sorted as text. */
  private static String[] digits(String text) {
    var runs = NOT_DIGITS.splitAsStream(text).filter(run -> !run.isEmpty()).toArray(String[]::new);
    Arrays.sort(runs);
    return runs;
  }

  @Override
  public String name() {
    return "game24";
  }

  @Override
  public String version() {
    return "1";
  }
}
