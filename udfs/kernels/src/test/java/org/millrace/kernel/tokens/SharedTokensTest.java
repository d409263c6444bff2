package org.millrace.kernel.tokens;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A vocabulary trained on real Chinese texts, here and in Hugging Face's code. */
class SharedTokensTest {

  @TempDir Path folder;

  @Test
  void bothEncodeTheFortunesAlike() throws IOException {
    var texts = fortunes();
    var trainer = BpeTrainer.of(5000, List.of("<|endoftext|>"));
    var model = trainer.train(trainer.wordCounts(String.join("\n", texts)));
    var file = folder.resolve("tokenizer.json");
    model.writeTokenizerJson(file);

    assertThat(model.vocabularySize()).isEqualTo(5000);
    try (var loaded = Tokenizers.open(file.toString())) {
      for (String text : texts) {
        int[] tokens = model.encode(text);
        assertThat(model.decode(tokens)).isEqualTo(text);
        assertThat(loaded.encode(text)).isEqualTo(tokens);
      }
    }
  }

  private static List<String> fortunes() throws IOException {
    var root = Path.of("").toAbsolutePath();
    while (root != null && !Files.isDirectory(root.resolve("../shared/data/text"))) {
      root = root.getParent();
    }
    assumeTrue(root != null, "../shared/data/text is not here");
    var json = new ObjectMapper();
    var texts = new ArrayList<String>();
    var file = root.resolve("../shared/data/text/fortunes_zh.jsonl.gz");
    try (var reader =
        new BufferedReader(
            new InputStreamReader(
                new GZIPInputStream(Files.newInputStream(file)), StandardCharsets.UTF_8))) {
      for (String line = reader.readLine(); line != null; line = reader.readLine()) {
        texts.add(json.readTree(line).get("text").asText());
      }
    }
    return texts;
  }
}
