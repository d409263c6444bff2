package org.millrace.kernel.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class NumberMatchTest {

  private static final Verifier NUMBER = new NumberMatch();

  private static Verdict verdict(String target, String text) {
    return NUMBER.judge(null, target, text).verdict();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Spellings of one number.
        "12.5       | 12.50",
        "25         | 025",
        "7          | +7",
        "0.4        | .4",
        "3          | 3.0",
        "-3         | \u22123",
        "1250       | 1,250",
        "12345678   | 12,345,678",
        "14916      | 14{,}916",
        "22450      | 22,\\! 450",
        "7450       | \\$7,\\!450",
        "1234.5     | $1,234.50",
        "-20        | -$20",
        // Units, currency and final dots.
        "15         | 15 cm\u00b2",
        "1000.99    | 1,000.99\u20ac",
        "1/3        | 1/3 meters",
        "60         | 60.",
        // Fractions by value.
        "1/2        | 0.5",
        "1/2        | 2/4",
        "-10/9      | -10/9",
        "0.75       | \\frac{3}{4}",
        "3/4        | $\\dfrac{3}{4}$",
        "-0.75      | -\\tfrac{3}{4}",
        "3/4        | \\boxed{\\frac{ 3 }{ 4 }}",
        // A decimal against a fraction without one: six places.
        "1/3        | .333333",
        "2/3        | 0.6666667",
        "22/7       | 3.142857",
        // Percent is a hundredth.
        "0.28       | 28%",
        "28%        | 28\\%",
        "28%        | 28 percent",
        "7/25       | 28 %",
      })
  void equalNumbers(String target, String text) {
    assertThat(verdict(target, text)).isEqualTo(Verdict.CORRECT);
    assertThat(verdict(text, target)).isEqualTo(Verdict.CORRECT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "5      | -5",
        "100000 | 100005",
        "1/3    | 0.33",
        "1/3    | .333332",
        "22/7   | 355/113",
        "0.5    | 0.500001",
        // Percent is never both divided and multiplied.
        "28%    | 28",
        "5      | 500",
        "500    | 5",
        // Items of a list are no groups of digits.
        "32349  | \\boxed{32, 349}",
        "12     | 1,2",
        "1234   | 12,34",
      })
  void unequalNumbers(String target, String text) {
    assertThat(verdict(target, text)).isEqualTo(Verdict.INCORRECT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "1  | 'I had 3, ate 2 and kept 1'",
        "42 | '6 * 7 is #### 42\n(17 lines)'",
        "42 | '\\boxed{42} after 17 lines'",
        "42 | 'First \\boxed{17}, then \\boxed{42}.'",
        "6  | 'Final Answer: The tank was empty 6 hours before 9.'",
        "12 | 'The answer is 12, since 3 * 4 = 12 and 2 * 6 = 12.'",
        "7  | 'Answer: 5. No. Answer: 7'",
        "5  | 'x2 = 5'",
      })
  void theNumberThatATextEndsWith(String target, String text) {
    assertThat(verdict(target, text)).isEqualTo(Verdict.CORRECT);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // A final dot is no part of a fraction.
        "1/2      | The answer is 1/2.",
        "3/4      | It is 3/4.",
        // A comma after a number is no group.
        "1250     | 'It is 1,250, as shown'",
        // Any other single comma is a decimal comma.
        "1.22     | 1,22",
        "0.111    | 0,111",
        // Groups of three may be set apart by spaces.
        "12345678 | 12 345 678",
        // A whole number before a fraction is added to it.
        "11/10    | 1\\frac{1}{10}",
        "11/4     | 2 3/4",
        // Every word for percent.
        "0.28     | 28 pct",
        "0.28     | 28 percentage",
        // The last right side of a chain counts.
        "7        | Answer: 3 + 4 = 7",
      })
  void formsOfRunningText(String target, String text) {
    assertThat(verdict(target, text)).isEqualTo(Verdict.CORRECT);
  }

  @Test
  void equalNumbersHaveOneAnswer() {
    assertThat(NUMBER.judge(null, "1", "1,250.50").answer()).isEqualTo("1250.5");
    assertThat(NUMBER.judge(null, "1", "2501/2").answer()).isEqualTo("1250.5");
    assertThat(NUMBER.judge(null, "1", "100").answer()).isEqualTo("100");
    assertThat(NUMBER.judge(null, "1", "2/6").answer()).isEqualTo("1/3");
    assertThat(NUMBER.judge(null, "1", "-0").answer()).isEqualTo("0");
  }

  @Test
  void textsWithoutANumber() {
    assertThat(verdict("1", "one")).isEqualTo(Verdict.UNPARSED);
    assertThat(verdict("1", "H2O")).isEqualTo(Verdict.UNPARSED);
    assertThat(verdict("1", "1/0")).isEqualTo(Verdict.UNPARSED);
    assertThat(verdict("1", " ")).isEqualTo(Verdict.MISSING);
    assertThat(verdict("1", "[invalidanswer]")).isEqualTo(Verdict.MISSING);
  }

  @ParameterizedTest
  @ValueSource(strings = {"none", "1/0", "x2"})
  void refusesATargetWithoutANumber(String target) {
    assertThatThrownBy(() -> verdict(target, "1"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no number in the target");
  }

  @Test
  @Timeout(value = 30, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void longRunsOfSpacesTakeLinearTime() {
    assertThat(verdict("7", "7 apples" + " ".repeat(100_000) + "left")).isEqualTo(Verdict.CORRECT);
  }
}
