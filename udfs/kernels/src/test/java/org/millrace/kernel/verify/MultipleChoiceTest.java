package org.millrace.kernel.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** The target is C throughout, of the letters A to D. */
class MultipleChoiceTest {

  private static final Verifier CHOICE = new MultipleChoice("ABCD");
  private static final Judgement C = new Judgement("C", Verdict.CORRECT);

  private static Judgement judge(String text) {
    return CHOICE.judge(null, "C", text);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "C",
        "(C)",
        "C.",
        "C)",
        "C.**",
        " C\n",
        "**C**",
        "**(C)**",
        "\\boxed{C}",
        "$\\boxed{\\text{(C)}}$",
        "\\textbf{C}",
        "\\( \\mathrm{C} \\)",
        "(c)"
      })
  void readsATextThatIsALetter(String text) {
    assertThat(judge(text)).isEqualTo(C);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "The answer is C",
        "The answer is (C).",
        "The answer is C, as A and B are too small.",
        "It can't be A.\nAnswer: C",
        "Answer: C\nThe other three are heavier.",
        "ANSWER: **C**",
        "Final answer: \\boxed{C}.",
        "The correct answer is option C.",
        "answer: c",
        "the answer is c.",
        "Answer: A. No, wait. Answer: C"
      })
  void readsALetterAfterTheLastAnchor(String text) {
    assertThat(judge(text)).isEqualTo(C);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "c",
        "c.",
        "C)isnotpossible",
        "C is the heaviest",
        "A cat sat on it",
        "The answer is C but only at night",
        "The answer is not C",
        "Answer: none of them",
        "CC",
        "C D",
        "\\boxed{}",
        "E",
        "Answer: E",
        "Z)"
      })
  void aLetterInProseOrOfNoChoiceIsNoAnswer(String text) {
    assertThat(judge(text)).isEqualTo(new Judgement(null, Verdict.UNPARSED));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", " \n", "[invalidanswer]"})
  void nothingIsMissing(String text) {
    assertThat(judge(text)).isEqualTo(new Judgement(null, Verdict.MISSING));
  }

  @ParameterizedTest
  @CsvSource({"A, A", "(d), D", "B.**, B", "Answer: D, D"})
  void anotherLetterIsWrong(String text, String letter) {
    assertThat(judge(text)).isEqualTo(new Judgement(letter, Verdict.INCORRECT));
  }

  @ParameterizedTest
  @ValueSource(strings = {"C", "c", "(C)", "C.", "**C**", " C "})
  void targetsAreLettersInAnyForm(String target) {
    assertThat(CHOICE.judge(null, target, "C")).isEqualTo(C);
  }

  @Test
  void whiteSpaceAfterALetterDoesNotMatter() {
    assertThat(judge("C" + " ".repeat(100))).isEqualTo(C);
    assertThat(judge("Answer: C" + " ".repeat(100))).isEqualTo(C);
    assertThat(judge("Answer:" + " ".repeat(100) + "C")).isEqualTo(C);
  }

  @Test
  void lettersThatGrowInLowerCaseHideNoAnchor() {
    // Lower case of the dotted capital I has two characters.
    assertThat(judge("\u0130zmir is too far. Answer: C")).isEqualTo(C);
  }

  @ParameterizedTest
  @ValueSource(strings = {"E", "CD", "the third", "?"})
  void refusesATargetThatIsNoLetter(String target) {
    assertThatThrownBy(() -> CHOICE.judge(null, target, "C"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("target is no letter of ABCD: " + target);
  }

  @Test
  void refusesALongTargetInOneShortLine() {
    assertThatThrownBy(() -> CHOICE.judge(null, "first\nsecond " + "x".repeat(500), "C"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("target is no letter of ABCD: first")
        .message()
        .doesNotContain("\n")
        .hasSizeLessThan(100);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "abc", "A-D", "A,B"})
  void refusesLettersThatAreNone(String letters) {
    assertThatThrownBy(() -> new MultipleChoice(letters))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("letters must be A to Z, such as ABCD, not " + letters);
  }
}
