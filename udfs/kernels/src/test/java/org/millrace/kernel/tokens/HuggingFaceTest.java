package org.millrace.kernel.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class HuggingFaceTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  /** Splits like GPT-2's or, with other line ends, like cl100k's. */
  private static final String GPT2 =
      "{'type':'ByteLevel','add_prefix_space':false,'trim_offsets':true,'use_regex':true}";

  private static final String CL100K =
      "{'type':'Sequence','pretokenizers':[{'type':'Split','pattern':{'Regex':'(?i:[sdmt]|ll|ve|re)"
          + "|[^\\\\r\\\\n\\\\p{L}\\\\p{N}]?+\\\\p{L}+|\\\\p{N}{1,3}| ?[^\\\\s\\\\p{L}\\\\p{N}]++[\\\\r\\\\n]*"
          + "|\\\\s*[\\\\r\\\\n]|\\\\s+(?!\\\\S)|\\\\s+'},'behavior':'Isolated','invert':false},"
          + "{'type':'ByteLevel','add_prefix_space':false,'trim_offsets':true,'use_regex':false}]}";

  private static final String BERT = "{'type':'BertPreTokenizer'}";
  private static final String METASPACE =
      "{'type':'Metaspace','replacement':'▁','prepend_scheme':'always','split':true}";

  @TempDir Path folder;

  @Test
  void neitherTruncatesNorPads() throws IOException {
    var json = model(GPT2);
    json.set(
        "truncation",
        json("{'direction':'Right','max_length':4,'strategy':'LongestFirst','stride':0}"));
    json.set(
        "padding",
        json(
            "{'strategy':{'Fixed':128},'direction':'Right','pad_to_multiple_of':null,'pad_id':0,"
                + "'pad_type_id':0,'pad_token':'<|endoftext|>'}"));

    try (var tokenizer = open(json)) {
      assertThat(tokenizer.encode("xyz xyz xyz")).hasSize(11);
      assertThat(tokenizer.encode("x")).containsExactly(1 + 'x');
    }
  }

  @Test
  void addsNoSpecialTokens() throws IOException {
    var json = model(GPT2);
    json.set(
        "post_processor",
        json(
            "{'type':'TemplateProcessing','single':[{'SpecialToken':{'id':'<|endoftext|>',"
                + "'type_id':0}},{'Sequence':{'id':'A','type_id':0}}],'pair':[],'special_tokens':"
                + "{'<|endoftext|>':{'id':'<|endoftext|>','ids':[0],'tokens':['<|endoftext|>']}}}"));

    try (var tokenizer = open(json)) {
      assertThat(tokenizer.encode("xy")).containsExactly(1 + 'x', 1 + 'y');
    }
  }

  @Test
  void aTokenBeyondTheModelCountsAndIsSpelledOut() throws IOException {
    var json = model(GPT2);
    json.withArray("added_tokens")
        .add(
            json(
                "{'id':900,'content':'<|eod|>','single_word':false,'lstrip':false,"
                    + "'rstrip':false,'normalized':false,'special':true}"));

    try (var tokenizer = Tokenizers.open(write(json), "<|eod|>")) {
      assertThat(tokenizer.vocabularySize()).isEqualTo(901);
      assertThat(tokenizer.endOfDocument()).isEqualTo(900);
      assertThat(tokenizer.decode(new int[] {1 + 'x', 900, 1 + 'y'})).isEqualTo("x<|eod|>y");
    }
  }

  @ParameterizedTest
  @CsvSource({"true, GPT2", "true, CL100K", "true, BERT", "false, METASPACE"})
  void aLongTextHasTheTokensOfTheWholeOne(boolean cut, String preTokenizer) throws IOException {
    var steps =
        switch (preTokenizer) {
          case "GPT2" -> GPT2;
          case "CL100K" -> CL100K;
          case "BERT" -> BERT;
          default -> METASPACE;
        };
    var whole = model(steps);
    // A token that the text doesn't have but that forbids cuts.
    whole
        .withArray("added_tokens")
        .add(
            json(
                "{'id':901,'content':'never\\nthere','single_word':false,'lstrip':false,"
                    + "'rstrip':false,'normalized':false,'special':false}"));
    var text = longText();

    try (var tokenizer = open(model(steps));
        var uncut = open(whole)) {
      assertThat(HuggingFaceFile.read(Path.of(tokenizer.name())).cuttable()).isEqualTo(cut);
      assertThat(HuggingFaceFile.read(Path.of(uncut.name())).cuttable()).isFalse();
      assertThat(tokenizer.encode(text)).isEqualTo(uncut.encode(text));
    }
  }

  @Test
  void manyThreadsEncodeTheSame() throws IOException {
    var texts = IntStream.range(0, 400).mapToObj(i -> "the text " + i * 7919 + " 世界").toList();

    try (var tokenizer = open(model(GPT2))) {
      var together = texts.parallelStream().map(tokenizer::encode).toList();

      assertThat(together.toArray()).isEqualTo(texts.stream().map(tokenizer::encode).toArray());
    }
  }

  @Test
  void aBrokenFileIsRefusedInOneLine() throws IOException {
    var whole = JSON.writeValueAsString(model(GPT2));
    var file = folder.resolve("broken.json");
    var random = new Random(11);
    for (int i = 0; i < 100; i++) {
      Files.writeString(file, whole.substring(0, random.nextInt(whole.length())));

      assertThatThrownBy(() -> Tokenizers.open(file.toString()))
          .isInstanceOf(IllegalArgumentException.class)
          .hasMessageContaining(file + " is no Hugging Face tokenizer.json");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = ';',
      quoteCharacter = '~',
      value = {
        "[]",
        "{}",
        "{'model':{}}",
        "{'model':{'vocab':7}}",
        "{'model':{'vocab':{'a':'b'}}}"
      })
  void aFileOfAnotherFormIsRefused(String json) throws IOException {
    var file = folder.resolve("other.json");
    Files.writeString(file, json.replace('\'', '"'));

    assertThatThrownBy(() -> Tokenizers.open(file.toString()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining(file + " is no Hugging Face tokenizer.json");
  }

  /** Some 300,000 characters of words, breaks and marks such that cuts and near-cuts are common. */
  private static String longText() {
    var random = new Random(17);
    var parts =
        List.of(
            "the", "cat", "You'll", "世界", "。", "!", " ", " ", "  ", "\n", "\n\n", " \n", "\r\n",
            "\t", "\u3000", "e\u0301", "😀", "42", "/", "'s", "\u001C");
    var text = new StringBuilder();
    while (text.length() < 300_000) {
      text.append(parts.get(random.nextInt(parts.size())));
    }
    return text.toString();
  }

  /** A byte-level vocabulary that knows a few words and has another pre-tokenizer. */
  private ObjectNode model(String preTokenizer) throws IOException {
    var trainer = BpeTrainer.of(300, List.of("<|endoftext|>"));
    var file = folder.resolve("trained.json");
    trainer
        .train(trainer.wordCounts("the cat the cat !\n世界世界 the cats\n".repeat(4)))
        .writeTokenizerJson(file);
    var json = (ObjectNode) JSON.readTree(file.toFile());
    json.set("pre_tokenizer", json(preTokenizer));
    return json;
  }

  private static JsonNode json(String quoted) throws IOException {
    return JSON.readTree(quoted.replace('\'', '"'));
  }

  private Tokenizer open(JsonNode json) throws IOException {
    return HuggingFace.open(Path.of(write(json)), null);
  }

  private String write(JsonNode json) throws IOException {
    var file = Files.createTempFile(folder, "tokenizer", ".json");
    JSON.writeValue(file.toFile(), json);
    return file.toString();
  }
}
