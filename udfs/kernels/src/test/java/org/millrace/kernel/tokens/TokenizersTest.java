package org.millrace.kernel.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.domains.Domain;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class TokenizersTest {

  private static final Tokenizer CL100K = Tokenizers.open("cl100k_base");
  private static final Tokenizer R50K = Tokenizers.open("r50k_base");

  @ParameterizedTest
  @CsvSource({
    "r50k_base, 50257, 50256",
    "p50k_base, 50281, 50256",
    "cl100k_base, 100277, 100257",
    "o200k_base, 200019, 199999"
  })
  void sizesAndEndsOfOpenAisVocabularies(String name, int size, int end) {
    try (var tokenizer = Tokenizers.open(name)) {
      assertThat(tokenizer.vocabularySize()).isEqualTo(size);
      assertThat(tokenizer.endOfDocument()).isEqualTo(end);
      assertThat(tokenizer.decode(new int[] {end})).isEqualTo("<|endoftext|>");
      assertThat(tokenizer.decode(new int[] {size - 1})).isNotEmpty();
      assertThat(tokenizer.name()).isEqualTo(name);
    }
  }

  @Test
  void publishedTokens() {
    // OpenAI's "How to count tokens with tiktoken" and GPT-2's encoder.
    assertThat(CL100K.encode("tiktoken is great!")).containsExactly(83, 1609, 5963, 374, 2294, 0);
    assertThat(R50K.encode("hello world")).containsExactly(31373, 995);
  }

  @Property(tries = 500)
  @Domain(Texts.class)
  void decodesWhatItEncodes(@ForAll String text) {
    assertThat(CL100K.decode(CL100K.encode(text))).isEqualTo(text);
    assertThat(R50K.decode(R50K.encode(text))).isEqualTo(text);
  }

  @Test
  void aSpecialTokenInATextIsText() {
    assertThat(CL100K.encode("a<|endoftext|>")).doesNotContain(CL100K.endOfDocument());
    assertThat(CL100K.decode(CL100K.encode("a<|endoftext|>"))).isEqualTo("a<|endoftext|>");
  }

  @Test
  void anotherEndIsTheOneThatWasAskedFor() {
    try (var tokenizer = Tokenizers.open("cl100k_base", "<|endofprompt|>")) {
      assertThat(tokenizer.endOfDocument()).isEqualTo(100_276);
    }
    assertThatThrownBy(() -> Tokenizers.open("cl100k_base", "<eod>"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage(
            "cl100k_base has no end-of-document token <eod>; name one that its vocabulary has");
  }

  @ParameterizedTest
  @ValueSource(strings = {"gpt2", "", "vocab.txt", "R50K_BASE"})
  void refusesWhatItDoesntKnow(String spec) {
    assertThatThrownBy(() -> Tokenizers.open(spec))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("no tokenizer \"" + spec + "\"")
        .hasMessageContaining("o200k_base");
  }

  @ParameterizedTest
  @ValueSource(strings = {"missing/tokenizer.json", "missing/spiece.model"})
  void aMissingFileIsNamed(String spec) {
    assertThatThrownBy(() -> Tokenizers.open(spec))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no tokenizer file " + spec);
  }

  @Test
  void aTokenThatIsNoneIsRefused() {
    assertThatThrownBy(() -> CL100K.decode(new int[] {100_277}))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("cl100k_base can't decode");
  }

  @Test
  void aWordOfAMegabyteIsEncoded() {
    var random = new Random(5);
    var word =
        random
            .ints(1_000_000, 'a', 'z' + 1)
            .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
            .toString();

    assertThat(CL100K.decode(CL100K.encode(word))).isEqualTo(word);
  }

  @Test
  void manyThreadsEncodeTheSame() {
    var texts = IntStream.range(0, 400).mapToObj(i -> "text " + i * 7919 + " 世界 " + i).toList();

    var together = texts.parallelStream().map(text -> CL100K.encode(text)).toList();

    assertThat(together.toArray())
        .isEqualTo(texts.stream().map(text -> CL100K.encode(text)).toArray());
  }
}
