package org.millrace.kernel.verify;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.entry;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.zip.GZIPInputStream;
import org.junit.jupiter.api.Test;

/** The verifiers agree with the labels of real answers. */
class SharedLabelsTest {

  private static final ObjectMapper JSON = new ObjectMapper();

  @Test
  void chainsOfThoughtInTheGameOf24() throws IOException {
    var verdicts = game24("game24_cot_100x100.jsonl");

    // Wrong numbers 6,219 and wrong values 3,365; unbalanced brackets, "!" and prose 13.
    assertThat(verdicts)
        .containsOnly(
            entry(Verdict.CORRECT, 403),
            entry(Verdict.INCORRECT, 6_219 + 3_365),
            entry(Verdict.UNPARSED, 13));
  }

  @Test
  void treesOfThoughtInTheGameOf24() throws IOException {
    var verdicts = game24("game24_tot_100x5.jsonl");

    assertThat(verdicts)
        .containsOnly(entry(Verdict.CORRECT, 119), entry(Verdict.INCORRECT, 379 + 2));
  }

  /** Counts of verdicts, each checked against its label. */
  private static Map<Verdict, Integer> game24(String file) throws IOException {
    var game = new Game24();
    var counts = new EnumMap<Verdict, Integer>(Verdict.class);
    for (var problem : records(file)) {
      var texts = problem.get("ys");
      assertThat(problem.get("r")).hasSameSizeAs(texts);
      for (int i = 0; i < texts.size(); i++) {
        var text = texts.get(i).asText();
        var verdict = game.judge(problem.get("puzzle").asText(), null, text).verdict();
        assertThat(verdict == Verdict.CORRECT)
            .as("puzzle %s, sample %d: %s", problem.get("puzzle"), i, text)
            .isEqualTo(problem.get("r").get(i).asInt() == 1);
        counts.merge(verdict, 1, Integer::sum);
      }
    }
    return counts;
  }

  @Test
  void choicesOfGpqa() throws IOException {
    var choice = new MultipleChoice("ABCD");
    var counts = new EnumMap<Verdict, Integer>(Verdict.class);
    for (var problem : records("gpqa64_x128_genrm64x32.jsonl")) {
      for (var answer : problem.get("answers")) {
        var judgement = choice.judge(null, problem.get("gold").asText(), answer.asText());
        counts.merge(judgement.verdict(), 1, Integer::sum);
      }
    }

    // 7,248 bare letters and 240 with a suffix; "[invalidanswer]" 451 times, empty 175; 78 others.
    assertThat(counts)
        .containsOnly(
            entry(Verdict.CORRECT, 3_578),
            entry(Verdict.INCORRECT, 7_248 + 240 - 3_578),
            entry(Verdict.UNPARSED, 78),
            entry(Verdict.MISSING, 451 + 175));
  }

  @Test
  void exactMatchesOfGsm8k() throws IOException {
    var exact = new ExactMatch();
    int right = 0;
    var rows = lines("gsm8k_genrm_dev.tsv.gz");
    for (var row : rows.subList(1, rows.size())) {
      // question_id, output_id, extracted, target, correct
      var fields = row.split("\t", -1);
      var verdict = exact.judge(null, fields[3], fields[2]).verdict();
      assertThat(verdict == Verdict.CORRECT).as(row).isEqualTo(fields[4].equals("1"));
      right += verdict == Verdict.CORRECT ? 1 : 0;
    }

    assertThat(rows).hasSize(1 + 142_363);
    assertThat(right).isEqualTo(100_692);
  }

  private static List<JsonNode> records(String name) throws IOException {
    return lines(name).stream().map(SharedLabelsTest::parse).toList();
  }

  private static JsonNode parse(String line) {
    try {
      return JSON.readTree(line);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static List<String> lines(String name) throws IOException {
    var root = Path.of("").toAbsolutePath();
    while (root != null && !Files.isDirectory(root.resolve("../shared/data"))) {
      root = root.getParent();
    }
    assumeTrue(root != null, "../shared/data is not here");
    var file = root.resolve("../shared/data/bestofn").resolve(name);
    try (var bytes = Files.newInputStream(file);
        var plain = name.endsWith(".gz") ? new GZIPInputStream(bytes) : bytes;
        var reader = new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8))) {
      return reader.lines().toList();
    }
  }
}
