package org.millrace.kernel.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.NullSource;
import org.junit.jupiter.params.provider.ValueSource;

class Game24Test {

  private static final Verifier GAME = new Game24();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        // Right: the numbers of the puzzle, and exactly 24.
        "1 2 3 4  | Answer: 1 * 2 * 3 * 4 = 24                  | CORRECT",
        "1 2 3 4  | (1+2+3)*4                                    | CORRECT",
        "4 3 2 1  | ANSWER: 4 * (3 + 2 + 1) = 24                | CORRECT",
        "3 3 8 8  | 8 / (3 - 8/3) = 24                           | CORRECT",
        "1 1 2 12 | 12 * 2 * 1 * 1                               | CORRECT",
        "1 2 3 4  | '3 * 4 = 12\nNo idea yet.\n(1+2+3)*4 = 24\n' | CORRECT",
        "1 2 3 4  | (1+2+3)*4 = 25                               | CORRECT",
        // Wrong numbers, whether or not the rest can be read.
        "1 2 3 4  | (1+2+3)*4*1                                  | INCORRECT",
        "1 2 3 4  | 2*3*4                                        | INCORRECT",
        "1 2 3 4  | 12*3-4                                       | INCORRECT",
        "1 1 2 12 | 1 * 2 * 12                                   | INCORRECT",
        "1 2 3 4  | Answer: There is none.                       | INCORRECT",
        "1 2 3 4  | '(1+2+3)*4 = 24\nThat was easy!'             | INCORRECT",
        // The right numbers in what is no expression.
        "1 2 3 4  | (1+2+3*4                                     | UNPARSED",
        "1 2 3 4  | 4! * 1 * (3-2)                               | UNPARSED",
        "1 2 3 4  | (1+2+3)(4)                                   | UNPARSED",
        "1 2 3 4  | 1 and 2 and 3 and 4                          | UNPARSED",
        "1 2 3 4  | 4**2 + 3 * 1                                 | UNPARSED",
        // The right numbers, but another value.
        "1 2 3 4  | 1 + 2 + 3 + 4 = 24                           | INCORRECT",
        "1 1 3 8  | 3 * 8 / (1 - 1)                              | INCORRECT",
        "3 7 7 8  | 8 * 3 + 7/7                                  | INCORRECT",
        // No text at all.
        "1 2 3 4  | ' \n '                                       | MISSING",
      })
  void judgesTheLastLine(String puzzle, String text, Verdict expected) {
    assertThat(GAME.judge(puzzle, null, text).verdict()).isEqualTo(expected);
  }

  @Test
  void spacesMakeNoOtherAnswer() {
    assertThat(GAME.judge("1 2 3 4", null, "(1+2 + 3) * 4 = 24").answer()).isEqualTo("(1+2+3)*4");
    assertThat(GAME.judge("1 2 3 4", null, "Answer: ( 1+2+3 )*4").answer()).isEqualTo("(1+2+3)*4");
  }

  @Test
  void nestingIsBounded() {
    var nested = "(".repeat(400) + "1*2*3*4" + ")".repeat(400);

    assertThat(GAME.judge("1 2 3 4", null, nested).verdict()).isEqualTo(Verdict.UNPARSED);
  }

  @ParameterizedTest
  @NullSource
  @ValueSource(strings = {"", " "})
  void needsAPuzzle(String puzzle) {
    assertThatThrownBy(() -> GAME.judge(puzzle, null, "1*24"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no puzzle to verify against");
  }

  @ParameterizedTest
  @ValueSource(strings = {"24", "no numbers"})
  void needsTwoNumbers(String puzzle) {
    assertThatThrownBy(() -> GAME.judge(puzzle, null, "24"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("the puzzle has fewer than two numbers");
  }
}
