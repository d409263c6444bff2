package org.millrace.batch.corpus;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.batch.Command;
import org.millrace.kernel.tokens.BpeModel;
import org.millrace.kernel.tokens.BpeTrainer;
import org.millrace.kernel.tokens.Tokenizers;

class VocabularyITCase {

  private static final BpeTrainer TRAINER = BpeTrainer.of(300, List.of("<|endoftext|>"));

  @TempDir private Path folder;

  private static Map<String, Long> words(Corpus corpus) {
    var counts = new HashMap<String, Long>();
    for (var text : corpus.texts().values()) {
      TRAINER.wordCounts(text).forEach((word, n) -> counts.merge(word, n, Long::sum));
    }
    return counts;
  }

  private Path written(BpeModel model) throws IOException {
    var file = folder.resolve("expected.json");
    model.writeTokenizerJson(file);
    return file;
  }

  @Test
  void itIsTheOneOfAllTextsTogetherHoweverTheyArePartitioned() throws IOException {
    var corpus = Corpus.random(Map.of("web", 100)).with("web-empty", "");
    var input = corpus.write(folder.resolve("corpus.jsonl"));
    var expected = written(TRAINER.train(words(corpus)));

    for (int partitions : new int[] {1, 4}) {
      var out = folder.resolve("out" + partitions);
      var arguments = new java.util.ArrayList<>(List.of("--set", "vocabulary.size=300"));
      arguments.addAll(List.of(Corpus.partitions(partitions, input)));
      var command = Corpus.run(input, out, "vocabulary", arguments.toArray(String[]::new));

      assertThat(command.status()).as(command.said()).isZero();
      assertThat(out.resolve("02-vocabulary/tokenizer.json")).hasSameTextualContentAs(expected);
      assertThat(Command.manifest(out).get("counts").get("02-vocabulary.entries").asLong())
          .isEqualTo(300);
    }
  }

  @Test
  void onlyTheMostFrequentWordsAreLearnedFrom() throws IOException {
    var corpus = new Corpus(Map.of("web-0", "abab abab abab", "web-1", "cd cd cd", "web-2", "ef"));
    var input = corpus.write(folder.resolve("corpus.jsonl"));
    var out = folder.resolve("out");

    var command =
        Corpus.run(
            input,
            out,
            "vocabulary",
            "--set",
            "vocabulary.size=999",
            "--set",
            "vocabulary.words=2");

    // Twice each: " abab" and " cd"; the words at the beginning of texts are rarer.
    assertThat(command.status()).as(command.said()).isZero();
    var expected =
        written(BpeTrainer.of(999, List.of("<|endoftext|>")).train(Map.of(" abab", 2L, " cd", 2L)));
    assertThat(out.resolve("02-vocabulary/tokenizer.json")).hasSameTextualContentAs(expected);
  }

  @Test
  void packTakesTheVocabularyOfTheStepBeforeAlsoWhereTheOutputIsRelative() throws IOException {
    var corpus = Corpus.random(Map.of("web", 30));
    var input = corpus.write(folder.resolve("corpus.jsonl"));
    var out = Files.createTempDirectory(Path.of("target"), "vocabulary").resolve("out");

    var command =
        Corpus.run(
            input,
            out,
            "vocabulary,pack,vocabulary,pack",
            "--set",
            "vocabulary.size=300",
            "--set",
            "pack.length=8");

    assertThat(command.status()).as(command.said()).isZero();
    var file = out.resolve("02-vocabulary/tokenizer.json");
    assertThat(out.resolve("04-vocabulary/tokenizer.json")).hasSameTextualContentAs(file);
    var tokenizer = Tokenizers.open(file.toString());
    long tokens = corpus.texts().values().stream().mapToInt(t -> tokenizer.encode(t).length).sum();
    for (var stage : new String[] {"03-pack", "05-pack"}) {
      var counts = Command.manifest(out).get("counts");
      assertThat(counts.get(stage + ".tokens").asLong()).isEqualTo(tokens);
      assertThat(
              SparkSession.active()
                  .read()
                  .parquet(out.resolve(stage).resolve("windows").toString())
                  .count())
          .isEqualTo((tokens + 30 + 7) / 8);
    }
  }
}
