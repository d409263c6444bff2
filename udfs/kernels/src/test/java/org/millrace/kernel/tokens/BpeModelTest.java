package org.millrace.kernel.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class BpeModelTest {

  private static final String SAMPLE =
      """
      It's the first of many: we'll see, they've said "don't". The cat's hat isn't 2024 or 1999...
      你好，世界！今天的天气很好，我们去公园吧。今天的世界，你好。   中文　空格
      😀😀👩‍💻👩‍💻 🇨🇳 naïve façade \t tabs\tand\r\nlines\n\n\n  indented  code { x += 1; }
      """;

  private static final BpeModel MODEL = trained();
  private static final Path FILE = written(MODEL);
  private static final Tokenizer LOADED = HuggingFace.open(FILE, null);
  private static final Tokenizer READ = Tokenizers.open(FILE.toString());

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

  @Property(tries = 2000)
  @Domain(Texts.class)
  void readBackItEncodesAsHuggingFaceDoes(@ForAll String text) {
    int[] tokens = LOADED.encode(text);

    assertThat(READ.encode(text)).isEqualTo(tokens);
    assertThat(READ.decode(tokens)).isEqualTo(LOADED.decode(tokens));
  }

  @Test
  void readBackItNeedsNoNativeCode() {
    assertThat(READ).isInstanceOf(BpeModel.class);
    assertThat(READ.name()).isEqualTo(FILE.toString());
    assertThat(READ.vocabularySize()).isEqualTo(LOADED.vocabularySize());
    assertThat(READ.endOfDocument()).isEqualTo(LOADED.endOfDocument());
  }

  @Test
  void readBackItEndsDocumentsAsAsked() {
    assertThat(Tokenizers.open(FILE.toString(), "<pad>").endOfDocument()).isZero();
    assertThatThrownBy(() -> Tokenizers.open(FILE.toString(), "<eod>"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(FILE + " has no end-of-document token <eod>; name one that its vocabulary has");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      value = {
        "\"use_regex\":true; \"use_regex\":false",
        "\"add_prefix_space\":false; \"add_prefix_space\":true",
        "\"fuse_unk\":false; \"fuse_unk\":true",
        "\"special\":true; \"special\":false",
        "\"<pad>\":0; \"<pad>\":7",
        "\"merges\":[; \"dropout\":0.5,\"merges\":[",
        "\"merges\":[; \"merges\":[\"a\",",
        "\"merges\":[; \"merges\":[7,\"a b c\",",
        "\"decoder\":; \"normalizer\":{\"type\":\"NFKC\"}\\,\"decoder\":",
      })
  void aFileThatSaysMoreIsNotTakenForOurs(String ours, String other) throws IOException {
    var changed = Files.createTempFile("tokenizer", ".json");
    changed.toFile().deleteOnExit();
    var text = Files.readString(FILE);
    assertThat(text).contains(ours);

    Files.writeString(changed, text.replace(ours, other.replace("\\", "")));

    assertThat(BpeJson.read(FILE)).isPresent();
    assertThat(BpeJson.read(changed)).isEmpty();
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

  private static Path written(BpeModel model) {
    try {
      var file = Files.createTempFile("tokenizer", ".json");
      file.toFile().deleteOnExit();
      model.writeTokenizerJson(file);
      return file;
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
