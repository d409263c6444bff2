package org.millrace.kernel.verify;

import java.math.BigInteger;
import java.util.List;
import java.util.regex.Pattern;

/**
 * Reads the numbers of a text from left to right, in linear time: signs, currency, groups of three
 * digits, decimal points and commas, fractions, mixed numbers, percent.
 *
 * <p>Groups of exactly three digits after a first of one to three that does not begin with 0, set
 * apart by commas or single spaces, are one number; any other single comma between digits is a
 * decimal comma; more commas separate items.
 */
final class NumberScanner {

  /**
   * A number as read.
   *
   * @param decimal whether it was written with a decimal point or comma
   */
  record Read(Rational value, boolean decimal) {}

  private static final int MOST_DIGITS = 1000;
  private static final Rational HUNDRED = Rational.of(100);

  private static final Pattern LATEX_COMMA = Pattern.compile("\\{,}|,\\\\!\\s?");
  private static final Pattern LATEX_SPACE = Pattern.compile("\\\\[,!]");
  private static final Pattern LATEX_FRACTION =
      Pattern.compile(
          "(-?)\\\\[dt]?frac\\s*+\\{\\s*+(-?[0-9]++)\\s*+}\\s*+\\{\\s*+([0-9]++)\\s*+}");
  private static final List<String> OPERATORS =
      List.of("=", "\u2248", "+", "-", "\u2212", "*", "/", "\u00d7", "\u00b7", "\\times", "\\cdot");
  private static final String[] PERCENT = {"\\%", "%", "percentage", "percent", "pct"};

  private final String text;
  private int at;

  /**
   * @param text without LaTeX's forms, see {@link #plain}
   * @param from where to begin; what stands before is looked at for signs
   */
  NumberScanner(String text, int from) {
    this.text = text;
    this.at = from;
  }

  /** The text with LaTeX's separators and fractions as plain text writes them. */
  static String plain(String text) {
    var commas = LATEX_COMMA.matcher(text).replaceAll(",");
    var joined = LATEX_SPACE.matcher(commas).replaceAll("");
    return LATEX_FRACTION.matcher(joined).replaceAll(" $1$2/$3 ");
  }

  /** The next number; null if there is none. One that divides by zero or is too long is skipped. */
  Read next() {
    while (at < text.length()) {
      int begin = at;
      if (Texts.digit(text.charAt(begin)) || (point(begin) && digitAt(begin + 1))) {
        boolean alone = begin == 0 || !joined(text.charAt(begin - 1));
        var number = number(negative(begin));
        if (alone && number != null) {
          return number;
        }
      } else {
        at++;
      }
    }
    return null;
  }

  /** The operator that follows the number just read; empty if something else does. */
  String operator() {
    int i = at;
    while (i < text.length() && text.charAt(i) == ' ') {
      i++;
    }
    for (var operator : OPERATORS) {
      if (text.startsWith(operator, i)) {
        return operator;
      }
    }
    return "";
  }

  private static boolean joined(char before) {
    return before == '.' || (before < 128 && Character.isLetterOrDigit(before));
  }

  /** Whether a sign stands before the number, with nothing but currency in between. */
  private boolean negative(int begin) {
    int i = begin - 1;
    if (i >= 0 && "$€£".indexOf(text.charAt(i)) >= 0) {
      i--;
      if (i >= 0 && text.charAt(i) == '\\') {
        i--;
      }
    }
    boolean sign = i >= 0 && (text.charAt(i) == '-' || text.charAt(i) == '\u2212');
    return sign && (i == 0 || !joined(text.charAt(i - 1)));
  }

  private Read number(boolean negative) {
    try {
      var grouped = groups();
      var whole = grouped == null ? digits() : grouped;
      boolean decimal = (point(at) && digitAt(at + 1)) || (grouped == null && decimalComma());
      var decimals = "";
      if (decimal) {
        at++;
        decimals = digits();
      }
      var value = decimal(whole, decimals);
      value = decimal || grouped != null ? value : withFraction(value);
      value = percent() ? value.over(HUNDRED) : value;
      return new Read(negative ? value.negated() : value, decimal);
    } catch (ArithmeticException e) {
      return null;
    }
  }

  private static Rational decimal(String whole, String decimals) {
    return new Rational(integer("0" + whole + decimals), BigInteger.TEN.pow(decimals.length()));
  }

  private static BigInteger integer(String digits) {
    if (digits.length() > MOST_DIGITS) {
      throw new ArithmeticException("number too large");
    }
    return new BigInteger(digits);
  }

  /** A whole number with the fraction that belongs to it: as its numerator, or added to it. */
  private Rational withFraction(Rational whole) {
    var below = denominator();
    if (below != null) {
      return whole.over(Rational.of(integer(below)));
    }
    int before = at;
    skipSpaces();
    if (at > before && digitAt(at)) {
      var above = digits();
      below = denominator();
      if (below != null) {
        var part = new Rational(integer(above), integer(below));
        if (part.numerator().compareTo(part.denominator()) < 0) {
          return whole.plus(part);
        }
      }
    }
    at = before;
    return whole;
  }

  /** The digits after a slash, if that is what follows; the place stays where it is otherwise. */
  private String denominator() {
    int before = at;
    skipSpaces();
    if (at < text.length() && text.charAt(at) == '/') {
      at++;
      skipSpaces();
      var digits = digits();
      if (!digits.isEmpty() && !(point(at) && digitAt(at + 1))) {
        return digits;
      }
    }
    at = before;
    return null;
  }

  /** The digits of the groups of three that begin here; null if they are none. */
  private String groups() {
    int end = at;
    while (digitAt(end) && end - at < 4) {
      end++;
    }
    if (end == at || end - at > 3 || text.charAt(at) == '0' || end == text.length()) {
      return null;
    }
    char separator = text.charAt(end);
    if (!separator(separator)) {
      return null;
    }
    var digits = new StringBuilder(text.substring(at, end));
    int first = end;
    while (follows(separator, end) && three(end + 1)) {
      digits.append(text, end + 1, end + 4);
      end += 4;
      if (digits.length() > MOST_DIGITS) {
        return null;
      }
    }
    boolean items = follows(separator == ',' ? ',' : '/', end) && digitAt(end + 1);
    if (end == first || items) {
      return null;
    }
    at = end;
    return digits.toString();
  }

  private boolean follows(char separator, int i) {
    return i < text.length() && text.charAt(i) == separator;
  }

  private static boolean separator(char c) {
    return c == ',' || c == ' ' || c == '\u00a0' || c == '\u2009' || c == '\u202f';
  }

  private boolean three(int from) {
    return digitAt(from) && digitAt(from + 1) && digitAt(from + 2) && !digitAt(from + 3);
  }

  /** Whether a comma follows that is the only one among these digits. */
  private boolean decimalComma() {
    if (at == 0 || !digitAt(at - 1) || at >= text.length() || text.charAt(at) != ',') {
      return false;
    }
    int end = at + 1;
    while (digitAt(end)) {
      end++;
    }
    boolean another = end < text.length() && text.charAt(end) == ',' && digitAt(end + 1);
    return end > at + 1 && !another && !secondItem();
  }

  /** Whether the digits before the place follow a comma themselves. */
  private boolean secondItem() {
    int i = at - 1;
    while (digitAt(i)) {
      i--;
    }
    return i > 0 && text.charAt(i) == ',' && digitAt(i - 1);
  }

  private String digits() {
    int from = at;
    while (digitAt(at)) {
      at++;
    }
    return text.substring(from, at);
  }

  private boolean percent() {
    int before = at;
    skipSpaces();
    for (var word : PERCENT) {
      if (text.startsWith(word, at)) {
        int end = at + word.length();
        if (word.endsWith("%") || end == text.length() || !Character.isLetter(text.charAt(end))) {
          at = end;
          return true;
        }
      }
    }
    at = before;
    return false;
  }

  private void skipSpaces() {
    while (at < text.length() && Character.isWhitespace(text.charAt(at))) {
      at++;
    }
  }

  private boolean point(int i) {
    return i < text.length() && text.charAt(i) == '.';
  }

  private boolean digitAt(int i) {
    return i >= 0 && i < text.length() && Texts.digit(text.charAt(i));
  }
}
