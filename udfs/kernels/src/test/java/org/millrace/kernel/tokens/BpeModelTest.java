package org.millrace.kernel.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;

class BpeModelTest {

  private static final String SAMPLE =
      """
      It's the first of many: we'll see, they've said "don't". The cat's hat isn't 2024 or 1999...
      你好，世界！今天的天气很好，我们去公园吧。今天的世界，你好。   中文　空格
      😀😀👩‍💻👩‍💻 🇨🇳 naïve façade \t tabs\tand\r\nlines\n\n\n  indented  code { x += 1; }
      """;

  private static final BpeModel MODEL = trained();
  private static final Tokenizer LOADED = loaded(MODEL);
  private static final BpeModel READ = read(MODEL);

  @Property(tries = 2000)
  @Domain(Texts.class)
  void decodesWhatItEncodes(@ForAll String text) {
    assertThat(MODEL.decode(MODEL.encode(text))).isEqualTo(text);
  }

  @Property(tries = 2000)
  @Domain(Texts.class)
  void huggingFaceEncodesAndDecodesTheSame(@ForAll String text) {
    int[] tokens = MODEL.encode(text);

    assertThat(LOADED.encode(text)).isEqualTo(tokens);
    assertThat(LOADED.decode(tokens)).isEqualTo(text);
  }

  @Property(tries = 500)
  @Domain(Texts.class)
  void readAgainItEncodesTheSame(@ForAll String text) {
    assertThat(READ.encode(text)).isEqualTo(MODEL.encode(text));
    assertThat(READ.specialTokens()).isEqualTo(MODEL.specialTokens());
    assertThat(READ.vocabularySize()).isEqualTo(MODEL.vocabularySize());
  }

  @Test
  void theSampleTakesFewerTokensThanBytes() {
    assertThat(MODEL.merges()).isGreaterThan(50);
    assertThat(MODEL.encode(SAMPLE).length).isLessThan(SAMPLE.length() / 2);
    assertThat(LOADED.encode(SAMPLE)).isEqualTo(MODEL.encode(SAMPLE));
  }

  @Test
  void vocabularyAndEndAreTheSameAfterLoading() {
    assertThat(LOADED.vocabularySize()).isEqualTo(MODEL.vocabularySize());
    assertThat(LOADED.endOfDocument()).isEqualTo(MODEL.endOfDocument()).isEqualTo(1);
    assertThat(MODEL.decode(new int[] {1})).isEqualTo("<|endoftext|>");
    assertThat(LOADED.decode(new int[] {0, 2 + 'a', 1})).isEqualTo("<pad>a<|endoftext|>");
  }

  @Test
  void aSpecialTokenInATextIsText() {
    var text = "a<|endoftext|>b<pad>";

    assertThat(MODEL.encode(text)).doesNotContain(0, 1);
    assertThat(LOADED.encode(text)).isEqualTo(MODEL.encode(text));
    assertThat(LOADED.decode(LOADED.encode(text))).isEqualTo(text);
  }

  @Test
  void aLoneSurrogateIsReplaced() {
    assertThat(MODEL.decode(MODEL.encode("a\uD83Db\uDE00"))).isEqualTo("a\uFFFDb\uFFFD");
    assertThat(LOADED.encode("a\uD83Db\uDE00😀")).isEqualTo(MODEL.encode("a\uFFFDb\uFFFD😀"));
  }

  @Test
  void aWordOfAMegabyteIsEncoded() {
    var random = new Random(7);
    var word = new StringBuilder();
    while (word.length() < 1_000_000) {
      word.append((char) ('a' + random.nextInt(20)));
    }

    int[] tokens = MODEL.encode(word.toString());

    assertThat(MODEL.decode(tokens)).isEqualTo(word.toString());
    assertThat(LOADED.encode(word.toString())).isEqualTo(tokens);
  }

  @Test
  void refusesATokenThatItHasNot() {
    assertThatThrownBy(() -> MODEL.decode(new int[] {MODEL.vocabularySize()}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("its ids are 0 to " + (MODEL.vocabularySize() - 1));
    assertThatThrownBy(() -> LOADED.decode(new int[] {-1})).hasMessageContaining("no token -1");
  }

  @Test
  void withoutAnEndItSaysWhich() {
    var model = BpeTrainer.of(256, List.of()).train(Map.of());

    assertThatThrownBy(model::endOfDocument)
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("<|endoftext|>, ");
  }

  private static BpeModel trained() {
    var trainer = BpeTrainer.of(500, List.of("<pad>", "<|endoftext|>"));
    return trainer.train(trainer.wordCounts(SAMPLE.repeat(3)));
  }

  private static BpeModel read(BpeModel model) {
    try {
      var file = Files.createTempFile("tokenizer", ".json");
      file.toFile().deleteOnExit();
      model.writeTokenizerJson(file);
      return BpeModel.readTokenizerJson(file);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static Tokenizer loaded(BpeModel model) {
    try {
      var file = Files.createTempFile("tokenizer", ".json");
      file.toFile().deleteOnExit();
      model.writeTokenizerJson(file);
      return Tokenizers.open(file.toString());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
