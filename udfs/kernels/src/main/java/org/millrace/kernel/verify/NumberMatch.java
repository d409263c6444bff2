package org.millrace.kernel.verify;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares the number that a text ends with: the one in its last box, after its last "####" or
 * "answer", else the last of all. Exact: 12.50 is 12.5, 1,250 is 1250, 28% is 0.28. A decimal
 * equals a fraction that has no finite decimal if both agree in six places.
 */
public final class NumberMatch implements Verifier {

  private static final long serialVersionUID = 1L;
  private static final int PLACES = 6;
  private static final int MOST_DIGITS = 1000;
  private static final BigInteger TEN = BigInteger.TEN;
  private static final Rational HUNDRED = Rational.of(100);

  private static final Pattern SEPARATOR = Pattern.compile("\\{,}|,\\\\!\\s?|\\\\[,!]");
  private static final Pattern FRACTION =
      Pattern.compile("(-?)\\\\[dt]?frac\\s*\\{\\s*(-?[0-9]++)\\s*}\\s*\\{\\s*([0-9]++)\\s*}");
  private static final Pattern ANCHOR =
      Pattern.compile(
          "####|\\\\boxed\\s*\\{|\\\\fbox\\s*\\{|(?i:\\banswer\\b)(?:\\s+is\\b)?\\s*:?");
  private static final Pattern NUMBER =
      Pattern.compile(
          "(?<![0-9A-Za-z.])([-+\u2212]?)(?:\\\\?[$€£])?"
              + "((?:[1-9][0-9]{0,2}(?:,[0-9]{3})++(?![0-9,])|[0-9]++)?+(\\.[0-9]++)?+)"
              + "(?:\\s*/\\s*([0-9]++)(?![.0-9]))?+(\\s*(?:\\\\?%|percent\\b))?+");

  /** A number as read: its value, and whether it was written with a decimal point. */
  private record Read(Rational value, boolean decimal) {}

  @Override
  public Judgement judge(String prompt, String target, String text) {
    var wanted = read(Texts.required(target, "target"));
    if (wanted == null) {
      throw new IllegalArgumentException("no number in the target");
    }
    if (Texts.missing(text)) {
      return Judgement.MISSING;
    }
    var found = read(text);
    return found == null
        ? Judgement.UNPARSED
        : Judgement.of(canonical(found.value()), equal(found, wanted));
  }

  private static boolean equal(Read a, Read b) {
    if (a.value().equals(b.value())) {
      return true;
    }
    boolean mixed = (a.decimal() && !finite(b.value())) || (b.decimal() && !finite(a.value()));
    return mixed && rounded(a.value()).compareTo(rounded(b.value())) == 0;
  }

  private static BigDecimal rounded(Rational value) {
    return new BigDecimal(value.numerator())
        .divide(new BigDecimal(value.denominator()), PLACES, RoundingMode.HALF_EVEN);
  }

  /** Whether the value has a finite decimal: its denominator has no prime but 2 and 5. */
  private static boolean finite(Rational value) {
    var rest = value.denominator();
    rest = rest.shiftRight(rest.getLowestSetBit());
    var five = BigInteger.valueOf(5);
    while (rest.mod(five).signum() == 0) {
      rest = rest.divide(five);
    }
    return rest.equals(BigInteger.ONE);
  }

  private static String canonical(Rational value) {
    if (!finite(value)) {
      return value.toString();
    }
    return new BigDecimal(value.numerator())
        .divide(new BigDecimal(value.denominator()))
        .stripTrailingZeros()
        .toPlainString();
  }

  private static Read read(String text) {
    var plain = FRACTION.matcher(SEPARATOR.matcher(text).replaceAll("")).replaceAll(" $1$2/$3 ");
    var anchor = ANCHOR.matcher(plain);
    int from = -1;
    while (anchor.find()) {
      from = anchor.end();
    }
    if (from >= 0) {
      var number = number(NUMBER.matcher(plain).region(from, plain.length()), false);
      if (number != null) {
        return number;
      }
    }
    return number(NUMBER.matcher(plain), true);
  }

  private static Read number(Matcher matcher, boolean last) {
    Read read = null;
    while (matcher.find()) {
      if (matcher.group(2).isEmpty()) {
        continue;
      }
      var number = value(matcher);
      if (number != null) {
        if (!last) {
          return number;
        }
        read = number;
      }
    }
    return read;
  }

  private static Read value(Matcher matcher) {
    var digits = matcher.group(2).replace(",", "");
    if (digits.length() > MOST_DIGITS) {
      return null;
    }
    try {
      var decimal = new BigDecimal(digits);
      var value =
          decimal.scale() <= 0
              ? Rational.of(decimal.toBigInteger())
              : new Rational(decimal.unscaledValue(), TEN.pow(decimal.scale()));
      if (matcher.group(4) != null) {
        if (matcher.group(4).length() > MOST_DIGITS) {
          return null;
        }
        value = value.over(Rational.of(new BigInteger(matcher.group(4))));
      }
      if (matcher.group(5) != null) {
        value = value.over(HUNDRED);
      }
      boolean negative = !matcher.group(1).isEmpty() && !matcher.group(1).equals("+");
      return new Read(negative ? value.negated() : value, matcher.group(3) != null);
    } catch (ArithmeticException e) {
      return null;
    }
  }

  @Override
  public String name() {
    return "number";
  }

  @Override
  public String version() {
    return "1";
  }
}
