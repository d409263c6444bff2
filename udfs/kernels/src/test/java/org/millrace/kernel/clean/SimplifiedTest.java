package org.millrace.kernel.clean;

import static org.assertj.core.api.Assertions.assertThat;

import com.github.houbb.opencc4j.util.ZhTwConverterUtil;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Chars;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SimplifiedTest {

  @ParameterizedTest
  @CsvSource({
    "簡體與繁體, 简体与繁体",
    "軟體工程師寫程式, 软件工程师写程序",
    "滑鼠和網路, 鼠标和网络",
    "裡面的檔案 file.txt, 里面的文件 file.txt",
    "'ＡＢＣ，繁！', 'ＡＢＣ，繁！'"
  })
  void convertsCharactersAndPhrases(String traditional, String simplified) {
    assertThat(Simplified.of(traditional)).isEqualTo(simplified);
  }

  @ParameterizedTest
  @CsvSource({"plain ASCII text", "Crème brûlée", "今天天气很好", "Привет", "ひらがな", "''"})
  void returnsTheSameStringWhereNothingChanges(String text) {
    assertThat(Simplified.of(text)).isSameAs(text);
  }

  /** In simplified text the tables would make 文档 of 文件. */
  @ParameterizedTest
  @CsvSource({"打开文件，保存文件。", "清朝乾隆年间的文件，保存在北京故宫博物院里，供人研究。"})
  void leavesSimplifiedTextAlone(String text) {
    assertThat(Simplified.of(text)).isSameAs(text);
    assertThat(Simplified.traditional(text)).isFalse();
    assertThat(Simplified.convert(text)).isNotEqualTo(text);
  }

  @Test
  void isTraditionalFromAShareOfItsCharacters() {
    assertThat(Simplified.traditional("體" + "一".repeat(19))).isTrue();
    assertThat(Simplified.traditional("體" + "一".repeat(20))).isFalse();
    assertThat(Simplified.traditional("體 and so on, and so on, and so on")).isTrue();
  }

  @Test
  void keepsLineEndsAndWhatIsAround() {
    assertThat(Simplified.of("\n\nabc\n軟體\r\n\n終")).isEqualTo("\n\nabc\n软件\r\n\n终");
  }

  @Test
  void convertsALongLineInPieces() {
    var text = "長".repeat(3 * Simplified.PIECE + 1) + "\n短軟體";

    assertThat(Simplified.of(text)).isEqualTo("长".repeat(3 * Simplified.PIECE + 1) + "\n短软件");
  }

  @Property
  void agreesWithTheConverterOnWholeTexts(
      @ForAll @Chars({'軟', '體', '程', '式', '一', 'a', '\n', '臺', '灣', '檔', '案', '裡', '巨', '集', '著'})
          String text) {
    assertThat(Simplified.convert(text)).isEqualTo(ZhTwConverterUtil.toSimple(text));
  }

  /** The quick look at a line must not miss a character or a phrase. */
  @Property
  void agreesWithTheConverterOnAnyCharacters(
      @ForAll @CharRange(from = '\u3400', to = '\uffff') String text) {
    assertThat(Simplified.convert(text)).isEqualTo(ZhTwConverterUtil.toSimple(text));
  }

  @Test
  void isTheSameForThreads() {
    var texts = IntStream.range(0, 2000).mapToObj(i -> "第" + i + "號軟體與網路程式").toList();

    var simplified = texts.parallelStream().map(Simplified::of).toList();

    assertThat(simplified)
        .isEqualTo(IntStream.range(0, 2000).mapToObj(i -> "第" + i + "号软件与网络程序").toList());
  }
}
