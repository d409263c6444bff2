package org.millrace.kernel.critique;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ChainVerdictTest {

  @ParameterizedTest
  @CsvSource({
    "Is the answer correct (Yes/No)? Yes, true",
    "Is the answer correct (Yes/No)? No, false",
    "is the SOLUTION correct? yes., true",
    "**Is the answer correct (Yes/No)?** **No**, false",
    "Is the answer correct: no, false",
    "Is the answer correct? Yes. Wait. Is the answer correct? No, false",
    "Is the answer correct (Yes/No)? Yes. Solution status: incorrect, true",
    "Solution status: Correct, true",
    "Solution status: **incorrect**, false",
    "Solution status: incorrect. Solution status: correct, false",
  })
  void theLastWordCounts(String chain, boolean right) {
    assertThat(ChainVerdict.of(chain)).map(ChainVerdict::right).contains(right);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "Yes",
        "The answer is correct.",
        "Is the answer correct (Yes/No)?",
        "Is the answer correct? Nothing says so",
        "Is the answer correct? Yesterday it was",
        "Solution status: unknown",
      })
  void noVerdictIsNoNo(String chain) {
    assertThat(ChainVerdict.of(chain)).isEmpty();
  }

  @Test
  void theVerdictSaysWhereItStands() {
    var chain = "It adds up. Is the answer correct (Yes/No)? Yes!";

    var verdict = ChainVerdict.of(chain).orElseThrow();

    assertThat(chain.substring(verdict.start(), verdict.end())).isEqualTo("Yes");
  }

  @ParameterizedTest
  @CsvSource({
    "' Yes', true",
    "NO., false",
    "'**No** since', false",
    "'Yes\nIs the answer correct (Yes/No)? No', true"
  })
  void aReplyToTheQuestionBeginsWithItsVerdict(String reply, boolean right) {
    assertThat(ChainVerdict.first(reply)).map(ChainVerdict::right).contains(right);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Well, yes", "Nothing", "Is the answer correct? Yes"})
  void anotherWordIsNone(String reply) {
    assertThat(ChainVerdict.first(reply)).isEmpty();
  }

  @Test
  void aProbabilityIsThatOfAYes() {
    var yes = new String[] {"Is the answer", " correct", "?", " Yes", "."};
    var no = new String[] {"Is the answer", " correct", "?", " N", "o"};
    var first = new String[] {"No", ", for"};

    assertThat(chain(yes).probability(yes, logs(1, 1, .5, .75, .2))).isCloseTo(.75, within(1e-12));
    assertThat(chain(no).probability(no, logs(1, 1, .5, .8, .5))).isCloseTo(.6, within(1e-12));
    assertThat(chain(no).probability(no, logs(1, 1, 1, 1, 1))).isZero();
    assertThat(ChainVerdict.first("No, for").orElseThrow().probability(first, logs(.7, .1)))
        .isCloseTo(.3, within(1e-12));
  }

  private static ChainVerdict chain(String... tokens) {
    return ChainVerdict.of(String.join("", tokens)).orElseThrow();
  }

  private static double[] logs(double... probabilities) {
    var logs = probabilities.clone();
    for (int i = 0; i < logs.length; i++) {
      logs[i] = Math.log(logs[i]);
    }
    return logs;
  }

  @Test
  void everyTokenHasItsProbability() {
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> new ChainVerdict(true, 0, 1).probability(new String[] {"a", "b"}, logs(1)))
        .withMessage("each token has its log probability, not 2 and 1");
  }

  @Property
  void anyTextIsRead(@ForAll String text) {
    ChainVerdict.of(text)
        .ifPresent(verdict -> assertThat(verdict.end()).isBetween(2, text.length()));
  }

  @Test
  void aHostileTextIsReadInOnePass() {
    var spaces = "is the answer correct" + " *".repeat(500_000) + "x";
    var begun = "is the answer correct ".repeat(50_000);

    assertThat(ChainVerdict.of(spaces)).isEmpty();
    assertThat(ChainVerdict.of(begun)).isEmpty();
  }
}
