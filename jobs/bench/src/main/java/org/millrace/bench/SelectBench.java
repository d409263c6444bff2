package org.millrace.bench;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.sort_array;
import static org.apache.spark.sql.functions.struct;

import com.sun.management.OperatingSystemMXBean;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.concurrent.Callable;
import org.apache.spark.sql.SparkSession;
import org.millrace.batch.bestofn.SelectJob;
import org.millrace.command.Commands;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code select} as a whole job on tables of Score rows, beside what Spark alone takes to group the
 * same table by prompt and sort each prompt's samples.
 */
@Command(name = "select", mixinStandardHelpOptions = true, description = "Times select.")
public final class SelectBench implements Callable<Integer> {

  private static final int SAMPLES = 100;
  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  /**
   * Seconds of a run: on the clock, and of all cores together, which a busy machine tells better.
   */
  private record Time(double wall, double cpu) {}

  /** Families of selectors that are timed, by their heading. */
  private enum Family {
    CLOSED_FORMS("pass,best-score,shortest,longest"),
    MAJORITY("majority"),
    DRAWN("weighted-majority,borda,short-m"),
    ALL("all");

    private final String selectors;

    Family(String selectors) {
      this.selectors = selectors;
    }
  }

  @Option(
      names = "--rows",
      split = ",",
      defaultValue = "1000000,5000000,10000000",
      description = "Sizes of the tables. Default: ${DEFAULT-VALUE}.")
  List<Long> rows;

  @Option(
      names = "--families",
      split = ",",
      defaultValue = "CLOSED_FORMS,MAJORITY,DRAWN,ALL",
      description = "Of ${COMPLETION-CANDIDATES}. Default: ${DEFAULT-VALUE}.")
  List<Family> families;

  @Option(
      names = "--runs",
      defaultValue = "3",
      description =
          "Runs of each, the first to warm up; the best counts. Default: ${DEFAULT-VALUE}.")
  int runs;

  /** Prints the table. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new SelectBench()).execute(args));
  }

  @Override
  public Integer call() throws IOException {
    var folder = Files.createTempDirectory("millrace-bench");
    try {
      System.out.printf(
          "%-14s %10s %12s %9s %14s %9s%n",
          "", "rows", "rows/s", "of Spark", "rows/s of CPU", "of Spark");
      for (long size : rows) {
        var scores = scores(folder, size);
        var spark = best(() -> groupAndSort(scores));
        print("Spark alone", size, spark, spark);
        for (var family : families) {
          print(
              family.name().toLowerCase(Locale.ROOT),
              size,
              best(() -> select(scores, family, folder.resolve("best"))),
              spark);
        }
        System.out.printf("peak memory of the process so far: %s%n", peakMemory());
      }
      return 0;
    } finally {
      delete(folder);
    }
  }

  private static void print(String name, long size, Time time, Time spark) {
    System.out.printf(
        "%-14s %,10d %,12.0f %8.2fx %,14.0f %8.2fx%n",
        name,
        size,
        size / time.wall(),
        spark.wall() / time.wall(),
        size / time.cpu(),
        spark.cpu() / time.cpu());
  }

  /** A table of 100 samples a prompt: eight answers, one right; scores of which some tie. */
  private static Path scores(Path folder, long size) {
    var path = folder.resolve("scores-" + size);
    session()
        .range(size)
        .selectExpr(
            "concat('prompt-', id div " + SAMPLES + ") prompt_id",
            "cast(id % " + SAMPLES + " as int) sample_index",
            "cast(pmod(xxhash64(id), 8) as string) answer",
            "if(pmod(xxhash64(id), 8) = 0, 'correct', 'incorrect') verdict",
            "pmod(xxhash64(id, 1), 1000) / 1000D score",
            "pmod(xxhash64(id, 2), 5000) length")
        .write()
        .parquet(path.toString());
    return path;
  }

  private static void groupAndSort(Path scores) {
    session()
        .read()
        .parquet(scores.toString())
        .groupBy("prompt_id")
        .agg(
            sort_array(
                collect_list(
                    struct(
                        col("sample_index"),
                        col("answer"),
                        col("verdict"),
                        col("score"),
                        col("length")))))
        .write()
        .format("noop")
        .mode("overwrite")
        .save();
  }

  private static void select(Path scores, Family family, Path output) {
    var command = Commands.commandLine(new SelectJob());
    var said = new StringWriter();
    command.setErr(new PrintWriter(said));
    int status =
        command.execute(
            "--input",
            scores.toString(),
            "--output",
            output.toString(),
            "--mode",
            "overwrite",
            "--selectors",
            family.selectors,
            "--k",
            "1,2,4,8,16,32,64,100");
    if (status != 0) {
      throw new IllegalStateException("select failed: " + said);
    }
  }

  private Time best(Runnable run) {
    var best = new Time(Double.POSITIVE_INFINITY, Double.POSITIVE_INFINITY);
    for (int i = 0; i < runs; i++) {
      long wall = System.nanoTime();
      long cpu = SYSTEM.getProcessCpuTime();
      run.run();
      best =
          new Time(
              Math.min(best.wall(), (System.nanoTime() - wall) / 1e9),
              Math.min(best.cpu(), (SYSTEM.getProcessCpuTime() - cpu) / 1e9));
    }
    return best;
  }

  private static SparkSession session() {
    return SparkSession.builder()
        .appName("millrace bench")
        .master("local[*]")
        .config("spark.ui.enabled", "false")
        // As BatchJob has it, which finds this session made.
        .config("spark.sql.codegen.cache.maxEntries", "1000")
        .config("spark.sql.shuffle.partitions", 2 * Runtime.getRuntime().availableProcessors())
        .getOrCreate();
  }

  private static String peakMemory() throws IOException {
    try (var lines = Files.lines(Path.of("/proc/self/status"))) {
      return lines
          .filter(line -> line.startsWith("VmHWM:"))
          .map(line -> line.substring(6).strip())
          .findFirst()
          .orElse("unknown");
    }
  }

  static void delete(Path folder) throws IOException {
    try (var files = Files.walk(folder)) {
      for (var file : files.sorted(Comparator.reverseOrder()).toList()) {
        Files.delete(file);
      }
    }
  }
}
