package org.millrace.kernel.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.text.Normalizer;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class NormalFormTest {

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "\"\", \"\"",
        "\" \t\n\u3000 \", \"\"",
        "\" 你好\u3000\u3000世界\n \", 你好 世界",
        "ＡＢＣ，１２！, \"abc,12!\"",
        "等等…, 等等...",
        "e\u0301É, éé",
        "か\u3099, が",
        "ﬁ\u00A0№, \"fi no\"",
        "\uD83D\uDE00 \uD801\uDC00, \uD83D\uDE00 \uD801\uDC28",
        "漢字, 漢字"
      })
  void charactersAreCompatibleLowerAndSpacedOnce(String text, String form) {
    assertThat(NormalForm.characters(text)).isEqualTo(form);
  }

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '"',
      value = {
        "\"\", \"\"",
        "\"It's 3.14, or 1,000!\", it s 0 or 0 0",
        "Crème   Brûlée, creme brulee",
        "v1.2.3, v0 0",
        "\"end 7.\", end 0",
        "\"...\", \"\"",
        "\"\u0301 a \u0301 b \u0301\", a b",
        "a_b+c=d, a b c d",
        "١٢ رقم, 0 رقم"
      })
  void wordsAreLowerWithoutNumbersPunctuationAndMarks(String text, String form) {
    assertThat(NormalForm.words(text)).isEqualTo(form);
  }

  @Provide
  Arbitrary<String> texts() {
    return Arbitraries.integers()
        .between(0, 6)
        .flatMap(
            kind ->
                switch (kind) {
                  case 0 -> Arbitraries.chars().range('\0', '\u007F');
                  case 1 -> Arbitraries.chars().range('\u4E00', '\u9FFF');
                  case 2 -> Arbitraries.chars().range('\uFF00', '\uFFEF');
                  case 3 -> Arbitraries.chars().range('\u3000', '\u30FF');
                  case 4 -> Arbitraries.chars().range('\u0300', '\u036F');
                  case 5 -> Arbitraries.chars().range('\u2010', '\u2030');
                  default -> Arbitraries.chars().all();
                })
        .list()
        .ofMaxSize(24)
        .map(
            chars -> {
              var text = new StringBuilder();
              chars.forEach(text::append);
              return text.toString();
            });
  }

  @Property
  void theShortWayThroughChineseChangesNothing(@ForAll("texts") String text) {
    var form = new StringBuilder();
    Normalizer.normalize(text, Normalizer.Form.NFKC)
        .codePoints()
        .map(c -> isSpace(c) ? ' ' : Character.toLowerCase(c))
        .forEach(form::appendCodePoint);

    assertThat(NormalForm.characters(text))
        .isEqualTo(form.toString().replaceAll(" +", " ").replaceAll("^ | $", ""));
  }

  private static boolean isSpace(int c) {
    return Character.isWhitespace(c) || Character.isSpaceChar(c) || c == 0x85;
  }

  @Property
  void wordsStandBetweenSingleSpaces(@ForAll String text) {
    assertThat(NormalForm.words(text))
        .doesNotContain("  ")
        .isEqualTo(NormalForm.words(text).strip());
  }
}
