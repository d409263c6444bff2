package org.millrace.kernel.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.clean.Cleaning.Subject;

/** How rules work together on one document. */
class CleaningTest {

  private static Cleaning.Result clean(String text, String... rules) {
    return CleaningRules.PLAIN.of(List.of(rules)).clean(new Subject(text, null, null));
  }

  @Test
  void rulesSeeWhatTheOnesBeforeThemLeft() {
    var rules = new CleaningRules(List.of(), 1, List.of("软件"), 1, List.of());
    var traditional = new Subject("這個軟體", null, null);

    var before = rules.of(List.of("sensitive", "simplified")).clean(traditional);
    var after = rules.of(List.of("simplified", "sensitive")).clean(traditional);

    assertThat(before.failures()).isEmpty();
    assertThat(before.subject().text()).isEqualTo("这个软件");
    assertThat(after.failures()).containsExactly(new Decision("pangu_sensitive", 1));
  }

  @Test
  void allFailuresOfPacksSideBySideAreNamedInTheOrderOfTheList() {
    var result = clean("hello", "gopher-quality", "fineweb");

    assertThat(result.failures())
        .containsExactly(
            new Decision("gopher_short_doc", 1),
            new Decision("gopher_enough_stop_words", 0),
            new Decision("line_punct_ratio", 0),
            new Decision("short_line_ratio", 1));
  }

  @Test
  void packsWithOtherWordsBetweenThemKeepTheirPlace() {
    var result = clean("hello", "fineweb", "fineweb2-zh", "gopher-quality");

    assertThat(result.failures())
        .extracting(Decision::reason)
        .containsExactly(
            "line_punct_ratio",
            "short_line_ratio",
            "line_punct_ratio",
            "gopher_short_doc",
            "gopher_enough_stop_words",
            "gopher_short_doc",
            "gopher_enough_stop_words");
  }

  @Test
  void aDocumentGoesOutAtTheFirstPlaceWhereItFails() {
    var together = clean("短★", "pangu", "pangu-cleaned");
    var apart = clean("短★", "pangu", "symbols", "pangu-cleaned");

    assertThat(together.failures())
        .extracting(Decision::reason)
        .containsExactly("pangu_chinese_ratio", "pangu_too_short", "pangu_short_after_clean");
    assertThat(apart.failures())
        .containsExactly(
            new Decision("pangu_chinese_ratio", .5), new Decision("pangu_too_short", 2));
    assertThat(apart.subject().text()).isEqualTo("短★");
    assertThat(apart.edits()).isEmpty();
  }

  @Test
  void editsAreCountedWhereTheyChangeSomething() {
    var result = clean("甲★乙\n甲乙★☆\n丙", "normal", "symbols", "paragraphs", "pipes");

    assertThat(result.subject().text()).isEqualTo("甲乙\n丙");
    assertThat(result.edits()).isEqualTo(Map.of("symbols", 3L, "paragraphs", 1L));
    assertThat(result.failures()).isEmpty();
  }

  @Test
  void anEditThatComesTwiceIsCountedTogether() {
    var result = clean("甲\n甲★", "paragraphs", "symbols", "paragraphs");

    assertThat(result.subject().text()).isEqualTo("甲");
    assertThat(result.edits()).isEqualTo(Map.of("symbols", 1L, "paragraphs", 1L));
  }

  @Test
  void editsBeforeAFailureStay() {
    var result = clean("短★", "symbols", "pangu-cleaned");

    assertThat(result.subject().text()).isEqualTo("短");
    assertThat(result.edits()).isEqualTo(Map.of("symbols", 1L));
    assertThat(result.failures()).containsExactly(new Decision("pangu_short_after_clean", 1));
  }

  @Test
  void oneDocumentLeavesNothingForTheNext() {
    var cleaning = CleaningRules.PLAIN.of(List.of("symbols", "pangu"));

    var bad = cleaning.clean(new Subject("short ★", null, null));
    var good = cleaning.clean(new Subject("好".repeat(150), null, null));

    assertThat(bad.failures()).isNotEmpty();
    assertThat(good.failures()).isEmpty();
    assertThat(good.edits()).isEmpty();
  }

  @Test
  void titleAndLanguageStay() {
    var subject = new Subject("标题\n正文★", "标题", "zh");

    var result = CleaningRules.PLAIN.of(List.of("title", "symbols")).clean(subject);

    assertThat(result.failures()).isEmpty();
    assertThat(result.subject()).isEqualTo(new Subject("标题\n正文", "标题", "zh"));
  }

  @Test
  void noTextIsNoDocument() {
    assertThatThrownBy(() -> new Subject(null, "title", "en"))
        .isInstanceOf(NullPointerException.class)
        .hasMessage("text is null");
  }
}
