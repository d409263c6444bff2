package org.millrace.kernel.verify;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigDecimal;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class AnswerKeyTest {

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        " Paris. |Paris",
        "New \t York|New York",
        "$x + 1$|x + 1",
        "\\boxed{\\frac{1}{2}}|\\frac{1}{2}",
        "$\\boxed{ 1,250.50 }$.|1250.5",
        "\\boxed{a} or \\boxed{b}|\\boxed{a} or \\boxed{b}",
        "\\boxed{a}}|\\boxed{a}}",
        "\\boxed{}|''",
        "$1$ and $2$|$1$ and $2$",
        "$5|$5",
        "+007|7",
        "-0.0|0",
        "-.50|-0.5",
        "3.|3",
        "1,000,000|1000000",
        "12,34|12,34",
        "1,2345|1,2345",
        "1000,000|1000,000",
        ",123|,123",
        "1.2.3|1.2.3",
        "-|-",
        ".|''",
        "x|x",
        "X|X",
        "答案。|答案。"
      })
  void keys(String answer, String key) {
    assertThat(AnswerKey.of(answer)).isEqualTo(key);
  }

  @Test
  void wrapsBeyondTheMostStay() {
    assertThat(AnswerKey.of("\\boxed{".repeat(9) + "5" + "}".repeat(9))).isEqualTo("\\boxed{5}");
    assertThat(AnswerKey.of("$\\boxed{".repeat(4) + "5" + "}$".repeat(4)))
        .isEqualTo("$\\boxed{".repeat(4) + "5" + "}$".repeat(4));
  }

  @Property
  void aKeyIsItsOwnKey(@ForAll String answer) {
    assertThat(AnswerKey.of(AnswerKey.of(answer))).isEqualTo(AnswerKey.of(answer));
  }

  @Property
  void theKeyOfANumberIsTheNumber(@ForAll BigDecimal number) {
    var plain = number.toPlainString();

    var key = AnswerKey.of("$" + plain + "00$".substring(plain.contains(".") ? 0 : 2));

    assertThat(new BigDecimal(key)).isEqualByComparingTo(number);
    assertThat(key)
        .isEqualTo(number.signum() == 0 ? "0" : number.stripTrailingZeros().toPlainString());
  }
}
