package org.millrace.kernel.clean;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.stream.Stream;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Assume;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

class MojibakeTest {

  private static final Charset WINDOWS = Charset.forName("windows-1252");
  private static final Charset GBK = Charset.forName("GBK");

  static Stream<String> meant() throws IOException {
    return lines("mojibake.txt");
  }

  static Stream<String> real() throws IOException {
    return Stream.concat(meant(), lines("not-mojibake.txt"));
  }

  private static Stream<String> lines(String name) throws IOException {
    try (var file = MojibakeTest.class.getResourceAsStream(name)) {
      return new String(file.readAllBytes(), UTF_8).lines().filter(s -> !s.startsWith("#"));
    }
  }

  @ParameterizedTest
  @MethodSource("meant")
  void repairsUtf8ReadAsLatin1(String text) {
    assertRepaired(read(text, ISO_8859_1), text);
  }

  /** Bytes that Windows-1252 leaves unused are read as browsers do, as C1 controls. */
  @ParameterizedTest
  @MethodSource("meant")
  void repairsUtf8ReadAsWindows1252(String text) {
    assertRepaired(readAsWindows(text), text);
  }

  @ParameterizedTest
  @MethodSource("meant")
  void repairsWhatWasReadWronglyTwice(String text) {
    assertRepaired(readAsWindows(readAsWindows(text)), text);
    assertRepaired(read(read(text, ISO_8859_1), ISO_8859_1), text);
  }

  /** Those mostly Chinese or Japanese of which GBK loses no byte. */
  static Stream<String> meantOfEastAsia() throws IOException {
    return meant()
        .filter(s -> s.codePoints().filter(Character::isIdeographic).count() > s.length() / 3)
        .filter(s -> strictly(s.getBytes(UTF_8), GBK) != null);
  }

  @ParameterizedTest
  @MethodSource("meantOfEastAsia")
  void repairsUtf8ReadAsGbk(String text) {
    assertRepaired(strictly(text.getBytes(UTF_8), GBK), text);
  }

  @ParameterizedTest
  @MethodSource("meantOfEastAsia")
  void repairsWhatWasReadAsGbkAndThenAsWindows1252(String text) {
    assertRepaired(readAsWindows(strictly(text.getBytes(UTF_8), GBK)), text);
  }

  @Test
  void repairsKnownCases() {
    assertRepaired("cafÃ©", "café");
    assertRepaired("voilÃ\u00a0", "voilà");
    assertRepaired("itâ€™s", "it’s");
    assertRepaired("FranÃƒÂ§ais", "Français");
    assertRepaired("ä¸\u00adæ–‡", "中文");
    assertRepaired("浣犲ソ", "你好");
    assertRepaired("20Â°C", "20°C");
  }

  @ParameterizedTest
  @MethodSource("real")
  void leavesRealTextAlone(String text) {
    assertThat(Mojibake.repair(text)).isEqualTo(new Mojibake.Repair(text, 0));
  }

  @Test
  void repairsLineByLine() {
    var repair = Mojibake.repair("déjà vu\ncafÃ©\r\n\n中文\nnaÃ¯ve");

    assertThat(repair).isEqualTo(new Mojibake.Repair("déjà vu\ncafé\r\n\n中文\nnaïve", 2));
  }

  @Test
  void leavesWhatLostBytes() {
    for (var text : List.of("caf\uFFFD", "锟斤拷锟斤拷", "caf?", "浣犲ソ\uFFFD")) {
      assertThat(Mojibake.repair(text).text()).isSameAs(text);
    }
  }

  @Test
  void leavesControlCharactersToTheNextStep() {
    assertThat(Mojibake.repair("a\u0000b\u0085c").text()).isEqualTo("a\u0000b\u0085c");
    assertThat(Pangu.withoutSpecialSymbols("a\u0000b\u0085c").text()).isEqualTo("abc");
  }

  @Provide
  Arbitrary<String> words() {
    var latin = "abcdefghijklmnopqrstuvwxyzäöüßéèêëàâîïôùûçœæñõãøåÄÖÜÉÀÇ";
    return Arbitraries.strings()
        .withChars(latin)
        .ofMinLength(1)
        .ofMaxLength(12)
        .list()
        .ofMinSize(1)
        .ofMaxSize(12)
        .map(list -> String.join(" ", list));
  }

  @Provide
  Arbitrary<String> chinese() {
    // Level 1 of GB 2312: the characters that texts are made of.
    return Arbitraries.integers()
        .between(0, 3754)
        .map(i -> strictly(new byte[] {(byte) (0xB0 + i / 94), (byte) (0xA1 + i % 94)}, GBK))
        .list()
        .ofMinSize(1)
        .ofMaxSize(40)
        .map(list -> String.join("", list));
  }

  /** French and German letters in words, no punctuation. */
  @Property
  void leavesLatinWordsAlone(@ForAll("words") String text) {
    assertThat(Mojibake.repair(text).text()).isSameAs(text);
  }

  @Property(tries = 5000)
  void leavesChineseAlone(@ForAll("chinese") String text) {
    assertThat(Mojibake.repair(text).text()).isSameAs(text);
  }

  @Property
  void repairsAnyChinese(@ForAll("chinese") String text) {
    Assume.that(text.length() > 1);

    assertThat(Mojibake.repair(readAsWindows(text)).text()).isEqualTo(text);
    assertThat(Mojibake.repair(read(text, ISO_8859_1)).text()).isEqualTo(text);
  }

  @Property
  void repairsAnyLatinWordsWithASmallAccentedLetter(@ForAll("words") String text) {
    Assume.that(text.chars().anyMatch(c -> "äöüßéèêëâîïôùûçñõãøå".indexOf(c) >= 0));

    assertThat(Mojibake.repair(readAsWindows(text)).text()).isEqualTo(text);
  }

  /** Whatever comes in, what comes out is no longer than it, and stays as it is. */
  @Property
  void isStable(@ForAll String text) {
    var once = Mojibake.repair(text).text();

    assertThat(once.length()).isLessThanOrEqualTo(text.length());
    assertThat(Mojibake.repair(once).text()).isEqualTo(once);
  }

  private static void assertRepaired(String garbled, String meant) {
    boolean plain = meant.chars().allMatch(c -> c < 0x80);

    assertThat(garbled.equals(meant)).isEqualTo(plain);
    assertThat(Mojibake.repair(garbled)).isEqualTo(new Mojibake.Repair(meant, plain ? 0 : 1));
  }

  private static String read(String text, Charset charset) {
    return new String(text.getBytes(UTF_8), charset);
  }

  private static String readAsWindows(String text) {
    var garbled = new StringBuilder();
    for (byte b : text.getBytes(UTF_8)) {
      var c = strictly(new byte[] {b}, WINDOWS);
      garbled.append(c == null ? new String(new byte[] {b}, ISO_8859_1) : c);
    }
    return garbled.toString();
  }

  /** Null where the bytes are not of the charset. */
  private static String strictly(byte[] bytes, Charset charset) {
    try {
      return charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
    } catch (CharacterCodingException e) {
      return null;
    }
  }
}
