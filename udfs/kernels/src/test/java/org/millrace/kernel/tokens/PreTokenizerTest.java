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

class PreTokenizerTest {

  /** The published expression of GPT-2. */
  private static final Pattern GPT2 =
      Pattern.compile(
          "'s|'t|'re|'ve|'m|'ll|'d| ?\\p{L}+| ?\\p{N}+"
              + "| ?[^\\p{IsWhite_Space}\\p{L}\\p{N}]+"
              + "|\\p{IsWhite_Space}+(?!\\P{IsWhite_Space})|\\p{IsWhite_Space}+");

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      ignoreLeadingAndTrailingWhitespace = false,
      value = {
        "Hello world;Hello/ world",
        "a  b;a/ / b",
        "a   ;a/   ",
        "we'll I'Ve;we/'ll/ I/'/Ve",
        "x1.5!?;x/1/./5/!?",
        "你好，世界 的;你好/，/世界/ 的",
        "' s;'/ s"
      })
  void cutsAsGpt2Does(String text, String pieces) {
    assertThat(String.join("/", pieces(text))).isEqualTo(pieces);
  }

  @Property
  @Domain(Texts.class)
  void cutsAsTheExpressionDoes(@ForAll String text) {
    var expected = new ArrayList<String>();
    for (var matcher = GPT2.matcher(text); matcher.find(); ) {
      expected.add(matcher.group());
    }

    assertThat(pieces(text)).isEqualTo(expected);
    assertThat(String.join("", pieces(text))).isEqualTo(text);
  }

  private static List<String> pieces(String text) {
    var pieces = new ArrayList<String>();
    PreTokenizer.cut(text, (from, to) -> pieces.add(text.substring(from, to)));
    return pieces;
  }
}
