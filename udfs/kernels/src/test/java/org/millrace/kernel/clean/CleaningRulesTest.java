package org.millrace.kernel.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.kernel.clean.Cleaning.Subject;

/** The rules by name, and the lists that some of them need. */
class CleaningRulesTest {

  private static final List<String> WORDS = List.of("甲", "乙", "丙", "丁");

  private static Cleaning.Result clean(CleaningRules rules, String text, String... names) {
    return rules.of(List.of(names)).clean(new Subject(text, null, null));
  }

  private static Cleaning.Result clean(String text, String... names) {
    return clean(CleaningRules.PLAIN, text, names);
  }

  @Test
  void anUnknownNameIsToldWithAllThatThereAre() {
    assertThatThrownBy(() -> CleaningRules.PLAIN.of(List.of("normal", "gopher")))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("no rule 'gopher'; there are adverts, c4, c4-any-ends")
        .hasMessageContaining("gopher-quality, gopher-quality-dolma, gopher-repetition")
        .hasMessageContaining("symbols, title");
  }

  @Test
  void everyNameMakesARule() {
    for (var name : CleaningRules.names()) {
      assertThat(clean("some text", name).subject().text()).as(name).isEqualTo("some text");
    }
    assertThat(CleaningRules.names()).containsAll(CleaningRules.PANGU);
  }

  @ParameterizedTest
  @CsvSource({"0, true", "1, false", "2, false"})
  void oneAdvertDropsByDefault(int hits, boolean kept) {
    var rules = new CleaningRules(WORDS, Pangu.ADVERT_HITS, List.of(), 4, List.of());

    var result = clean(rules, "文" + String.join("", WORDS.subList(0, hits)), "adverts");

    assertThat(result.failures())
        .isEqualTo(kept ? List.of() : List.of(new Decision("pangu_advert", hits)));
  }

  @ParameterizedTest
  @CsvSource({"2, true", "3, true", "4, false"})
  void threeSensitiveWordsStayAndFourDrop(int hits, boolean kept) {
    var rules = new CleaningRules(List.of(), 1, WORDS, Pangu.SENSITIVE_HITS, List.of());
    var words = String.join("，", WORDS.subList(0, hits));

    var result = clean(rules, words + words, "sensitive");

    assertThat(result.failures())
        .isEqualTo(kept ? List.of() : List.of(new Decision("pangu_sensitive", hits)));
  }

  @Test
  void theLimitsAreTheCallers() {
    var rules = new CleaningRules(WORDS, 2, WORDS, 1, List.of());

    assertThat(clean(rules, "甲", "adverts").failures()).isEmpty();
    assertThat(clean(rules, "甲乙", "adverts").failures()).hasSize(1);
    assertThat(clean(rules, "甲", "sensitive").failures()).hasSize(1);
  }

  @Test
  void withoutListsNothingIsFound() {
    assertThat(clean("甲乙丙丁", "adverts", "sensitive", "c4-bad-words").failures()).isEmpty();
  }

  @Test
  void c4TakesLinesOut() {
    var text =
        """
        One line that stays. Two sentences of it.
        A line without an end
        Please enable javascript to read on.
        Three more words. Four more words.
        Five more words.""";

    var terminal = clean(text, "c4");
    var any = clean(text, "c4-any-ends");

    assertThat(terminal.failures()).isEmpty();
    assertThat(terminal.subject().text())
        .isEqualTo(
            """
            One line that stays. Two sentences of it.
            Three more words. Four more words.
            Five more words.""");
    assertThat(terminal.edits()).isEqualTo(Map.of("c4-lines", 2L));
    assertThat(any.edits()).isEqualTo(Map.of("c4-lines", 1L));
    assertThat(any.subject().text()).contains("A line without an end");
  }

  @Test
  void c4Drops() {
    var few = "One short line. Two short lines. Three short lines. Four short lines.";

    assertThat(clean(few, "c4").failures()).containsExactly(new Decision("too_few_sentences", 4));
    assertThat(clean(few, "c4").subject().text()).isEqualTo(few);
    assertThat(clean(few + " Five short lines.", "c4").failures()).isEmpty();
    assertThat(clean("Here is Lorem Ipsum again.", "c4").failures())
        .extracting(Decision::reason)
        .containsExactly("lorem_ipsum");
    assertThat(clean("if (a) { b(); }.", "c4").failures())
        .extracting(Decision::reason)
        .containsExactly("curly_bracket");
    assertThat(clean("x".repeat(200) + "\n" + "y".repeat(200), "c4-paragraphs").failures())
        .extracting(Decision::reason)
        .containsExactly("< 3 paragraphs");
  }

  @Test
  void badWordsAreWholeWordsInEnglishAndSubstringsInChinese() {
    var rules = new CleaningRules(List.of(), 1, List.of(), 4, List.of("sex", "性", "毛片"));
    var dropped = "document_removed_with_badwords";

    assertThat(clean(rules, "Essex and Sussex", "c4-bad-words").failures()).isEmpty();
    assertThat(clean(rules, "a Sex shop", "c4-bad-words").failures())
        .extracting(Decision::reason)
        .containsExactly(dropped);
    assertThat(clean(rules, "看毛片吗", "c4-bad-words").failures())
        .extracting(Decision::reason)
        .containsExactly(dropped);
    assertThat(clean(rules, "可能性很大", "c4-bad-words").failures()).isEmpty();
  }

  @Test
  void linesOfPipesGo() {
    var result = clean("a | b\n | | \n||\n\nc", "pipes");

    assertThat(result.subject().text()).isEqualTo("a | b\n\nc");
    assertThat(result.edits()).isEqualTo(Map.of("pipes", 2L));
  }

  @Test
  void piiIsMaskedAndCounted() {
    var result = clean("a@b.com, 8.8.8.8, 192.168.0.1, 13812345678, c@d.org", "pii");

    assertThat(result.subject().text())
        .isEqualTo(
            "email@example.com, 192.0.2.1, 192.168.0.1, [PHONE], firstname.lastname@example.org");
    assertThat(result.edits()).isEqualTo(Map.of("pii", 4L));
  }

  @Test
  void mojibakeLinesAreRepairedAndCounted() {
    var broken =
        new String(
            "中文网页的内容".getBytes(java.nio.charset.StandardCharsets.UTF_8),
            java.nio.charset.StandardCharsets.ISO_8859_1);

    var result = clean(broken + "\n好的", "mojibake");

    assertThat(result.subject().text()).isEqualTo("中文网页的内容\n好的");
    assertThat(result.edits()).isEqualTo(Map.of("mojibake", 1L));
  }

  @Test
  void theStepsOfPanguInItsOrder() {
    var text = "壞".repeat(149) + "★\n" + "軟體\n軟體";

    var result = CleaningRules.PLAIN.of(CleaningRules.PANGU).clean(new Subject(text, null, null));

    assertThat(result.failures()).isEmpty();
    assertThat(result.subject().text()).isEqualTo("坏".repeat(149) + "\n软件");
    assertThat(result.edits()).isEqualTo(Map.of("symbols", 1L, "paragraphs", 1L));
  }
}
