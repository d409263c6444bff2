package org.millrace.batch.sample.engine;

import java.math.BigInteger;
import java.util.Arrays;
import java.util.regex.Pattern;

/** Reads the answer line of a solution by itself: a recursive descent over exact fractions. */
final class Equation {

  /** An exact fraction, reduced. */
  record Value(BigInteger numerator, BigInteger denominator) {

    static Value of(BigInteger numerator, BigInteger denominator) {
      BigInteger sign = BigInteger.valueOf(denominator.signum());
      BigInteger divisor = numerator.gcd(denominator).multiply(sign);
      return new Value(numerator.divide(divisor), denominator.divide(divisor));
    }

    static Value of(long whole) {
      return of(BigInteger.valueOf(whole), BigInteger.ONE);
    }

    /** Reads {@code 7} or {@code 8/3}. */
    static Value parse(String text) {
      String[] parts = text.split("/");
      return of(
          new BigInteger(parts[0]), parts.length == 1 ? BigInteger.ONE : new BigInteger(parts[1]));
    }

    private Value apply(char operation, Value other) {
      BigInteger a = numerator.multiply(other.denominator);
      BigInteger b = other.numerator.multiply(denominator);
      BigInteger d = denominator.multiply(other.denominator);
      return switch (operation) {
        case '+' -> of(a.add(b), d);
        case '-' -> of(a.subtract(b), d);
        case '*' -> of(numerator.multiply(other.numerator), d);
        case '/' -> of(a, b);
        default -> throw new IllegalArgumentException("operation " + operation);
      };
    }
  }

  private static final Pattern DIGITS = Pattern.compile("\\D+");

  private final String text;
  private int position;

  private Equation(String text) {
    this.text = text.replace(" ", "");
  }

  /** The part of the last line before its equals sign, as the Game of 24 graders take it. */
  static String expression(String answer) {
    return lastLine(answer).split("=")[0].strip();
  }

  /** What the last line claims to be the value. */
  static Value claimed(String answer) {
    return Value.parse(lastLine(answer).split("=")[1].strip());
  }

  static Value value(String expression) {
    var reader = new Equation(expression);
    Value value = reader.sum();
    if (reader.position < reader.text.length()) {
      throw new IllegalArgumentException("not read to its end: " + expression);
    }
    return value;
  }

  /** The numbers that a text names, ascending. */
  static int[] numbers(String text) {
    return DIGITS
        .splitAsStream(text)
        .filter(digits -> !digits.isEmpty())
        .mapToInt(Integer::parseInt)
        .sorted()
        .toArray();
  }

  private static String lastLine(String answer) {
    String[] lines = answer.split("\n");
    String last = lines[lines.length - 1];
    if (!last.startsWith("Answer: ")) {
      throw new IllegalArgumentException("no answer in " + Arrays.toString(lines));
    }
    return last.substring("Answer: ".length());
  }

  private Value sum() {
    Value value = product();
    while (at('+') || at('-')) {
      value = value.apply(text.charAt(position++), product());
    }
    return value;
  }

  private Value product() {
    Value value = factor();
    while (at('*') || at('/')) {
      value = value.apply(text.charAt(position++), factor());
    }
    return value;
  }

  private Value factor() {
    if (at('(')) {
      position++;
      Value value = sum();
      position++;
      return value;
    }
    int from = position;
    while (position < text.length() && Character.isDigit(text.charAt(position))) {
      position++;
    }
    return Value.of(Long.parseLong(text.substring(from, position)));
  }

  private boolean at(char symbol) {
    return position < text.length() && text.charAt(position) == symbol;
  }
}
