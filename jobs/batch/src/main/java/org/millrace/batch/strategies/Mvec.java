package org.millrace.batch.strategies;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.get;
import static org.apache.spark.sql.functions.transform;
import static org.apache.spark.sql.functions.udf;
import static org.apache.spark.sql.functions.when;

import java.util.HashMap;
import java.util.TreeMap;
import java.util.TreeSet;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.millrace.kernel.strategy.embed.UnitRows;
import org.millrace.kernel.strategy.graph.Node;
import org.millrace.kernel.strategy.refine.Blend;
import org.millrace.kernel.strategy.refine.Pruning;
import org.millrace.kernel.strategy.refine.Rotation;
import scala.collection.JavaConverters;
import scala.collection.Seq;

/**
 * The embedding that mastery has a say in: that of whole strategies and of pruned ones, blended.
 */
final class Mvec {

  private Mvec() {}

  /**
   * Instances whose strategies are cut to the skills that count most; those without weights stay.
   *
   * @param instances with {@code skills} and {@code weights}
   * @param share that is kept, above 0 to 1
   */
  static Dataset<Row> pruned(Dataset<Row> instances, double share) {
    var places =
        udf(
                (UDF1<Seq<Double>, int[]>)
                    weights ->
                        Pruning.places(
                            JavaConverters.seqAsJavaList(weights).stream()
                                .mapToDouble(weight -> weight)
                                .toArray(),
                            share),
                DataTypes.createArrayType(DataTypes.IntegerType, false))
            .withName("kept_places");
    return instances
        .withColumn("_kept", when(col("weights").isNotNull(), places.apply(col("weights"))))
        .withColumn("skills", kept("skills"))
        .withColumn("weights", kept("weights"))
        .drop("_kept");
  }

  private static Column kept(String array) {
    return when(col("_kept").isNull(), col(array))
        .otherwise(transform(col("_kept"), place -> get(col(array), place)));
  }

  /**
   * Blends two embeddings. The second is turned onto the first before, as their axes have nothing
   * in common. A learner's or problem's share of the first is the mean cosine of masteries in the
   * keys of its cluster; skills have the mean of all.
   *
   * @param original of whole strategies
   * @param pruned of pruned ones
   * @param found clusters of the original, with their scores
   */
  static NodeVectors blend(NodeVectors original, NodeVectors pruned, Search found) {
    if (original.dimensions() != pruned.dimensions()) {
      // So few nodes were left that they have no room for as many axes.
      return original;
    }
    var rotation = rotation(original, pruned);
    var shares = new HashMap<Node, Double>();
    var students = found.keys().students();
    for (int i = 0; i < students.nodes().size(); i++) {
      shares.put(students.nodes().get(i), found.scores().cosineOfStudents(students.labels()[i]));
    }
    var problems = found.keys().problems();
    for (int i = 0; i < problems.nodes().size(); i++) {
      shares.put(problems.nodes().get(i), found.scores().cosineOfProblems(problems.labels()[i]));
    }
    double overall =
        shares.values().stream().filter(s -> !s.isNaN()).mapToDouble(s -> s).average().orElse(1);
    var nodes = new TreeSet<>(original.nodes());
    nodes.addAll(pruned.nodes());
    var blended = new TreeMap<Node, double[]>();
    for (var node : nodes) {
      var other = pruned.of(node);
      blended.put(
          node,
          UnitRows.normalized(
              Blend.of(
                  original.of(node),
                  other == null ? null : rotation.apply(other),
                  shares.getOrDefault(node, overall))));
    }
    return NodeVectors.of(blended);
  }

  private static Rotation rotation(NodeVectors original, NodeVectors pruned) {
    var shared = original.nodes().stream().filter(node -> pruned.of(node) != null).toList();
    return Rotation.of(
        shared.stream().map(pruned::of).toArray(double[][]::new),
        shared.stream().map(original::of).toArray(double[][]::new));
  }
}
