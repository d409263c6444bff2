package org.millrace.kernel.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

class DocumentStatisticsTest {

  /** No lone low surrogate: words joined in the naive way would make pairs of halves. */
  private static final List<String> PIECES =
      List.of(
          "the",
          "the",
          "of",
          "a",
          "b",
          "a",
          "word",
          "#tag",
          "中",
          "中文",
          "的",
          "，",
          "。",
          "…",
          "...",
          "..",
          "!",
          "\"",
          "•",
          "-",
          "*",
          "\n",
          "\n",
          "\n\n",
          "\n\n\n",
          "\r\n",
          "\r",
          "\u2028",
          "\u0085",
          "\u00a0",
          "\u3000",
          " ",
          " ",
          " ",
          "\t",
          "\ud83d\ude00",
          "\ud800",
          "\ud840\udc00",
          "\uff76\uff9e",
          "e\u0301",
          "\u1100\u1161\u11a8",
          "㍿",
          "ﷺ",
          "\u0000",
          "7",
          "a line that is longer than thirty characters",
          "\u061f",
          "\u001d");

  @Provide
  Arbitrary<String> documents() {
    return Arbitraries.of(PIECES).list().ofMaxSize(60).map(parts -> String.join("", parts));
  }

  /** Few different words, so that n-grams repeat. */
  @Provide
  Arbitrary<String> repetitive() {
    return Arbitraries.frequencyOf(
            Tuple.of(6, Arbitraries.of("a ", "b ", "aa ", "ab ")),
            Tuple.of(1, Arbitraries.of("\n", "c\n", "\n\n")))
        .list()
        .ofMaxSize(150)
        .map(parts -> String.join("", parts));
  }

  @Property
  void isWhatTheDefinitionsSay(@ForAll("documents") String text) {
    var measured = new DocumentStatistics(Words.WHITESPACE).measure(text);

    assertThat(NaiveStatistics.measured(measured))
        .isEqualTo(NaiveStatistics.of(text, NaiveStatistics.whitespaceWords(text)));
  }

  @Property
  void repeatedGramsAreWhatTheDefinitionsSay(@ForAll("repetitive") String text) {
    var measured = new DocumentStatistics(Words.WHITESPACE).measure(text);

    assertThat(NaiveStatistics.measured(measured))
        .isEqualTo(NaiveStatistics.of(text, NaiveStatistics.whitespaceWords(text)));
  }

  @Property(tries = 300)
  void doesNotRememberTheDocumentBefore(
      @ForAll("documents") String before, @ForAll("repetitive") String text) {
    var used = new DocumentStatistics(Words.TOKENS).measure(before.repeat(20)).measure(text);

    assertThat(NaiveStatistics.measured(used))
        .isEqualTo(NaiveStatistics.measured(new DocumentStatistics(Words.TOKENS).measure(text)));
  }

  @Property
  void wordsCoverWhatIsNotSpaceInOrder(@ForAll("documents") String text) {
    for (var splitter : Words.values()) {
      assertThat(String.join("", words(splitter, text)))
          .isEqualTo(String.join("", NaiveStatistics.whitespaceWords(text)));
    }
  }

  @Test
  void cutsIntoWords() {
    var text = "(The end)... of \"U.S.\" 中文字。 isn't";

    assertThat(words(Words.WHITESPACE, text))
        .containsExactly("(The", "end)...", "of", "\"U.S.\"", "中文字。", "isn't");
    assertThat(words(Words.TOKENS, text))
        .containsExactly(
            "(", "The", "end", ")", "...", "of", "\"", "U.S", ".", "\"", "中文字", "。", "isn't");
    assertThat(words(Words.CHINESE_CHARACTERS, text)).endsWith("中", "文", "字", "。", "isn't");
  }

  @ParameterizedTest
  @EnumSource(Words.class)
  void survivesHostileText(Words splitter) {
    var statistics = new DocumentStatistics(splitter);

    assertThat(statistics.measure("x".repeat(10_000_000)).words()).isEqualTo(1);
    assertThat(statistics.topGramRatio(2)).isZero();
    assertThat(statistics.measure("\n".repeat(1_000_000)).duplicateLineRatio()).isEqualTo(.5);
    assertThat(statistics.measure("\ud800".repeat(1_000_000)).characters()).isEqualTo(1_000_000);
    assertThat(statistics.measure("\udc00\ud800".repeat(500_000) + "a").characters())
        .isEqualTo(500_002);
    assertThat(statistics.measure("a ".repeat(1_000_000)).duplicateGramRatio(10)).isBetween(.4, .5);
    assertThat(statistics.measure("e\u0301".repeat(500_000)).nonSpaceCharacters())
        .isEqualTo(500_000);
    assertThat(statistics.measure("\n\n x".repeat(250_000)).duplicateParagraphRatio())
        .isBetween(.99, 1.0);
  }

  @Test
  void theFirstOfEquallyCommonGramsCounts() {
    var statistics =
        new DocumentStatistics(Words.WHITESPACE).measure("long words a b a b long words");

    assertThat(statistics.topGramRatio(2)).isEqualTo(20.0 / 29);
  }

  private static List<String> words(WordSplitter splitter, String text) {
    var spans = new Spans();
    splitter.split(text.toCharArray(), text.length(), spans);
    var words = new ArrayList<String>();
    for (int i = 0; i < spans.size(); i++) {
      words.add(text.substring(spans.begin(i), spans.end(i)));
    }
    return words.stream().filter(w -> !w.isEmpty()).collect(Collectors.toList());
  }
}
