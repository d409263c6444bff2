package org.millrace.kernel.verify;

import java.math.BigInteger;
import java.util.ArrayList;
import java.util.List;

/**
 * Evaluates arithmetic exactly: whole numbers, + - * / and brackets, a sign before a factor; no
 * implicit product. Length, nesting and the size of numbers are bounded.
 */
final class Expression {

  static final int LONGEST = 1000;
  private static final int DEEPEST = 100;

  /** The text is no expression of this kind. */
  static final class SyntaxException extends Exception {
    private static final long serialVersionUID = 1L;

    SyntaxException(String message) {
      super(message, null, false, false);
    }
  }

  /**
   * What an expression comes to.
   *
   * @param value null where it divides by zero or grows too large
   * @param numbers the numbers in it, in order
   */
  record Result(Rational value, List<BigInteger> numbers) {}

  private final String text;
  private final List<BigInteger> numbers = new ArrayList<>();
  private int at;
  private int depth;

  private Expression(String text) {
    this.text = text;
  }

  static Result evaluate(String text) throws SyntaxException {
    if (text.length() > LONGEST) {
      throw new SyntaxException("too long");
    }
    var expression = new Expression(text);
    Rational value;
    try {
      value = expression.sum();
    } catch (ArithmeticException e) {
      // The rest may still be malformed; that does not matter, as the value is wrong either way.
      return new Result(null, List.copyOf(expression.numbers));
    }
    expression.skipSpaces();
    if (expression.at < text.length()) {
      throw new SyntaxException("unexpected '" + text.charAt(expression.at) + "'");
    }
    return new Result(value, List.copyOf(expression.numbers));
  }

  private Rational sum() throws SyntaxException {
    var value = product();
    while (true) {
      if (take('+')) {
        value = value.plus(product());
      } else if (take('-')) {
        value = value.minus(product());
      } else {
        return value;
      }
    }
  }

  private Rational product() throws SyntaxException {
    var value = factor();
    while (true) {
      if (take('*')) {
        value = value.times(factor());
      } else if (take('/')) {
        value = value.over(factor());
      } else {
        return value;
      }
    }
  }

  private Rational factor() throws SyntaxException {
    if (++depth > DEEPEST) {
      throw new SyntaxException("nested too deeply");
    }
    Rational value;
    if (take('-')) {
      value = factor().negated();
    } else if (take('+')) {
      value = factor();
    } else if (take('(')) {
      value = sum();
      if (!take(')')) {
        throw new SyntaxException("a bracket is not closed");
      }
    } else {
      value = number();
    }
    depth--;
    return value;
  }

  private Rational number() throws SyntaxException {
    skipSpaces();
    int from = at;
    while (at < text.length() && Texts.digit(text.charAt(at))) {
      at++;
    }
    if (from == at) {
      throw new SyntaxException("a number is missing");
    }
    var number = new BigInteger(text.substring(from, at));
    numbers.add(number);
    return Rational.of(number);
  }

  private boolean take(char wanted) {
    skipSpaces();
    if (at < text.length() && text.charAt(at) == wanted) {
      at++;
      return true;
    }
    return false;
  }

  private void skipSpaces() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }
}
