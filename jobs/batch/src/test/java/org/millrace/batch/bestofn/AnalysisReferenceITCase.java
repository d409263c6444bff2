package org.millrace.batch.bestofn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.io.File;
import java.io.FileInputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.IntStream;
import java.util.zip.GZIPInputStream;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.batch.Command;
import org.millrace.batch.SharedData;
import org.millrace.batch.job.BatchJob;

/** The analysis of the real files against the published and computed numbers. */
class AnalysisReferenceITCase {

  private static final double PRINTED = 5.1e-7;

  @TempDir private Path folder;

  private Path run(BatchJob job, String output, String... arguments) {
    var all = new ArrayList<>(List.of("--output", folder.resolve(output).toString()));
    all.addAll(List.of(arguments));
    var command = Command.run(job, all.toArray(String[]::new));
    assertThat(command.status()).as(command.said()).isZero();
    return folder.resolve(output);
  }

  /** Lines of a table without its heading, as cells. */
  private static List<String[]> table(Path output, String name) throws IOException {
    return Files.readAllLines(output.resolve("analysis/" + name + ".csv")).stream()
        .skip(1)
        .map(line -> line.split(",", -1))
        .toList();
  }

  private static String[] row(List<String[]> table, String... key) {
    return table.stream()
        .filter(row -> Arrays.equals(row, 0, key.length, key, 0, key.length))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no row " + List.of(key)));
  }

  private static double number(String cell) {
    return Double.parseDouble(cell);
  }

  @Test
  void gpqaVotingAgainstVerifying() throws Exception {
    var scores =
        run(
            new VerifyJob(),
            "scores",
            "--verifier",
            "choice",
            "--input",
            SharedData.file("bestofn/gpqa64_x128_genrm64x32.jsonl"),
            "--columns",
            "prompt_id=problem,target=gold,text=answers,votes=verifications");

    var best = run(new SelectJob(), "best", "--input", scores.toString());

    var grid =
        new ObjectMapper()
            .readTree(new File(SharedData.file("bestofn/gpqa64_published_grid.json")));
    var pass = Command.curves(best).get("pass");
    grid.get("coverage")
        .properties()
        .forEach(
            cell ->
                assertThat(pass.get(Integer.valueOf(cell.getKey())))
                    .isCloseTo(cell.getValue().asDouble(), within(1e-3)));
    var compute = table(best, "compute");
    var cells = grid.get("best_of_k").properties();
    assertThat(cells).hasSize(42);
    cells.forEach(
        cell -> {
          var key = cell.getKey().substring(1).split("_V");
          assertThat(number(row(compute, "verified", key[0], key[1])[4]))
              .isCloseTo(cell.getValue().asDouble(), within(.01));
        });

    var matched = table(best, "compute-matched");
    double[] budgets = {8, 32, 128, 264, 528, 1_056};
    assertThat(
            Arrays.stream(budgets)
                .map(budget -> number(row(matched, String.valueOf(budget))[6]))
                .toArray())
        .containsExactly(
            new double[] {.473366, .477507, .480058, .491114, .495933, .500441}, within(PRINTED));
    var last = matched.get(matched.size() - 1);
    assertThat(List.of(last).subList(3, 5)).containsExactly("64", "32");
    assertThat(number(last[0])).isEqualTo(2_112);
    assertThat(number(last[6])).isCloseTo(.508739, within(PRINTED));
    assertThat(last[1]).isEqualTo("8");
    assertThat(number(last[2])).isCloseTo(.488729, within(PRINTED));
    assertThat(Files.readString(best.resolve("report.html")))
        .contains("Lambda is 1 (assumed")
        .contains(
            "Voting is best at S=8 (48.87 %). Verifying reaches that from S=8, V=32 at a cost")
        .contains("of 264 samples, 33.0 times voting's.".replace("'", "&#39;"))
        .contains("Verifying is best at S=64, V=32 (50.87 %, cost 2,112).")
        // Every digit stands in the page.
        .contains("title=\"" + last[6] + "\"", "title=\"" + last[2] + "\"");

    var laws = table(best, "laws");
    var coverage = row(laws, "pass", "coverage");
    assertThat(number(coverage[2])).isCloseTo(-.752785, within(PRINTED));
    assertThat(number(coverage[3])).isCloseTo(-.348995, within(PRINTED));
    assertThat(number(coverage[6])).isCloseTo(.0178, within(5.1e-5));
    var saturation = row(laws, "pass", "saturation");
    assertThat(number(saturation[4])).isCloseTo(.474366, within(PRINTED));
    assertThat(number(saturation[5])).isCloseTo(.784376, within(PRINTED));
    assertThat(number(saturation[6])).isCloseTo(.0552, within(5.1e-5));
  }

  @Test
  void game24LawsForetellTheHundredth() throws Exception {
    var best =
        run(
            new SelectJob(),
            "best",
            "--input",
            SharedData.file("bestofn/game24_cot_100x100.jsonl"),
            "--columns",
            "prompt_id=idx,text=ys,verdict=r",
            "--selectors",
            "pass",
            "--fit-k",
            "64");

    var laws = table(best, "laws");
    var coverage = row(laws, "pass", "coverage");
    assertThat(number(coverage[2])).isCloseTo(-3.265318, within(PRINTED));
    assertThat(number(coverage[3])).isCloseTo(-.328431, within(PRINTED));
    var saturation = row(laws, "pass", "saturation");
    assertThat(number(saturation[4])).isCloseTo(.067546, within(PRINTED));
    assertThat(number(saturation[5])).isCloseTo(.421641, within(PRINTED));
    assertThat(List.of(saturation).subList(7, 9)).containsExactly("15", "48");
    var hundredth = row(table(best, "fits"), "pass", "100");
    assertThat(number(hundredth[2])).isCloseTo(.49, within(1e-9));
    assertThat(number(hundredth[3])).isCloseTo(.486970, within(PRINTED));
  }

  @Test
  void mathByTheFirstToEnd() throws Exception {
    var file = SharedData.file("bestofn/math100_x8_orm.jsonl.gz");

    var best =
        run(
            new SelectJob(),
            "best",
            "--input",
            file,
            "--columns",
            "prompt_id=idx,target=gt,answer=pred,verdict=score,score=rm,length=resp_chars",
            "--selectors",
            "majority,short-m",
            "--short-m",
            "1,2,3,5");

    var account = table(best, "parallel");
    double[] accuracies = {.91, .91, .93, .94};
    int[] firsts = {1, 2, 3, 5};
    var sizes = sizes(file);
    for (int i = 0; i < firsts.length; i++) {
      int m = firsts[i];
      var row = row(account, "short-" + m, "8");
      // At k = 8 the only subset is the file's eight.
      assertThat(number(row[2]))
          .isCloseTo(
              sizes.stream().mapToDouble(s -> s[m - 1]).average().orElseThrow(), within(1e-6));
      assertThat(number(row[3]))
          .isCloseTo(
              sizes.stream()
                  .mapToDouble(s -> Arrays.stream(s).map(size -> Math.min(size, s[m - 1])).sum())
                  .average()
                  .orElseThrow(),
              within(1e-6));
      assertThat(number(row[7])).isCloseTo(accuracies[i], within(1e-9));
    }
    var all = row(account, "all", "8");
    assertThat(number(all[2]))
        .isCloseTo(sizes.stream().mapToDouble(s -> s[7]).average().orElseThrow(), within(1e-6));
    assertThat(number(all[7])).isCloseTo(.93, within(1e-9));
  }

  /** Lengths of the eight responses of each problem, ascending. */
  private static List<double[]> sizes(String file) throws IOException {
    var sizes = new ArrayList<double[]>();
    try (var in = new GZIPInputStream(new FileInputStream(file))) {
      var records = new ObjectMapper().readerFor(JsonNode.class);
      var lines = records.<JsonNode>readValues(in);
      while (lines.hasNext()) {
        var lengths = lines.next().get("resp_chars");
        sizes.add(
            IntStream.range(0, lengths.size())
                .mapToDouble(i -> lengths.get(i).asDouble())
                .sorted()
                .toArray());
      }
    }
    return sizes;
  }

  @Test
  void gsm8kMeasuresWhatACritiqueCosts() throws Exception {
    var best =
        run(
            new SelectJob(),
            "best",
            "--input",
            SharedData.file("bestofn/gsm8k_genrm_dev.tsv.gz"),
            "--columns",
            "prompt_id=question_id,sample_index=output_id,answer=extracted,verdict=correct,"
                + "length=chars,votes=votes,votes_length=verif_chars",
            "--selectors",
            "majority,best-score",
            "--k",
            "1,2,4,8");

    assertThat(Files.readString(best.resolve("report.html")))
        .contains("Lambda is 2.521 (measured: 854.7 a vote by 339.0 an answer");
    assertThat(table(best, "compute"))
        .filteredOn(row -> row[2].equals("4") && row[1].equals("1"))
        .extracting(row -> number(row[3]))
        .singleElement()
        .satisfies(cost -> assertThat(cost).isCloseTo(1 + 4 * 2.5211, within(4 * 5.1e-5)));
  }

  @Test
  void textJudgeBySumOfVotes() throws Exception {
    var best =
        run(
            new SelectJob(),
            "best",
            "--input",
            SharedData.file("bestofn/text_judge_100x10x5.jsonl"),
            "--columns",
            "prompt_id=idx,votes=ratings",
            "--ties",
            "first");

    var choices =
        SparkSession.active()
            .read()
            .parquet(best.resolve("selections").toString())
            .where("selector = 'best-score'")
            .selectExpr("cast(prompt_id as int) id", "sample_index", "tied")
            .orderBy("id")
            .collectAsList();
    var ties = new TreeMap<Integer, Integer>();
    choices.forEach(choice -> ties.merge(choice.getInt(2), 1, Integer::sum));
    assertThat(ties.toString()).isEqualTo("{1=78, 2=17, 3=3, 4=1, 6=1}");
    assertThat(choices.stream().limit(10).map(choice -> choice.getInt(1)))
        .containsExactly(7, 2, 2, 0, 2, 9, 8, 4, 0, 1);
  }
}
