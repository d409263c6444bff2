package org.millrace.kernel.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class RationalTest {

  private static Rational rational(long numerator, long denominator) {
    return new Rational(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
  }

  @Provide
  Arbitrary<Rational> rationals() {
    return Combinators.combine(
            Arbitraries.longs().between(-1_000_000, 1_000_000),
            Arbitraries.longs().between(1, 5_000))
        .as(RationalTest::rational);
  }

  @ParameterizedTest
  @CsvSource({"6, 4, 3/2", "-6, 4, -3/2", "6, -4, -3/2", "-6, -4, 3/2", "8, 4, 2", "0, -7, 0"})
  void isInLowestTerms(long numerator, long denominator, String expected) {
    assertThat(rational(numerator, denominator)).hasToString(expected);
  }

  @Test
  void equalFractionsAreEqual() {
    assertThat(rational(2, 6)).isEqualTo(rational(-1, -3)).hasSameHashCodeAs(rational(-1, -3));
    assertThat(rational(0, 5)).isEqualTo(Rational.ZERO);
    assertThat(rational(22, 7)).isNotEqualTo(rational(355, 113));
  }

  @Property(tries = 300)
  void isAField(
      @ForAll("rationals") Rational a,
      @ForAll("rationals") Rational b,
      @ForAll("rationals") Rational c) {
    assertThat(a.plus(b)).isEqualTo(b.plus(a));
    assertThat(a.times(b)).isEqualTo(b.times(a));
    assertThat(a.plus(b).plus(c)).isEqualTo(a.plus(b.plus(c)));
    assertThat(a.times(b).times(c)).isEqualTo(a.times(b.times(c)));
    assertThat(a.times(b.plus(c))).isEqualTo(a.times(b).plus(a.times(c)));
    assertThat(a.minus(b).plus(b)).isEqualTo(a);
    assertThat(a.plus(a.negated())).isEqualTo(Rational.ZERO);
    assertThat(a.times(Rational.of(1))).isEqualTo(a);
    if (!b.equals(Rational.ZERO)) {
      assertThat(a.over(b).times(b)).isEqualTo(a);
    }
  }

  @Test
  void refusesZeroAsADenominator() {
    assertThatThrownBy(() -> rational(1, 0))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("division by zero");
    assertThatThrownBy(() -> rational(1, 2).over(Rational.ZERO))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("division by zero");
  }

  @Test
  void refusesNumbersOfTooManyBits() {
    var largest = BigInteger.ONE.shiftLeft(Rational.MOST_BITS).subtract(BigInteger.ONE);

    assertThat(Rational.of(largest).numerator()).isEqualTo(largest);
    assertThatThrownBy(() -> Rational.of(largest).plus(Rational.of(1)))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("number too large");
    assertThatThrownBy(() -> Rational.of(1).over(Rational.of(largest)).over(Rational.of(2)))
        .isInstanceOf(ArithmeticException.class)
        .hasMessage("number too large");
  }
}
