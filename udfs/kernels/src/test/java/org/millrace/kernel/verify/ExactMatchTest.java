package org.millrace.kernel.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class ExactMatchTest {

  private static final Verifier EXACT = new ExactMatch();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "Oslo         | Oslo            | CORRECT",
        "Oslo         | '\t Oslo \r\n'  | CORRECT",
        "' Oslo '     | Oslo            | CORRECT",
        "'two  words' | 'two  words'    | CORRECT",
        "東京          | 東京             | CORRECT",
        "Oslo         | oslo            | INCORRECT",
        "Oslo         | Oslo.           | INCORRECT",
        "'two  words' | two words       | INCORRECT",
        "12.5         | 12.50           | INCORRECT",
        "12:00        | 1:00            | INCORRECT",
        "Oslo         | ''              | MISSING",
        "Oslo         | ' \n\t '        | MISSING",
        "Oslo         | [invalidanswer] | MISSING",
        "Oslo         | [InvalidAnswer] | MISSING",
      })
  void comparesAllButTheWhiteSpaceAround(String target, String text, Verdict expected) {
    assertThat(EXACT.judge(null, target, text).verdict()).isEqualTo(expected);
  }

  @Test
  void theAnswerIsTheBareText() {
    assertThat(EXACT.judge(null, "Oslo", " Bergen\n").answer()).isEqualTo("Bergen");
    assertThat(EXACT.judge(null, "Oslo", "  ").answer()).isNull();
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " \n"})
  void needsATarget(String target) {
    assertThatThrownBy(() -> EXACT.judge("a question", target, "Oslo"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no target to verify against");
  }
}
