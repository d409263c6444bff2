package org.millrace.kernel.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.millrace.kernel.tokens.SentencePieceModel.CONTROL;
import static org.millrace.kernel.tokens.SentencePieceModel.NORMAL;
import static org.millrace.kernel.tokens.SentencePieceModel.UNKNOWN;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class SentencePieceTest {

  @TempDir Path folder;

  @Test
  void encodesByTheModelAndDecodesAllCharacters() throws IOException {
    try (var tokenizer = Tokenizers.open(model(true))) {
      // 3 "▁", 4 a, 5 b, 6 ab, 7 "▁ab", 8 你好, 9 😀
      assertThat(tokenizer.encode("ab你好 ab😀")).containsExactly(7, 8, 7, 9);
      assertThat(tokenizer.decode(new int[] {7, 8, 7, 9})).isEqualTo("ab你好 ab😀");
      assertThat(tokenizer.encode("")).isEmpty();
      assertThat(tokenizer.vocabularySize()).isEqualTo(10);
    }
  }

  @Test
  void withoutASpaceInFrontNoneIsTakenAway() throws IOException {
    try (var tokenizer = Tokenizers.open(model(false))) {
      assertThat(tokenizer.encode(" ab")).containsExactly(7);
      assertThat(tokenizer.decode(new int[] {7})).isEqualTo(" ab");
      assertThat(tokenizer.encode("ab")).containsExactly(6);
    }
  }

  @Test
  void aControlTokenInATextIsTextAndTheEndIsTheModels() throws IOException {
    try (var tokenizer = Tokenizers.open(model(true));
        var other = Tokenizers.open(model(true), "<s>")) {
      assertThat(tokenizer.encode("a</s>b")).doesNotContain(2);
      assertThat(tokenizer.endOfDocument()).isEqualTo(2);
      assertThat(other.endOfDocument()).isEqualTo(1);
      assertThat(tokenizer.decode(new int[] {6, 2})).isEqualTo("ab</s>");
      assertThat(tokenizer.decode(new int[] {6, 0})).isEqualTo("ab \u2047 ");
    }
  }

  @Test
  void bytesMakeACharacter() throws IOException {
    var file = folder.resolve("bytes.model");
    var model = new SentencePieceModel().piece("<unk>", 0, UNKNOWN).allBytes();
    Files.write(file, model.piece("x", -1, NORMAL).bytes(false));

    try (var tokenizer = Tokenizers.open(file.toString())) {
      assertThat(tokenizer.encode("xé")).containsExactly(257, 1 + 0xC3, 1 + 0xA9);
      assertThat(tokenizer.decode(tokenizer.encode("xé😀\n"))).isEqualTo("xé😀\n");
      assertThatThrownBy(tokenizer::endOfDocument).hasMessageContaining("no end-of-document token");
    }
  }

  @Test
  void refusesWhatItHasNot() throws IOException {
    var model = model(true);
    var tokenizer = Tokenizers.open(model);

    assertThatThrownBy(() -> tokenizer.decode(new int[] {10})).hasMessageContaining("0 to 9");
    assertThatThrownBy(() -> Tokenizers.open(model, "<eod>"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("<eod>");
    tokenizer.close();
    tokenizer.close();
    assertThatThrownBy(() -> tokenizer.encode("a")).hasMessageContaining("is closed");
  }

  @Test
  void aBrokenFileIsRefusedInOneLine() throws IOException {
    var whole = Files.readAllBytes(Path.of(model(true)));
    var random = new Random(3);
    var file = folder.resolve("broken.model");
    int refused = 0;
    for (int i = 0; i < 300; i++) {
      var bytes = Arrays.copyOf(whole, random.nextInt(whole.length));
      if (bytes.length > 0) {
        bytes[random.nextInt(bytes.length)] = (byte) random.nextInt();
      }
      Files.write(file, bytes);
      try {
        Tokenizers.open(file.toString()).close();
      } catch (IllegalArgumentException e) {
        assertThat(e).hasMessageContaining(file + " is no SentencePiece model");
        refused++;
      }
    }

    assertThat(refused).isGreaterThan(100);
  }

  private String model(boolean spaceInFront) throws IOException {
    var file = folder.resolve("small" + spaceInFront + ".model");
    var model =
        new SentencePieceModel()
            .piece("<unk>", 0, UNKNOWN)
            .piece("<s>", 0, CONTROL)
            .piece("</s>", 0, CONTROL)
            .piece("▁", -3, NORMAL)
            .piece("a", -3, NORMAL)
            .piece("b", -3, NORMAL)
            .piece("ab", -2, NORMAL)
            .piece("▁ab", -1, NORMAL)
            .piece("你好", -2, NORMAL)
            .piece("😀", -2, NORMAL);
    Files.write(file, model.bytes(spaceInFront));
    return file.toString();
  }
}
