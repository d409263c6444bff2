package org.millrace.kernel.verify;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.RoundingMode;
import java.util.Set;
import java.util.regex.Pattern;
import org.millrace.kernel.verify.NumberScanner.Read;

/**
 * Compares the number that a text ends with: the one in its last box, after its last "####" or
 * "answer" (of a chain of equations the last right side), else the last of all. Exact: 12.50 is
 * 12.5, 1,250 is 1250, 28% is 0.28; {@link NumberScanner} says how numbers are written. A decimal
 * equals a fraction that has no finite decimal if both agree in six places.
 */
public final class NumberMatch implements Verifier {

  private static final long serialVersionUID = 1L;
  private static final int PLACES = 6;
  private static final Set<String> EQUALS = Set.of("=", "\u2248");

  private static final Pattern ANCHOR =
      Pattern.compile(
          "####|\\\\boxed\\s*+\\{|\\\\fbox\\s*+\\{|(?i:\\banswer\\b)(?:\\s++is\\b)?+\\s*+:?");

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
    var plain = NumberScanner.plain(text);
    var anchor = ANCHOR.matcher(plain);
    int from = -1;
    while (anchor.find()) {
      from = anchor.end();
    }
    var answer = from < 0 ? null : first(new NumberScanner(plain, from));
    return answer == null ? last(new NumberScanner(plain, 0)) : answer;
  }

  /** The first number, or the last right side of the chain of equations that begins with it. */
  private static Read first(NumberScanner numbers) {
    var answer = numbers.next();
    var operator = answer == null ? "" : numbers.operator();
    while (!operator.isEmpty()) {
      var number = numbers.next();
      if (number == null) {
        break;
      }
      answer = EQUALS.contains(operator) ? number : answer;
      operator = numbers.operator();
    }
    return answer;
  }

  private static Read last(NumberScanner numbers) {
    Read last = null;
    for (var number = numbers.next(); number != null; number = numbers.next()) {
      last = number;
    }
    return last;
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
