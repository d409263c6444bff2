package org.millrace.kernel.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Collections;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LanguagesTest {

  private final Languages languages = Languages.bundled();

  @ParameterizedTest
  @CsvSource({
    "en, Latn, The harbour was quiet in the morning before the first boats came back with their"
        + " catch and the market opened.",
    "fr, Latn, Le port était calme le matin avant que les premiers bateaux ne reviennent avec leur"
        + " pêche.",
    "de, Latn, Der Hafen war am Morgen ruhig bevor die ersten Boote mit ihrem Fang zurückkamen.",
    "zh, Hani, 清晨的港口很安静，第一批渔船还没有带着收获回来，市场也没有开门。",
    "zh, Hani, 清晨的港口很安靜，第一批漁船還沒有帶著收穫回來，市場也沒有開門。",
    "ja, Jpan, 朝の港は静かで、最初の船が魚を持って帰ってくる前に市場はまだ開いていなかった。",
    "ko, Kore, 아침의 항구는 조용했고 첫 배가 고기를 싣고 돌아오기 전에는 시장이 열리지 않았다."
  })
  void knowsTheLanguage(String label, String script, String text) {
    var language = languages.identify(text);

    assertThat(language.label()).isEqualTo(label);
    assertThat(language.script()).isEqualTo(script);
    assertThat(language.score()).isGreaterThan(1.0 / 103).isLessThanOrEqualTo(1);
  }

  @ParameterizedTest
  @CsvSource({"''", "123 456", "'!?，。'", "😀"})
  void knowsNoneWithoutLetters(String text) {
    assertThat(languages.identify(text)).isEqualTo(Language.UNKNOWN);
  }

  @Test
  void readsTheBeginningOnly() {
    var english = "The harbour was quiet in the morning. ".repeat(200);
    var beginning = english.substring(0, Languages.UNITS);

    assertThat(languages.identify(beginning + "清晨的港口很安静。".repeat(10_000)))
        .isEqualTo(languages.identify(beginning));
  }

  @Test
  void keepsASurrogatePairWhole() {
    var text = "a".repeat(Languages.UNITS - 1) + "😀";

    assertThat(LanguageCodes.beginning(text)).isEqualTo("a".repeat(Languages.UNITS - 1));
  }

  @ParameterizedTest
  @CsvSource({"cmn, zh", "eng, en", "pes, fa", "zh, zh", "yue, yue", "ceb, ceb", "deu, de"})
  void shortensCodes(String code, String shortest) {
    assertThat(LanguageCodes.shortest(code)).isEqualTo(shortest);
  }

  @Test
  void isTheSameForThreads() {
    var texts =
        Collections.nCopies(200, "Le port était calme le matin avant le retour des bateaux.");

    assertThat(texts.parallelStream().map(languages::identify).distinct()).hasSize(1);
  }
}
