package org.millrace.bench.corpus;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Callable;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;

/**
 * {@code corpus} on a made-up crawl: deduplication beside Spark ML's, then the whole recipe at some
 * sizes with what each step costs.
 */
@Command(name = "corpus", mixinStandardHelpOptions = true, description = "Times corpus.")
public final class CorpusBench implements Callable<Integer> {

  @Option(
      names = "--dedup",
      split = ",",
      defaultValue = "2000,8000,32000",
      description = "Documents that are deduplicated; 0 for none. Default: ${DEFAULT-VALUE}.")
  List<Integer> dedup;

  @Option(
      names = "--peer-limit",
      defaultValue = "PT5M",
      description = "After so long Spark ML is ended; PT0S: not run. Default: ${DEFAULT-VALUE}.")
  Duration peerLimit;

  @Option(
      names = "--recipe",
      split = ",",
      defaultValue = "20000,60000,180000",
      description =
          "Pages that go through the whole recipe, about 5.5 KB each; 0 for none. Default:"
              + " ${DEFAULT-VALUE}.")
  List<Long> recipe;

  @Option(
      names = "--heap",
      defaultValue = "",
      description = "Heap of the recipe's JVM, such as 3g; the launcher's by default.")
  String heap;

  @Option(names = "--near", defaultValue = "10", description = "Near copies in a hundred, 0 to 25.")
  int near;

  @Option(names = "--exact", defaultValue = "5", description = "Exact ones in a hundred, 0 to 25.")
  int exact;

  @Option(names = "--seed", defaultValue = "1", description = "Of the made-up crawl.")
  long seed;

  @Option(names = "--folder", description = "For what it makes, and then deletes.")
  Path folder;

  /** Prints the tables. */
  public static void main(String[] args) {
    System.exit(new CommandLine(new CorpusBench()).execute(args));
  }

  @Override
  public Integer call() throws Exception {
    var parent = folder == null ? Path.of(System.getProperty("java.io.tmpdir")) : folder;
    var work = Files.createTempDirectory(parent, "millrace-bench");
    var corpus = new SyntheticCorpus(seed, near, exact);
    try {
      for (int documents : dedup) {
        if (documents > 0) {
          new DedupComparison(work, corpus, peerLimit).measure(documents);
        }
      }
      var costs = new RecipeCosts(work, corpus, heap, Duration.ofHours(3));
      for (long documents : recipe) {
        if (documents > 0) {
          costs.measure(documents);
        }
      }
      if (recipe.size() > 1) {
        costs.print();
      }
      return 0;
    } finally {
      Folders.delete(work);
    }
  }
}
