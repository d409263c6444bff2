package org.millrace.batch.corpus;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import java.io.IOException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.function.MapPartitionsFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.millrace.command.UserError;
import org.millrace.kernel.tokens.BpeTrainer;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/** Learns a byte-pair vocabulary from the corpus: words counted on the cluster, merged on one. */
@Command(
    name = "vocabulary",
    description = "Trains a byte-level BPE vocabulary on the documents; leaves tokenizer.json.")
final class VocabularyStep implements Step, Pass.Side {

  /** The file that the step leaves in its folder. */
  static final String FILE = "tokenizer.json";

  /** The token that ends a document. */
  static final String END = "<|endoftext|>";

  @Option(
      names = "--size",
      defaultValue = "40000",
      description = "Entries of the vocabulary; PanGu has 40,000.")
  int size;

  @Option(
      names = "--words",
      defaultValue = "2000000",
      description =
          "At most so many of the most frequent words are learned from; equally frequent ones stay or"
              + " go together.")
  int words;

  @Override
  public void check() {
    if (size < 257 || words < 1) {
      throw UserError.usage("vocabulary: size is 257 or more, words 1 or more");
    }
  }

  @Override
  public List<Pass> passes() {
    return List.of(this);
  }

  @Override
  public void apply(Dataset<Row> documents, List<Stage> earlier, Workshop work) throws IOException {
    int entries = size;
    var counts =
        documents
            .select("text")
            .as(Encoders.STRING())
            .mapPartitions(
                (MapPartitionsFunction<String, String>)
                    texts -> new Words(texts, BpeTrainer.of(entries, List.of(END))),
                Encoders.STRING())
            .toDF("word")
            .groupBy("word")
            .agg(count(lit(1)).as("count"));
    var all = work.checkpoint("words", counts);
    var kept = all.where(col("count").geq(leastCount(all)));
    var model = BpeTrainer.of(size, List.of(END)).train(entries(kept));
    var file = Files.createTempFile("millrace", ".json");
    try {
      model.writeTokenizerJson(file);
      work.write(FILE, Files.readAllBytes(file));
    } finally {
      Files.delete(file);
    }
    work.count("different_words", kept.count());
    work.count("entries", model.vocabularySize());
  }

  /**
   * How often a word must occur for at most {@link #words} to be left; words that are equally
   * frequent stay or go together. A sort would hold the words in the memory of one task.
   */
  private long leastCount(Dataset<Row> counts) {
    var byCount =
        counts.groupBy("count").agg(count(lit(1)).as("words")).orderBy(col("count").desc());
    long sum = 0;
    long least = Long.MAX_VALUE;
    for (var row : byCount.collectAsList()) {
      sum += row.getLong(1);
      if (sum > words) {
        break;
      }
      least = row.getLong(0);
    }
    return least;
  }

  private static Iterator<Map.Entry<String, Long>> entries(Dataset<Row> counts) {
    var rows = counts.toLocalIterator();
    return new Iterator<>() {
      @Override
      public boolean hasNext() {
        return rows.hasNext();
      }

      @Override
      public Map.Entry<String, Long> next() {
        var row = rows.next();
        return Map.entry(row.getString(0), row.getLong(1));
      }
    };
  }

  /** The words of texts, one text's at a time. */
  private static final class Words implements Iterator<String> {
    private final Iterator<String> texts;
    private final BpeTrainer trainer;
    private final ArrayDeque<String> words = new ArrayDeque<>();

    private Words(Iterator<String> texts, BpeTrainer trainer) {
      this.texts = texts;
      this.trainer = trainer;
    }

    @Override
    public boolean hasNext() {
      while (words.isEmpty() && texts.hasNext()) {
        trainer.forEachWord(texts.next(), words::add);
      }
      return !words.isEmpty();
    }

    @Override
    public String next() {
      if (!hasNext()) {
        throw new NoSuchElementException();
      }
      return words.remove();
    }
  }
}
