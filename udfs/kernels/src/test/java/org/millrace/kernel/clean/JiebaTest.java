package org.millrace.kernel.clean;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import net.jqwik.api.constraints.Whitespace;
import org.junit.jupiter.api.Test;

class JiebaTest {

  private static List<String> words(String text) {
    var spans = new Spans();
    new Jieba().split(text.toCharArray(), text.length(), spans);
    return IntStream.range(0, spans.size())
        .mapToObj(i -> text.substring(spans.begin(i), spans.end(i)))
        .toList();
  }

  @Test
  void cutsByTheDictionaryAndTheModel() {
    assertThat(words("我来到北京清华大学")).containsExactly("我", "来到", "北京", "清华大学");
    assertThat(words("他来到了网易杭研大厦")).containsExactly("他", "来到", "了", "网易", "杭研", "大厦");
  }

  @Test
  void cutsLatinLettersDigitsAndPunctuation() {
    assertThat(words("用 Java 写的，v2！\n😀好"))
        .containsExactly("用", "Java", "写", "的", "，", "v2", "！", "😀", "好");
  }

  @Test
  void findsNothingInNothing() {
    assertThat(words("")).isEmpty();
    assertThat(words(" \n\u3000\t")).isEmpty();
  }

  @Test
  void cutsALongRunInPieces() {
    int length = 5 * Jieba.RUN + 7;

    assertThat(words("a".repeat(length)).stream().mapToInt(String::length).max())
        .hasValue(Jieba.RUN);
    assertThat(String.join("", words("龘".repeat(length)))).hasSize(length);
  }

  /** Words cover the text but for its white space, in order. */
  @Property
  void loseNothing(
      @ForAll
          @CharRange(from = '\u4e00', to = '\u9fff')
          @CharRange(from = ' ', to = 'z')
          @Chars({'，', '。', 'Ａ', '\ud83d', '\ude00', '.', '3'})
          @Whitespace
          String text) {
    var kept = new StringBuilder();
    for (char c : text.toCharArray()) {
      kept.append(org.millrace.kernel.clean.Chars.space(c) ? "" : c);
    }

    assertThat(String.join("", words(text))).isEqualTo(kept.toString());
    assertThat(words(text)).doesNotContain("");
  }

  @Test
  void isTheSameForThreads() {
    var texts = IntStream.range(0, 500).mapToObj(i -> i + "号学生在北京清华大学深造").toList();

    var parallel = texts.parallelStream().map(JiebaTest::words).toList();

    assertThat(parallel).isEqualTo(texts.stream().map(JiebaTest::words).toList());
  }

  /** FineWeb-2 asks for words of 1 to 5 characters on average. */
  @Test
  void isWhatFineweb2Counts() {
    var statistics = new DocumentStatistics(RulePacks.words("fineweb2-zh"));

    statistics.measure("我来到北京清华大学");

    assertThat(statistics.words()).isEqualTo(4);
    assertThat(statistics.meanWordLength()).isEqualTo(9 / 4.0);
    assertThat(RulePacks.words("gopher-quality")).isEqualTo(Words.TOKENS);
    assertThat(RulePacks.words("pangu")).isEqualTo(Words.WHITESPACE);
  }
}
