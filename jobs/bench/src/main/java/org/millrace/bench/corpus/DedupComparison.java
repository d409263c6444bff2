package org.millrace.bench.corpus;

import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;

/** Fuzzy deduplication beside Spark ML's {@code MinHashLSH}, of the same documents. */
record DedupComparison(Path folder, SyntheticCorpus corpus, Duration limit) {

  private static final int WARM = 200;
  private static final Duration AMPLE = Duration.ofHours(2);

  /**
   * Prints the times of both.
   *
   * @param documents of the corpus; both read the same files
   */
  void measure(int documents) throws IOException, InterruptedException {
    var warm = folder.resolve("warm");
    var input = folder.resolve("texts-" + documents);
    var results = folder.resolve("results-" + documents);
    new CorpusFiles(corpus, CorpusFiles.Content.TEXT, WARM).write(warm, WARM);
    // As many files as cores have work with, four each.
    int part = Math.max(100, documents / (4 * Runtime.getRuntime().availableProcessors()));
    long bytes = new CorpusFiles(corpus, CorpusFiles.Content.TEXT, part).write(input, documents);
    var ours =
        Fork.run(
            DedupRun.class,
            "",
            AMPLE,
            List.of(
                warm.toString(),
                input.toString(),
                "" + documents,
                results.toString(),
                "" + corpus.seed(),
                "" + corpus.near(),
                "" + corpus.exact()));
    if (!ours.done()) {
      throw new IllegalStateException("dedup failed: " + ours.lines());
    }
    var time = ours.marked(DedupRun.TIME).get(0);
    double wall = Double.parseDouble(time[0]);
    System.out.printf(
        "%,d documents, %.1f MB: dedup %.1f s (%s CPU s)%n", documents, bytes / 1e6, wall, time[1]);
    var recall = ours.marked(DedupRun.RECALL).get(0);
    System.out.printf(
        "  of %s planted pairs at .7 or more %s found; the formula says %s, give or take %s%n",
        recall[0], recall[1], recall[2], recall[3]);
    if (!limit.isZero()) {
      peer(warm, input, wall, Double.parseDouble(time[1]));
    }
    for (var made : List.of(warm, input, results)) {
      Folders.delete(made);
    }
  }

  private void peer(Path warm, Path input, double wall, double cpu)
      throws IOException, InterruptedException {
    var peer = Fork.run(MlLibRun.class, "", limit, List.of(warm.toString(), input.toString()));
    if (peer.done()) {
      var time = peer.marked(MlLibRun.TIME).get(0);
      System.out.printf(
          "  Spark ML MinHashLSH %s s (%s CPU s), %s pairs: %.1f times as long, %.1f of CPU%n",
          time[0],
          time[1],
          time[2],
          Double.parseDouble(time[0]) / wall,
          Double.parseDouble(time[1]) / cpu);
    } else if (peer.status() < 0) {
      System.out.printf(
          "  Spark ML MinHashLSH not done after %.0f s: more than %.1f times as long%n",
          peer.seconds(), peer.seconds() / wall);
    } else {
      System.out.printf(
          "  Spark ML MinHashLSH failed after %.0f s: %s%n",
          peer.seconds(), peer.lines().isEmpty() ? "" : peer.lines().get(0));
    }
  }
}
