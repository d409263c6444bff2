package org.millrace.batch.corpus;

import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.millrace.batch.Command;

/**
 * Documents made for a test, and the command run on them.
 *
 * @param texts by id, which is {@code SOURCE-NUMBER}
 */
record Corpus(Map<String, String> texts) {

  private static final String[] WORDS = {
    "the", "river", "of", "data", "runs", "42", "天下", "大势", "分久必合", "。", "明月几时有", "😀", "\n"
  };

  /** Documents of random words. */
  static Corpus random(Map<String, Integer> documentsBySource) {
    var random = new Random(5);
    var texts = new TreeMap<String, String>();
    new TreeMap<>(documentsBySource)
        .forEach(
            (source, documents) -> {
              for (int i = 0; i < documents; i++) {
                texts.put("%s-%03d".formatted(source, i), text(random, 1 + random.nextInt(30)));
              }
            });
    return new Corpus(texts);
  }

  private static String text(Random random, int words) {
    var text = new StringBuilder();
    for (int i = 0; i < words; i++) {
      text.append(WORDS[random.nextInt(WORDS.length)]).append(random.nextBoolean() ? " " : "");
    }
    return text.toString();
  }

  static String source(String id) {
    return id.substring(0, id.lastIndexOf('-'));
  }

  /** The same with one more. */
  Corpus with(String id, String text) {
    var more = new TreeMap<>(texts);
    more.put(id, text);
    return new Corpus(more);
  }

  /** Writes it as JSON lines. */
  Path write(Path file) throws IOException {
    var json = new ObjectMapper();
    var lines = new ArrayList<String>();
    for (var text : texts.entrySet()) {
      var record = new LinkedHashMap<String, String>();
      record.put("doc_id", text.getKey());
      record.put("source", source(text.getKey()));
      record.put("text", text.getValue());
      lines.add(json.writeValueAsString(record));
    }
    return Files.write(file, lines);
  }

  /** Runs {@code corpus} on a file. */
  static Command run(Path input, Path output, String steps, String... more) {
    var arguments = new ArrayList<String>();
    arguments.addAll(List.of("--input", input.toString(), "--output", output.toString()));
    arguments.addAll(List.of("--steps", steps));
    arguments.addAll(List.of(more));
    return Command.run(new CorpusJob(), arguments.toArray(String[]::new));
  }

  /** Settings by which each file is read and shuffled in so many partitions, however small. */
  static String[] partitions(int number, Path input) throws IOException {
    return new String[] {
      "--conf",
      "spark.sql.shuffle.partitions=" + number,
      "--conf",
      "spark.sql.adaptive.coalescePartitions.enabled=false",
      "--conf",
      "spark.sql.files.openCostInBytes=1",
      "--conf",
      "spark.sql.files.maxPartitionBytes=" + (Files.size(input) / number + 1)
    };
  }
}
