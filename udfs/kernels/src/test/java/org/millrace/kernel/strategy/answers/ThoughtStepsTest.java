package org.millrace.kernel.strategy.answers;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ThoughtStepsTest {

  @Test
  void linesAreSteps() {
    assertThat(
            ThoughtSteps.split("Steps:\n10 - 4 = 6 (left: 5 6 6)\n6 * 5 = 30\nAnswer: 6 * 5 = 30"))
        .containsExactly("10 - 4 = 6 (left: 5 6 6)", "6 * 5 = 30", "Answer: 6 * 5 = 30");
  }

  @Test
  void sentencesAreStepsAndNumbersAndAbbreviationsEndNone() {
    assertThat(
            ThoughtSteps.split(
                "Take 3.14 as pi, e.g. for a circle. Then double it! Is \"2\" right? It is."))
        .containsExactly(
            "Take 3.14 as pi, e.g. for a circle.", "Then double it!", "Is \"2\" right?", "It is.");
  }

  @Test
  void threeDotsEndAStepBeforeALetterOnly() {
    assertThat(ThoughtSteps.split("12 / 6.6 = 1.8181... (left: 9) Hm... Then again... no"))
        .containsExactly("12 / 6.6 = 1.8181... (left: 9) Hm...", "Then again... no");
  }

  @Test
  void chineseSentencesNeedNoSpace() {
    assertThat(ThoughtSteps.split("解：\n首先，设x为3.5。然后代入方程；得到“7。”所以答案是7！"))
        .containsExactly("首先，设x为3.5。", "然后代入方程；", "得到“7。”", "所以答案是7！");
  }

  @Test
  void markersAreTakenOff() {
    assertThat(
            ThoughtSteps.split(
                """
                ### Step 1: Add both
                2. Take half
                (3) Compare
                - **Step 4. Done**
                第五步：检查
                步骤六、写答案
                3 + 4 = 7
                2.5 is left
                -3 + 5 = 2
                """))
        .containsExactly(
            "Add both",
            "Take half",
            "Compare",
            "Done",
            "检查",
            "写答案",
            "3 + 4 = 7",
            "2.5 is left",
            "-3 + 5 = 2");
  }

  @Test
  void aFormulaOnItsOwnLinesBelongsToTheStepBefore() {
    assertThat(
            ThoughtSteps.split(
                """
                First, we multiply \\(10\\) and \\(6\\):

                \\[
                10 \\cdot 6 = 60. Really
                \\]

                So we get $a. B$ here.
                $$ x = 1 $$
                Then stop.
                """))
        .containsExactly(
            "First, we multiply \\(10\\) and \\(6\\): \\[ 10 \\cdot 6 = 60. Really \\]",
            "So we get $a. B$ here. $$ x = 1 $$",
            "Then stop.");
  }

  @Test
  void wrappedLinesGoOnAndCodeIsOneStep() {
    assertThat(
            ThoughtSteps.split(
                "<think>We look at the sum\nof both. Run\n```\na = 1. B\n```\n---\n</think>"))
        .containsExactly("We look at the sum of both.", "Run", "``` a = 1. B ```");
  }

  @Test
  void nothingHasNoSteps() {
    assertThat(ThoughtSteps.split("")).isEmpty();
    assertThat(ThoughtSteps.split("\n --- \n ** \n")).isEmpty();
    assertThatThrownBy(() -> ThoughtSteps.split(null)).hasMessage("text is null");
  }

  @Property(tries = 500)
  void anyTextIsCutIntoStepsThatSaySomethingAndLoseNoDigit(@ForAll String text) {
    var steps = ThoughtSteps.split("x" + text.replaceAll("\\d", "") + "42");

    assertThat(steps).isNotEmpty().noneMatch(String::isBlank);
    assertThat(String.join("", steps)).contains("42");
  }

  @Test
  void hostileLengthsEnd() {
    assertThat(ThoughtSteps.split("$".repeat(20_000) + "a")).hasSize(1);
    assertThat(ThoughtSteps.split("a. ".repeat(50_000))).hasSize(1);
    assertThat(ThoughtSteps.split("A. ".repeat(50_000))).hasSize(50_000);
    assertThat(ThoughtSteps.split("#".repeat(100_000) + "a")).isEqualTo(List.of("a"));
  }
}
