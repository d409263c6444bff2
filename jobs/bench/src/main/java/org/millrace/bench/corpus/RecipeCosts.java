package org.millrace.bench.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.ToDoubleFunction;

/** The whole recipe at some sizes, each in a JVM of its own, and what a terabyte would cost. */
final class RecipeCosts {

  /** PanGu's recipe, then a vocabulary of the corpus and packed sequences. */
  static final String RECIPE =
      """
      steps:
        - extract: {mode: strip, site-lines: false}
        - clean: {rules: [normal, pangu, title, symbols, paragraphs, adverts]}
        - navigation
        - clean: {rules: [simplified, pangu-cleaned, sensitive]}
        - dedup: {unit: characters}
        - review
        - vocabulary
        - pack
      """;

  private static final double TERABYTE = 1e12;
  private static final double PANGU = 80 * TERABYTE;
  private static final double DAY = 86_400;

  /** A step's part in a run. */
  private record Cost(double wall, double cpu, double shuffle, double spilled, double peak) {}

  /** A run. */
  private record Measured(
      double bytes, double wall, double cpu, double rss, Map<String, Cost> steps) {}

  private final Path folder;
  private final SyntheticCorpus corpus;
  private final String heap;
  private final Duration limit;
  private final List<Measured> runs = new ArrayList<>();

  /**
   * @param heap of each run, as {@code -Xmx} has it; empty for the launcher's
   */
  RecipeCosts(Path folder, SyntheticCorpus corpus, String heap, Duration limit) {
    this.folder = folder;
    this.corpus = corpus;
    this.heap = heap;
    this.limit = limit;
  }

  /** Makes a corpus, runs the recipe on it and prints what it took. */
  void measure(long documents) throws IOException, InterruptedException {
    var input = folder.resolve("pages-" + documents);
    var bytes = new CorpusFiles(corpus, CorpusFiles.Content.PAGE, 5_000).write(input, documents);
    var recipe = Files.writeString(folder.resolve("recipe.yaml"), RECIPE);
    var output = folder.resolve("out-" + documents);
    var result =
        Fork.run(
            RecipeRun.class,
            heap,
            limit,
            List.of(
                "--input",
                input.toString(),
                "--recipe",
                recipe.toString(),
                "--output",
                output.toString(),
                "--conf",
                "spark.extraListeners=" + StageCosts.class.getName()));
    if (!result.done()) {
      throw new IllegalStateException(
          "the recipe on %d documents ended with %d after %.0f s: %s"
              .formatted(documents, result.status(), result.seconds(), result.lines()));
    }
    result.lines().stream()
        .filter(line -> !line.startsWith("@"))
        .forEach(line -> System.out.println("  " + line));
    var run = result.marked(RecipeRun.MARK).get(0);
    var steps = new LinkedHashMap<String, Cost>();
    for (var cost : result.marked(StageCosts.MARK)) {
      steps.merge(cost[0], cost(cost), RecipeCosts::sum);
    }
    runs.add(new Measured(bytes, number(run[0]), number(run[1]), number(run[2]), steps));
    System.out.printf(
        "%,d documents, %.0f MB: %s s, %s CPU s, %.1f GB at the peak%n",
        documents, bytes / 1e6, run[0], run[1], number(run[2]) / 1e9);
    Folders.delete(input);
    Folders.delete(output);
  }

  private static Cost cost(String[] line) {
    return new Cost(
        number(line[1]), number(line[2]), number(line[3]), number(line[4]), number(line[5]));
  }

  private static Cost sum(Cost first, Cost second) {
    return new Cost(
        first.wall() + second.wall(),
        first.cpu() + second.cpu(),
        second.shuffle(),
        second.spilled(),
        second.peak());
  }

  private static double number(String text) {
    return Double.parseDouble(text);
  }

  /** Prints the costs by step, their growth, and those of a terabyte, as Markdown. */
  void print() {
    var heading = new StringBuilder("| step |");
    runs.forEach(run -> heading.append(" CPU s at %.0f MB |".formatted(run.bytes() / 1e6)));
    System.out.println(
        heading + " growth | core hours a TB | shuffle GB a TB | its growth | task's peak, MB |");
    System.out.println("|---|" + "---|".repeat(runs.size() + 5));
    double[] cores = new double[2];
    double[] shuffled = new double[2];
    var last = runs.get(runs.size() - 1);
    for (var step : last.steps().keySet()) {
      var cpu = growth(run -> run.steps().get(step).cpu());
      var shuffle = growth(run -> run.steps().get(step).shuffle());
      cores[0] += cpu.at(TERABYTE);
      cores[1] += cpu.at(PANGU);
      shuffled[0] += shuffle.at(TERABYTE);
      shuffled[1] += shuffle.at(PANGU);
      System.out.printf(
          "| %s |%s %.2f | %,.1f | %,.1f | %s | %,.0f |%n",
          step,
          cells(run -> run.steps().get(step).cpu()),
          cpu.exponent(),
          cpu.at(TERABYTE) / 3600,
          shuffle.at(TERABYTE) / 1e9,
          shuffle.cost() == 0 ? "" : "%.2f".formatted(shuffle.exponent()),
          last.steps().get(step).peak() / 1e6);
    }
    System.out.printf(
        "| all, with the JVM's start |%s %.2f | %,.0f | %,.0f | | |%n",
        cells(Measured::cpu), growth(Measured::cpu).exponent(), cores[0] / 3600, shuffled[0] / 1e9);
    System.out.printf("| peak of the process, MB |%s%n", cells(run -> run.rss() / 1e6));
    System.out.printf(
        "80 TB: %,.0f core hours, %,.0f cores for a day; %,.0f TB shuffled%n",
        cores[1] / 3600, cores[1] / DAY, shuffled[1] / 1e12);
  }

  private Growth growth(ToDoubleFunction<Measured> cost) {
    return Growth.fit(
        runs.stream().mapToDouble(Measured::bytes).toArray(),
        runs.stream().mapToDouble(cost).toArray());
  }

  private String cells(ToDoubleFunction<Measured> cost) {
    var cells = new StringBuilder();
    runs.forEach(run -> cells.append(" %,.1f |".formatted(cost.applyAsDouble(run))));
    return cells.toString();
  }
}
