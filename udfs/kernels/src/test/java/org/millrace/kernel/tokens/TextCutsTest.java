package org.millrace.kernel.tokens;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TextCutsTest {

  /** The published expressions of GPT-2, cl100k and o200k, and BERT's words. */
  private static final List<Pattern> EXPRESSIONS =
      List.of(
          expression(
              "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+| ?[^\\s\\p{L}\\p{N}]+|\\s+(?!\\S)|\\s+"),
          expression(
              "'(?i:[sdmt]|ll|ve|re)|[^\\r\\n\\p{L}\\p{N}]?+\\p{L}++|\\p{N}{1,3}+"
                  + "| ?[^\\s\\p{L}\\p{N}]++[\\r\\n]*+|\\s++$|\\s*[\\r\\n]|\\s+(?!\\S)|\\s"),
          expression(
              "[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]*[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]+"
                  + "(?i:'s|'t|'re|'ve|'m|'ll|'d)?"
                  + "|[^\\r\\n\\p{L}\\p{N}]?[\\p{Lu}\\p{Lt}\\p{Lm}\\p{Lo}\\p{M}]+[\\p{Ll}\\p{Lm}\\p{Lo}\\p{M}]*"
                  + "(?i:'s|'t|'re|'ve|'m|'ll|'d)?|\\p{N}{1,3}| ?[^\\s\\p{L}\\p{N}]+[\\r\\n/]*"
                  + "|\\s*[\\r\\n]+|\\s+(?!\\S)|\\s+"),
          expression("[\\p{L}\\p{N}\\p{M}]+|[^\\s\\p{L}\\p{N}\\p{M}]"));

  @ParameterizedTest
  @CsvSource(
      quoteCharacter = '~',
      value = {"ab cd, 2", "ab!cd, 5", "a。\\n世界, 3", "a。\\n\\n世界, 6", "ab\\n\\n世界, 2", "a! !b, 5"})
  void theFirstCut(String text, int cut) {
    assertThat(TextCuts.next(text.replace("\\n", "\n"), 0)).isEqualTo(cut);
  }

  @Property(tries = 3000)
  @Domain(Texts.class)
  void aCutDoesntChangeThePieces(@ForAll String text) {
    for (int cut = TextCuts.next(text, 0);
        cut < text.length();
        cut = TextCuts.next(text, cut + 1)) {
      for (var expression : EXPRESSIONS) {
        var halves = new ArrayList<>(pieces(text.substring(0, cut), expression));
        halves.addAll(pieces(text.substring(cut), expression));

        assertThat(halves).isEqualTo(pieces(text, expression));
      }
    }
  }

  private static Pattern expression(String expression) {
    return Pattern.compile(
        expression.replace("\\s", "\\p{IsWhite_Space}").replace("\\S", "\\P{IsWhite_Space}"));
  }

  private static List<String> pieces(String text, Pattern expression) {
    return expression.matcher(text).results().map(match -> match.group()).toList();
  }
}
