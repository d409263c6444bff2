package org.millrace.batch.strategies;

import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.storage.StorageLevel;
import org.millrace.batch.strategies.graph.SkipGram;
import org.millrace.batch.strategies.graph.SkipGramSettings;
import org.millrace.batch.strategies.graph.SpreadGraph;
import org.millrace.command.UserError;
import org.millrace.kernel.strategy.embed.PpmiSvd;
import org.millrace.kernel.strategy.graph.LearnerGraph;
import org.millrace.kernel.strategy.graph.Node;
import org.millrace.kernel.strategy.graph.Node2Vec;

/** Vectors of the nodes of a graph. */
@FunctionalInterface
interface Embedder {

  /**
   * Embeds a graph.
   *
   * @param edges as of {@link Edges}
   * @param window how far apart in a walk nodes still belong together
   */
  NodeVectors of(Dataset<Row> edges, int window);

  /**
   * Skip-gram on second-order random walks.
   *
   * @param settings of training; the window is that of each call
   * @param walks how nodes are walked
   * @param each walks of a node
   */
  static Embedder skipGram(SkipGramSettings settings, Node2Vec walks, int each) {
    return (edges, window) -> {
      try (var graph = SpreadGraph.of(edges, SpreadGraph.DEGREE, walks.seed())) {
        long numbers = graph.nodes().count() * settings.dimensions();
        if (numbers >= SkipGram.MOST) {
          throw new UserError(
              "--dimensions %d: times %,d learners, problems and skills it is more than word2vec"
                  + " holds (%,d numbers); take fewer",
              settings.dimensions(), numbers / settings.dimensions(), SkipGram.MOST);
        }
        var sentences =
            SpreadGraph.sentences(graph.walks(walks, each)).persist(StorageLevel.MEMORY_AND_DISK());
        var named = graph.named(SkipGram.of(sentences, settings.window(window)));
        var vectors = new TreeMap<Node, double[]>();
        for (var row : named.collectAsList()) {
          vectors.put(
              Node.named(row.getString(0)),
              row.<Float>getList(1).stream().mapToDouble(number -> number).toArray());
        }
        sentences.unpersist();
        return NodeVectors.of(vectors);
      }
    };
  }

  /**
   * The deterministic embedder for small graphs, which walks one and two steps whatever the window.
   *
   * @param dimensions of a vector at most; fewer where there are fewer nodes
   */
  static Embedder ppmiSvd(int dimensions) {
    return (edges, window) -> {
      long all = edges.select("source").union(edges.select("target")).distinct().count();
      if (all > PpmiSvd.MOST_NODES) {
        throw new UserError(
            "--embedder ppmi-svd: it takes up to %,d learners, problems and skills, here are %,d;"
                + " use word2vec",
            PpmiSvd.MOST_NODES, all);
      }
      var weights = new HashMap<Node, Map<Node, Double>>();
      for (var edge : edges.collectAsList()) {
        weights
            .computeIfAbsent(Node.named(edge.getString(0)), node -> new HashMap<>())
            .put(Node.named(edge.getString(1)), edge.getDouble(2));
      }
      var graph = LearnerGraph.of(weights);
      int nodes = graph.nodes().size();
      var rows = PpmiSvd.of(graph, Math.min(dimensions, nodes));
      var vectors = new TreeMap<Node, double[]>();
      for (int i = 0; i < nodes; i++) {
        vectors.put(graph.nodes().get(i), rows[i]);
      }
      return NodeVectors.of(vectors);
    };
  }
}
