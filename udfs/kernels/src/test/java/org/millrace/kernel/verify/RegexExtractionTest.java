package org.millrace.kernel.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class RegexExtractionTest {

  private static Judgement judge(String pattern, String target, String text) {
    return new RegexExtraction(pattern).judge(null, target, text);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // The whole match, where the pattern has no group.
        "[0-9]+               | 42   | it is 42                 | 42   | CORRECT",
        "[0-9]+               | 42   | 41, no: 42               | 42   | CORRECT",
        "[0-9]+               | 41   | 41, no: 42               | 42   | INCORRECT",
        // Its group 1, where it has one.
        "x = ([0-9]+)         | 42   | x = 41, so x = 42; y = 7 | 42   | CORRECT",
        "'x = ([0-9]+)(;|$)' | 42   | x = 42; x = 43.          | 42   | CORRECT",
        "'(?:x|y) = [a-c]+'  | y = c | x = ab, y = c           | y = c | CORRECT",
        // White space around the answer is no part of it.
        "Answer:(.*)          | Oslo | Answer:  Oslo            | Oslo | CORRECT",
        "Answer:(.*)          | Oslo | Answer: oslo             | oslo | INCORRECT",
        // Options of the language work inside the pattern.
        "(?i)answer: (\\w+)   | Oslo | ANSWER: Oslo             | Oslo | CORRECT",
        "<a>(.*?)</a>         | 2    | <a>1</a> and <a>2</a>    | 2    | CORRECT",
        // No match, or nothing in it, is no answer.
        "[0-9]+               | 42   | forty-two                |      | UNPARSED",
        "Answer:(.*)          | Oslo | 'Answer:  '              |      | UNPARSED",
        "[0-9]+               | 42   | ' '                      |      | MISSING",
        "[a-z]+               | 42   | [invalid]                |      | MISSING",
      })
  void takesTheLastMatch(
      String pattern, String target, String text, String answer, Verdict verdict) {
    assertThat(judge(pattern, target, text)).isEqualTo(new Judgement(answer, verdict));
  }

  @ParameterizedTest
  @ValueSource(strings = {"(a+)+b", "(a|aa)+$", "(a*)*b", "(a|a)*b", "(?:a|b)*c", "(.*)(.*)(.*)c"})
  @Timeout(value = 60, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
  void cutsOffAPatternThatBacktracks(String pattern) {
    var text = "a".repeat(5_000) + "!";

    assertThat(judge(pattern, "a", text).verdict()).isEqualTo(Verdict.UNPARSED);
  }

  @Test
  void refusesWhatIsNoPattern() {
    assertThatThrownBy(() -> new RegexExtraction("a(b"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("pattern is no regular expression: ")
        .message()
        .doesNotContain("\n");
  }

  @Test
  void needsATarget() {
    assertThatThrownBy(() -> judge("a", " ", "a"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no target to verify against");
  }
}
