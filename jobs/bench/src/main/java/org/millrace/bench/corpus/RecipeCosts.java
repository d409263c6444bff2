package org.millrace.bench.corpus;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

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
    var last = runs.get(runs.size() - 1);
    var sizes = runs.stream().mapToDouble(Measured::bytes).toArray();
    var heading = new StringBuilder("| step |");
    runs.forEach(run -> heading.append(" CPU s at %.0f MB |".formatted(run.bytes() / 1e6)));
    System.out.println(
        heading + " growth | core hours a TB | shuffle GB a TB | peak of a task, MB |");
    System.out.println("|---|" + "---|".repeat(runs.size() + 4));
    double terabyte = 0;
    double all = 0;
    double shuffle = 0;
    for (var step : last.steps().keySet()) {
      var costs = runs.stream().mapToDouble(run -> run.steps().get(step).cpu()).toArray();
      var law = PowerLaw.fit(sizes, costs);
      var cost = last.steps().get(step);
      double seconds = law.extrapolated(last.bytes(), cost.cpu(), TERABYTE);
      terabyte += seconds;
      all += law.extrapolated(last.bytes(), cost.cpu(), PANGU);
      shuffle += cost.shuffle() / last.bytes() * 1000;
      System.out.println(
          row(
              step,
              costs,
              "%.2f | %,.1f | %,.1f | %,.0f |"
                  .formatted(
                      law.exponent(),
                      seconds / 3600,
                      cost.shuffle() / last.bytes() * 1000,
                      cost.peak() / 1e6)));
    }
    var totals = runs.stream().mapToDouble(Measured::cpu).toArray();
    System.out.println(
        row(
            "all, with the JVM's start",
            totals,
            "%.2f | %,.0f | %,.0f | |"
                .formatted(PowerLaw.fit(sizes, totals).exponent(), terabyte / 3600, shuffle)));
    runs.forEach(
        run ->
            System.out.printf(
                "peak memory of the process at %.0f MB: %.2f GB%n",
                run.bytes() / 1e6, run.rss() / 1e9));
    System.out.printf(
        "80 TB: %,.0f core hours, %,.0f TB shuffled; %,.0f cores for a day%n",
        all / 3600, shuffle * PANGU / TERABYTE / 1000, all / DAY);
  }

  private static String row(String name, double[] costs, String rest) {
    var row = new StringBuilder("| " + name + " |");
    for (double cost : costs) {
      row.append(" %,.1f |".formatted(cost));
    }
    return row + " " + rest;
  }
}
