package org.millrace.bench.strategies;

import static org.apache.spark.ml.functions.array_to_vector;
import static org.apache.spark.sql.functions.col;

import java.nio.file.Files;
import java.util.List;
import java.util.concurrent.Callable;
import org.apache.spark.ml.clustering.KMeans;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.millrace.batch.strategies.cluster.DpMeansSettings;
import org.millrace.batch.strategies.cluster.LambdaChoice;
import org.millrace.batch.strategies.cluster.SparkDpMeans;
import org.millrace.bench.corpus.Folders;
import org.millrace.bench.corpus.Machine;
import org.millrace.udf.Functions;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * DP-means of a table beside Spark ML's {@code KMeans} with as many clusters, both from the same
 * Parquet files to centres and cost. λ is found too, by as many farthest-first rounds as clusters
 * are wanted.
 */
@Command(
    name = "strategies",
    mixinStandardHelpOptions = true,
    description = "Times DP-means beside Spark ML's KMeans.")
public final class StrategiesBench implements Callable<Integer> {

  private static final long WARM = 20_000;

  @Option(
      names = "--rows",
      split = ",",
      defaultValue = "100000,1000000",
      description = "Sizes of the tables. Default: ${DEFAULT-VALUE}.")
  List<Long> rows;

  @Option(
      names = "--dimensions",
      defaultValue = "64",
      description = "Numbers of a vector. Default: ${DEFAULT-VALUE}.")
  int dimensions;

  @Option(
      names = "--clusters",
      defaultValue = "100",
      description = "Planted, and wanted. Default: ${DEFAULT-VALUE}.")
  int clusters;

  @Option(
      names = "--separation",
      defaultValue = "16",
      description =
          "Of planted centres, in standard deviations of one number. Default: ${DEFAULT-VALUE}.")
  double separation;

  @Option(
      names = "--starts",
      split = ",",
      defaultValue = "1",
      description = "Numbers of starts of DP-means, a line each. Default: ${DEFAULT-VALUE}.")
  List<Integer> starts;

  @Option(
      names = "--peer-rows",
      defaultValue = "2000000",
      description = "Above so many rows KMeans is left out. Default: ${DEFAULT-VALUE}.")
  long peerRows;

  /** What came of a clustering. */
  private record Outcome(int clusters, double cost, int rounds) {}

  /** Prints the table. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new StrategiesBench()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    var spark = session();
    var folder = Files.createTempDirectory("millrace-bench");
    try {
      var data = new GaussianTable(clusters, dimensions, separation, 1);
      var warm = table(spark, data, WARM, folder.resolve("warm").toString());
      dpMeans(warm, 1);
      kMeans(warm, clusters);
      System.out.printf(
          "%d dimensions, %d planted clusters %.0f standard deviations apart%n",
          dimensions, clusters, separation);
      System.out.printf(
          "%-22s %12s %9s %9s %9s %7s %14s%n",
          "", "rows", "seconds", "CPU s", "clusters", "rounds", "cost");
      for (long size : rows) {
        measure(table(spark, data, size, folder.resolve("rows").toString()), size);
      }
      return 0;
    } finally {
      Folders.delete(folder);
    }
  }

  /** As the launcher has it. */
  private static SparkSession session() {
    var spark =
        SparkSession.builder()
            .appName("millrace bench")
            .master("local[*]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", 2 * Runtime.getRuntime().availableProcessors())
            .getOrCreate();
    Functions.register(spark);
    return spark;
  }

  private static Dataset<Row> table(
      SparkSession spark, GaussianTable data, long size, String path) {
    data.write(spark, size, path);
    return spark.read().parquet(path);
  }

  private void measure(Dataset<Row> table, long size) throws Exception {
    var seconds = new double[starts.size()];
    int found = clusters;
    for (int s = 0; s < seconds.length; s++) {
      int count = starts.get(s);
      var outcome = new Outcome[1];
      var time = Machine.timed(() -> outcome[0] = dpMeans(table, count));
      print("DP-means, starts " + count, size, time, outcome[0]);
      found = outcome[0].clusters();
      seconds[s] = time.wall();
    }
    System.out.printf("peak memory of the process so far: %,d MB%n", Machine.peak() >> 20);
    if (size <= peerRows) {
      int k = found;
      var outcome = new Outcome[1];
      var time = Machine.timed(() -> outcome[0] = kMeans(table, k));
      print("Spark ML KMeans", size, time, outcome[0]);
      for (int s = 0; s < seconds.length; s++) {
        System.out.printf(
            "DP-means with starts %d takes %.2f of its time%n",
            starts.get(s), seconds[s] / time.wall());
      }
    }
  }

  private static void print(String name, long size, Machine.Time time, Outcome outcome) {
    System.out.printf(
        "%-22s %,12d %9.1f %9.1f %9d %7d %14.6g%n",
        name, size, time.wall(), time.cpu(), outcome.clusters(), outcome.rounds(), outcome.cost());
  }

  private Outcome dpMeans(Dataset<Row> table, int count) {
    var found =
        SparkDpMeans.of(table, DpMeansSettings.of(LambdaChoice.clusters(clusters)).starts(count));
    int k = found.fit().centres().count();
    return new Outcome(k, found.fit().objective() - found.lambda() * k, found.fit().rounds());
  }

  private static Outcome kMeans(Dataset<Row> table, int k) {
    var model =
        new KMeans()
            .setK(k)
            .setSeed(1)
            .fit(table.select(array_to_vector(col("vector")).as("features")));
    return new Outcome(
        model.clusterCenters().length, model.summary().trainingCost(), model.summary().numIter());
  }
}
