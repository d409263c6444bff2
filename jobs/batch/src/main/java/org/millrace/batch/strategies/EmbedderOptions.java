package org.millrace.batch.strategies;

import org.millrace.batch.job.Labels;
import org.millrace.batch.strategies.graph.SkipGramSettings;
import org.millrace.command.UserError;
import org.millrace.kernel.strategy.graph.Node2Vec;
import picocli.CommandLine.Option;

/** Options of the embedding. */
final class EmbedderOptions {

  /** Embedders by name. */
  enum Kind {
    WORD2VEC,
    PPMI_SVD
  }

  @Option(
      names = "--embedder",
      defaultValue = "word2vec",
      paramLabel = "NAME",
      description =
          "word2vec (skip-gram on random walks) or ppmi-svd (small data; quick, the same on every"
              + " machine). Default: ${DEFAULT-VALUE}.")
  String embedder;

  @Option(
      names = "--dimensions",
      defaultValue = "300",
      paramLabel = "N",
      description = "Numbers of a vector. Default: ${DEFAULT-VALUE}.")
  int dimensions;

  @Option(
      names = "--window",
      defaultValue = "8",
      paramLabel = "N",
      description =
          "How far apart in a walk nodes belong together; of pruned strategies half of it."
              + " Default: ${DEFAULT-VALUE}.")
  int window;

  @Option(
      names = "--walks",
      defaultValue = "10",
      paramLabel = "N",
      description = "Walks from each node. Default: ${DEFAULT-VALUE}.")
  int walks;

  @Option(
      names = "--walk-length",
      defaultValue = "40",
      paramLabel = "N",
      description = "Nodes of a walk. Default: ${DEFAULT-VALUE}.")
  int walkLength;

  @Option(
      names = "--return",
      defaultValue = "1",
      paramLabel = "P",
      description = "Node2Vec's p: larger ones seldom walk back. Default: ${DEFAULT-VALUE}.")
  double p;

  @Option(
      names = "--in-out",
      defaultValue = "1",
      paramLabel = "Q",
      description = "Node2Vec's q: larger ones stay near. Default: ${DEFAULT-VALUE}.")
  double q;

  @Option(
      names = "--passes",
      defaultValue = "5",
      paramLabel = "N",
      description = "Passes of the skip-gram over the walks. Default: ${DEFAULT-VALUE}.")
  int passes;

  void check() {
    kind();
    atLeast("--dimensions", dimensions, 1);
    atLeast("--window", window, 1);
    atLeast("--walks", walks, 1);
    atLeast("--walk-length", walkLength, 2);
    atLeast("--passes", passes, 1);
    if (!(p > 0 && q > 0)) {
      throw UserError.usage("--return %s, --in-out %s: both are above 0", p, q);
    }
  }

  private static void atLeast(String option, int value, int least) {
    if (value < least) {
      throw UserError.usage("%s %d: at least %d", option, value, least);
    }
  }

  private Kind kind() {
    return Labels.parse("--embedder", embedder, Kind.values());
  }

  /**
   * The embedder that is asked for.
   *
   * @param seed of walks and training
   */
  Embedder embedder(long seed) {
    return switch (kind()) {
      case WORD2VEC ->
          Embedder.skipGram(
              SkipGramSettings.of(seed).dimensions(dimensions).iterations(passes),
              new Node2Vec(p, q, walkLength, seed),
              walks);
      case PPMI_SVD -> Embedder.ppmiSvd(dimensions);
    };
  }

  /** In words, for a report. */
  String described() {
    return kind() == Kind.PPMI_SVD
        ? "ppmi-svd, %d numbers".formatted(dimensions)
        : "word2vec, %d numbers, %d walks of %d nodes from each node"
            .formatted(dimensions, walks, walkLength);
  }
}
