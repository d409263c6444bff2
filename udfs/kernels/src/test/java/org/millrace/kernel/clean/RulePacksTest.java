package org.millrace.kernel.clean;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class RulePacksTest {

  private final DocumentStatistics statistics = new DocumentStatistics(Words.TOKENS);

  @ParameterizedTest
  @ValueSource(
      strings = {
        "pangu",
        "pangu-cleaned",
        "gopher-quality",
        "gopher-repetition",
        "fineweb",
        "fineweb2-zh"
      })
  void asksTheRulesOfItsTableInOrder(String pack) throws IOException {
    var rules =
        RulePacks.named(pack).rules().stream()
            .map(r -> pack + "|" + r.name() + "|" + r.bound() + "|" + r.threshold())
            .toList();

    assertThat(rules).isEqualTo(table(pack));
  }

  private static List<String> table(String pack) throws IOException {
    try (var file = RulePacksTest.class.getResourceAsStream("thresholds.csv")) {
      return new String(file.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> line.startsWith(pack + "|"))
          .map(line -> line.substring(0, line.lastIndexOf('|') + 1) + number(line))
          .toList();
    }
  }

  private static double number(String line) {
    return Double.parseDouble(line.substring(line.lastIndexOf('|') + 1));
  }

  /** Pack, document, words; the rule that drops it or none; then the value. */
  static Stream<Arguments> documents() {
    var prose = "the cat and ";
    return Stream.of(
        at("pangu", "中".repeat(90) + "a".repeat(60), null, 0),
        at("pangu", "中".repeat(89) + "a".repeat(61), "pangu_chinese_ratio", 89.0 / 150),
        at("pangu", "中".repeat(149) + " \n\u3000", "pangu_too_short", 149),
        at("pangu", "", "pangu_chinese_ratio", 0),
        at("gopher-quality", distinct(49) + " the and", null, 0),
        at("gopher-quality", prose.repeat(16) + "! ? !", "gopher_short_doc", 48),
        at("gopher-quality", "word ".repeat(100_001), "gopher_long_doc", 100_001),
        at("gopher-quality", "of be " + "abcd ".repeat(47) + "to", null, 0),
        at("gopher-quality", "I am ".repeat(30), "gopher_below_avg_threshold", 1.5),
        at("gopher-quality", "the and ".repeat(30), null, 0),
        at("gopher-quality", "a".repeat(10).concat(" ").repeat(50), "gopher_enough_stop_words", 0),
        at(
            "gopher-quality",
            "a".repeat(11).concat(" ").repeat(50),
            "gopher_above_avg_threshold",
            11),
        at("gopher-quality", prose.repeat(30) + "# ".repeat(10), null, 0),
        at(
            "gopher-quality",
            prose.repeat(30) + "# ".repeat(11),
            "gopher_too_many_hashes",
            11.0 / 101),
        at(
            "gopher-quality",
            prose.repeat(30) + "... ".repeat(10),
            "gopher_too_many_end_ellipsis",
            1),
        at(
            "gopher-quality",
            prose.repeat(30) + "\n…".repeat(11),
            "gopher_too_many_ellipsis",
            11.0 / 101),
        at(
            "gopher-quality",
            "\n - the cat and".repeat(9).strip() + "\n" + prose.repeat(20),
            null,
            0),
        at("gopher-quality", "• the and\u2028".repeat(60), "gopher_too_many_bullets", 1),
        at(
            "gopher-quality",
            ("the and that have with it is to\n".repeat(7) + "the…\n".repeat(3)).repeat(4),
            null,
            0),
        at(
            "gopher-quality",
            ("the and that have with it is to\n".repeat(6) + "the… \n".repeat(3)).repeat(4),
            "gopher_too_many_end_ellipsis",
            1.0 / 3),
        at("gopher-quality", "the and have with 1234 ".repeat(20), null, 0),
        at("gopher-quality", "the and have 1234 ".repeat(20), "gopher_below_alpha_threshold", .75),
        at("gopher-quality", "The the ".repeat(30), "gopher_enough_stop_words", 1),
        at("gopher-repetition", distinct(100), null, 0),
        at("gopher-repetition", "a b\n\nc d\n\na b", "dup_para_frac", 1.0 / 3),
        at("gopher-repetition", long10("\n\n"), "dup_para_char_frac", 200.0 / 408),
        at("gopher-repetition", "a b\nc d\na b", "dup_line_frac", 1.0 / 3),
        at("gopher-repetition", long10("\n"), "dup_line_char_frac", 200.0 / 405),
        at("gopher-repetition", "ab cd ab cd " + distinct(6), "top_2_gram", 10.0 / 41),
        at(
            "gopher-repetition",
            "a b c d e f g h i j k l " + distinct(40) + " a b c d e f g h i j k l",
            null,
            0),
        at("fineweb", " \n\t\n", "empty", 0),
        at("fineweb", lines(25, 3), null, 0),
        at("fineweb", lines(26, 3), "line_punct_ratio", 3.0 / 26),
        at("fineweb", "Short one.\n".repeat(1), "short_line_ratio", 1),
        at("fineweb", (distinct(12) + ".\n").repeat(2), "char_dup_ratio", .5),
        at("fineweb", distinct(8) + ".\n\n\n\n\n", "list_ratio", 5.0 / 9),
        at("fineweb2-zh", "行\n".repeat(2), "dup_line_frac", 1.0 / 3));
  }

  @ParameterizedTest
  @MethodSource("documents")
  void namesTheFirstRuleThatDrops(String pack, String text, String rule, double value) {
    var decision = RulePacks.named(pack).judge(statistics.measure(text));

    assertThat(decision.reason()).isEqualTo(rule);
    if (rule != null) {
      assertThat(decision.value()).isCloseTo(value, within(1e-12));
    }
  }

  /** Every rule keeps the value at its threshold and drops the nearest one beyond. */
  @ParameterizedTest
  @ValueSource(strings = {"pangu", "gopher-quality", "gopher-repetition", "fineweb", "fineweb2-zh"})
  void keepsAtTheThreshold(String pack) {
    for (var rule : RulePacks.named(pack).rules()) {
      double threshold = rule.threshold();
      double beyond =
          rule.bound() == Bound.AT_LEAST ? Math.nextDown(threshold) : Math.nextUp(threshold);

      assertThat(fixed(rule, threshold).judge(statistics).kept()).isTrue();
      assertThat(fixed(rule, beyond).judge(statistics))
          .isEqualTo(new Decision(rule.name(), beyond));
    }
  }

  /** The doubles decide as whole numbers would, on every fraction with a denominator to 2000. */
  @Test
  void comparesRatiosAsWholeNumbers() {
    for (int thousandths : new int[] {600, 100, 900, 300, 800, 287, 735, 106, 178, 127, 10}) {
      double threshold = thousandths / 1000.0;
      for (long whole = 1; whole <= 2000; whole++) {
        for (long part = thousandths * whole / 1000 - 1;
            part <= thousandths * whole / 1000 + 1;
            part++) {
          double ratio = (double) part / whole;
          assertThat(Bound.AT_LEAST.drops(ratio, threshold))
              .isEqualTo(1000 * part < thousandths * whole);
          assertThat(Bound.AT_MOST.drops(ratio, threshold))
              .isEqualTo(1000 * part > thousandths * whole);
        }
      }
    }
  }

  @Test
  void zeroTurnsTheDuplicateRulesOff() {
    var off = RulePacks.GOPHER_REPETITION.with("dup_line_frac", 0);

    assertThat(off.judge(statistics.measure("a b\nc d\na b")).reason())
        .isEqualTo("dup_line_char_frac");
  }

  @Test
  void listsAllRulesThatWouldDrop() {
    var failures = RulePacks.PANGU.failures(statistics.measure("abc"));

    assertThat(failures)
        .containsExactly(
            new Decision("pangu_chinese_ratio", 0), new Decision("pangu_too_short", 3));
  }

  @Test
  void namesWhatThereIsInstead() {
    assertThatThrownBy(() -> RulePacks.named("gopher"))
        .hasMessageStartingWith("no rule pack \"gopher\"; choose of [")
        .hasMessageContaining("gopher-quality");
    assertThatThrownBy(() -> RulePacks.PANGU.with("x", 1))
        .hasMessageStartingWith("rule pack pangu has no rule \"x\"; it has [pangu_chinese_ratio");
  }

  private static Rule fixed(Rule rule, double value) {
    return new Rule(rule.name(), d -> value, rule.bound(), rule.threshold());
  }

  private static Arguments at(String pack, String text, String rule, double value) {
    return Arguments.of(pack, text, rule, value);
  }

  /** Words of four letters, all different. */
  private static String distinct(int words) {
    var made =
        IntStream.range(0, words)
            .mapToObj(i -> "" + (char) ('a' + i % 26) + (char) ('a' + i / 26) + "xy")
            .toList();
    return String.join(" ", made);
  }

  /** Two equal parts of 200 characters and eight short different ones. */
  private static String long10(String between) {
    var one = "x".repeat(200);
    return String.join(between, one, one, "a", "b");
  }

  /** Lines of which so many end in a full stop. */
  private static String lines(int all, int ended) {
    var made =
        IntStream.range(0, all)
            .mapToObj(
                i -> distinct(8).replace("xy", (char) ('a' + i) + "z") + (i < ended ? "." : ""))
            .toList();
    return String.join("\n", made);
  }
}
