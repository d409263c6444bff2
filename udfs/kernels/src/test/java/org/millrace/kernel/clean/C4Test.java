package org.millrace.kernel.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class C4Test {

  private static final String FIVE =
      "One is here. Two is here. Three is here.\nFour is here. Five is here.";

  private final C4 rules = C4.with(C4.LineEnds.TERMINAL);

  @Test
  void keepsFiveSentences() {
    assertThat(rules.clean(FIVE)).isEqualTo(new C4.Result(FIVE, 0, Decision.KEPT));
    assertThat(rules.clean(FIVE.replace(" Five is here.", "")).decision())
        .isEqualTo(new Decision("too_few_sentences", 4));
    assertThat(rules.clean("").decision()).isEqualTo(new Decision("too_few_sentences", 0));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "no full stop at the end",
        "it goes on and on...",
        "it goes on and on…",
        "two words.",
        "Please enable JavaScript to go on.",
        "See the Terms of Use for more.",
        "Our Privacy Policy has more.",
        "The cookie policy has more.",
        "This site uses cookies for that.",
        "About the use of cookies here.",
        "We use cookies for that.",
        "Ends with a bracket (here).)"
      })
  void takesLinesOut(String line) {
    var result = rules.clean(line + "\n" + FIVE + "\r\n" + line);

    assertThat(result).isEqualTo(new C4.Result(FIVE, 2, Decision.KEPT));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {"Is it here now?", "It is here now!", "It is \"here now\"", "it is here 'now'"})
  void keepsLinesThatEndWell(String line) {
    assertThat(rules.clean(FIVE + "\n" + line).text()).isEqualTo(FIVE + "\n" + line);
  }

  @Test
  void dropsTheDocument() {
    assertThat(rules.clean(FIVE + "\nThis is Lorem Ipsum text.").decision())
        .isEqualTo(new Decision("lorem_ipsum", 1));
    assertThat(rules.clean(FIVE + "\nThen a { comes along.").decision())
        .isEqualTo(new Decision("curly_bracket", 1));
  }

  @Test
  void documentRulesSeeOnlyLinesThatReachThem() {
    assertThat(rules.clean(FIVE + "\nlorem ipsum without an end").decision().kept()).isTrue();
    assertThat(rules.clean(FIVE + "\nthe javascript { of it.").decision().kept()).isTrue();
    assertThat(rules.clean(FIVE + "\nwe use cookies { of it.").decision().reason())
        .isEqualTo("curly_bracket");
  }

  @Test
  void takesCitationsOut() {
    var line = "So it is[12] here[edit] and[citation needed] there[]. Not [a] [1.[3]";

    assertThat(rules.clean(FIVE + "\n" + line + "[7].").text())
        .endsWith("\nSo it is here and there. Not [a] [1..");
  }

  @Test
  void countsWordsBeforeCitationsGo() {
    assertThat(rules.clean(FIVE + "\nso it [1].").text()).endsWith("\nso it .");
  }

  @Test
  void longWordsTakeTheirLineOut() {
    assertThat(rules.clean(FIVE + "\nit is " + "x".repeat(999) + ".").removedLines()).isZero();
    assertThat(rules.clean(FIVE + "\nit is " + "x".repeat(1000) + ".").removedLines()).isEqualTo(1);
  }

  @Test
  void anyLineEndWillDoForFineWeb() {
    var text = FIVE + "\nno full stop here";

    assertThat(C4.with(C4.LineEnds.ANY).clean(text).text()).isEqualTo(text);
  }

  @Test
  void wantsThreeLongLines() {
    var line = "x".repeat(200);

    assertThat(C4.paragraphs(line + "\n" + line + "\n\n" + line).kept()).isTrue();
    assertThat(C4.paragraphs(line + "\n" + line + "\n" + "x".repeat(199)))
        .isEqualTo(new Decision("< 3 paragraphs", 199));
    assertThat(C4.paragraphs(line + "\n" + line)).isEqualTo(new Decision("< 3 paragraphs", 0));
  }

  @Test
  void badWordsAreWholeInEnglishAndAnywhereInChinese() {
    var english = C4.badWordList(List.of("bad"));
    var chinese = C4.chineseBadWordList(List.of("坏", "性"));

    assertThat(C4.badWords("A badge.", english).kept()).isTrue();
    assertThat(C4.badWords("A BAD one.", english))
        .isEqualTo(new Decision("document_removed_with_badwords", 1));
    assertThat(C4.badWords("可能性", chinese).kept()).isTrue();
    assertThat(C4.badWords("损坏了", chinese).kept()).isFalse();
  }

  @Test
  void survivesHostileText() {
    assertThat(rules.clean("\n".repeat(1_000_000)).removedLines()).isEqualTo(1_000_000);
    assertThat(rules.clean("[".repeat(1_000_000) + " a b.").decision().kept()).isFalse();
    assertThat(rules.clean("[1".repeat(400) + " a b.").decision().kept()).isFalse();
  }
}
