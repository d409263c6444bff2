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
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.kernel.verify.Expression.SyntaxException;

class ExpressionTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "7                | 7",
        "007              | 7",
        "1 + 2 * 3        | 7",
        "(1 + 2) * 3      | 9",
        "10 - 3 - 2       | 5",
        "24 / 4 / 2       | 3",
        "24 / (4 / 2)     | 12",
        "8 / (3 - 8 / 3)  | 24",
        "1 / 3 + 1 / 6    | 1/2",
        "2 - 5            | -3",
        "-4 * -2          | 8",
        "3 - -2           | 5",
        "+3 - (-(2))      | 5",
        "2 * -3 + 1       | -5",
        "((((5))))        | 5",
        "'\t1\n+\r2 '     | 3",
        "99999999999999999999 + 1 | 100000000000000000000",
      })
  void values(String text, String expected) throws SyntaxException {
    assertThat(Expression.evaluate(text).value()).hasToString(expected);
  }

  @Test
  void listsTheNumbersInOrder() throws SyntaxException {
    assertThat(Expression.evaluate("(12 - 3) * 12 / 04").numbers())
        .extracting(BigInteger::intValue)
        .containsExactly(12, 3, 12, 4);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        " ",
        "1 +",
        "* 2",
        "1 2",
        "2(3)",
        "(1)(2)",
        "(1",
        "1)",
        "()",
        "4!",
        "2 ** 3",
        "7 // 2",
        "2^3",
        "1.5",
        "1,000",
        "x + 1",
        "1 \u00d7 2",
        "\u0663",
        "\uff13",
        "1 = 1",
        "five"
      })
  void whatIsNoExpression(String text) {
    assertThatThrownBy(() -> Expression.evaluate(text)).isInstanceOf(SyntaxException.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"1 / 0", "5 / (2 - 2)", "0 / 0", "1 / (1 / 2 - 2 / 4)"})
  void divisionByZeroHasNoValue(String text) throws SyntaxException {
    assertThat(Expression.evaluate(text).value()).isNull();
  }

  @Test
  void everyNumberThatFitsIsExact() throws SyntaxException {
    var nines = "9".repeat(Expression.LONGEST / 2 - 1);

    // (10^k - 1)² = 10^2k - 2 * 10^k + 1
    assertThat(Expression.evaluate(nines + "*" + nines).value())
        .hasToString("9".repeat(nines.length() - 1) + "8" + "0".repeat(nines.length() - 1) + "1");
    assertThat(Expression.evaluate("9".repeat(Expression.LONGEST)).value())
        .hasToString("9".repeat(Expression.LONGEST));
  }

  @Test
  void lengthAndNestingAreBounded() throws SyntaxException {
    assertThat(Expression.evaluate("(".repeat(90) + "1" + ")".repeat(90)).value())
        .isEqualTo(Rational.of(1));
    for (var text :
        new String[] {
          "(".repeat(10_000),
          "(".repeat(10_000) + "1" + ")".repeat(10_000),
          "(".repeat(450) + "1" + ")".repeat(450),
          "-".repeat(900) + "1",
          "1+".repeat(10_000) + "1",
          "9".repeat(100_000)
        }) {
      assertThatThrownBy(() -> Expression.evaluate(text)).isInstanceOf(SyntaxException.class);
    }
  }

  /** An expression and what it comes to. */
  record Sum(String text, long value) {}

  @Provide
  Arbitrary<Sum> sums() {
    var numbers = Arbitraries.longs().between(0, 30).map(n -> new Sum(Long.toString(n), n));
    return Arbitraries.recursive(
        () -> numbers,
        inner ->
            Arbitraries.oneOf(
                inner, both(inner, inner, '+'), both(inner, inner, '-'), both(inner, numbers, '*')),
        0,
        4);
  }

  private static Arbitrary<Sum> both(Arbitrary<Sum> left, Arbitrary<Sum> right, char operator) {
    return Combinators.combine(left, right)
        .as(
            (a, b) ->
                new Sum(
                    "(" + a.text() + " " + operator + b.text() + ")",
                    operator == '+'
                        ? a.value() + b.value()
                        : operator == '-' ? a.value() - b.value() : a.value() * b.value()));
  }

  @Property(tries = 300)
  void bracketsDecide(@ForAll("sums") Sum sum) throws SyntaxException {
    assertThat(Expression.evaluate(sum.text()).value()).isEqualTo(Rational.of(sum.value()));
  }

  @Property(tries = 300)
  void aSumDividedByANumberIsItsFraction(@ForAll("sums") Sum sum) throws SyntaxException {
    assertThat(Expression.evaluate(sum.text() + "/ 7").value())
        .isEqualTo(new Rational(BigInteger.valueOf(sum.value()), BigInteger.valueOf(7)));
  }
}
