package org.millrace.batch.strategies;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.millrace.batch.Command;
import org.millrace.kernel.strategy.classroom.ClassroomOptions;
import org.millrace.kernel.strategy.classroom.ClassroomOptions.Noise;
import org.millrace.kernel.strategy.classroom.StepLogWriter;
import org.millrace.kernel.strategy.cluster.Contingency;

/** What was planted into a classroom, found by the whole job with its own embedder. */
class PlantedClassroomITCase {

  @TempDir static Path folder;

  private static Found usual;

  /** A run and the truth, by the key of an instance. */
  private record Found(
      Path output, Map<List<Object>, Row> clusters, Map<List<Object>, String[]> truth) {

    double rand(String cluster, int truthColumn) {
      var labels = new ArrayList<Integer>();
      var planted = new ArrayList<Integer>();
      truth.forEach(
          (key, line) -> {
            labels.add(clusters.get(key).getAs(cluster));
            planted.add(Integer.valueOf(line[truthColumn]));
          });
      return Contingency.of(ints(labels), ints(planted)).adjustedRand();
    }

    double purityOfKeys() {
      var keys = new ArrayList<Integer>();
      var planted = new ArrayList<Integer>();
      truth.forEach(
          (key, line) -> {
            var row = clusters.get(key);
            keys.add(
                row.<Integer>getAs("student_cluster") * 1000
                    + row.<Integer>getAs("problem_cluster"));
            planted.add(Integer.parseInt(line[5]) * 10 + Integer.parseInt(line[6]));
          });
      return Contingency.of(ints(keys), ints(planted)).purity();
    }

    private static int[] ints(List<Integer> values) {
      return values.stream().mapToInt(Integer::intValue).toArray();
    }

    Row curve(String sample, double share) {
      return SparkSession.active()
          .read()
          .parquet(output.resolve("curves").toString())
          .where("sample = '" + sample + "' AND predictor = 'key' AND share = " + share)
          .first();
    }
  }

  @BeforeAll
  static void runTheJob() throws Exception {
    usual = run("usual", Noise.DEFAULT);
  }

  private static Found run(String name, Noise noise) throws Exception {
    var log = folder.resolve(name + ".txt");
    var truth = folder.resolve(name + "_truth.tsv");
    try (var steps = Files.newBufferedWriter(log);
        var planted = Files.newBufferedWriter(truth)) {
      StepLogWriter.write(ClassroomOptions.DEFAULT.with(noise), steps, planted);
    }
    var output = folder.resolve(name);
    var command =
        Command.run(
            new StrategiesJob(),
            "--input=" + log,
            "--dimensions=64",
            "--predictor=key",
            "--clusters=6,8",
            "--output=" + output);
    assertThat(command.status()).as(command.said()).isZero();
    var clusters = new HashMap<List<Object>, Row>();
    for (var row :
        SparkSession.active()
            .read()
            .parquet(output.resolve("clusters").toString())
            .collectAsList()) {
      clusters.put(List.of(row.get(0), row.get(1), row.get(2), row.get(3)), row);
    }
    var lines = new HashMap<List<Object>, String[]>();
    for (var line : Files.readAllLines(truth).stream().skip(1).map(l -> l.split("\t")).toList()) {
      lines.put(List.of(line[0], line[1], line[2], Integer.valueOf(line[3])), line);
    }
    assertThat(clusters.keySet()).isEqualTo(lines.keySet());
    return new Found(output, clusters, lines);
  }

  @Test
  void clustersOfProblemsAreTheFamilies() throws Exception {
    assertThat(Command.manifest(usual.output()).get("counts").get("problem_clusters").asInt())
        .isEqualTo(8);
    assertThat(usual.rand("problem_cluster", 5)).isGreaterThanOrEqualTo(.95);
  }

  @Test
  void clustersOfLearnersAreTheGroups() {
    assertThat(usual.rand("student_cluster", 4)).isGreaterThanOrEqualTo(.9);
  }

  @Test
  void keysAreAsPureAsFlippedStrategiesLetThem() {
    double formula = 1 - .05 * 2 / 3;

    assertThat(usual.purityOfKeys()).isBetween(formula - .02, formula + .02);
  }

  @Test
  void heavyNoiseLeavesTheGroups() throws Exception {
    var noisy = run("noisy", new Noise(.3, .05, .2));

    assertThat(noisy.rand("student_cluster", 4)).isGreaterThanOrEqualTo(.8);
  }

  @Test
  void aSampleOfAFewPercentPredictsForAllAlike() {
    var mvec = usual.curve("mvec", .05);
    var random = usual.curve("random", .05);
    var first = usual.curve("mvec", .01);

    // What the planted strategies themselves would get, by the facts of the generator.
    assertThat(mvec.<Double>getAs("jaccard")).isGreaterThanOrEqualTo(.842 - .03);
    assertThat(mvec.<Double>getAs("gap")).isLessThanOrEqualTo(.05);
    assertThat(mvec.<Double>getAs("jaccard"))
        .isGreaterThanOrEqualTo(random.<Double>getAs("jaccard") - .005);
    assertThat(first.<Double>getAs("jaccard"))
        .isGreaterThan(usual.curve("random", .01).<Double>getAs("jaccard"));
  }
}
