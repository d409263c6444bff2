package org.millrace.batch.strategies;

import static org.apache.spark.sql.functions.array_sort;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.collect_list;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.row_number;
import static org.apache.spark.sql.functions.struct;
import static org.apache.spark.sql.functions.xxhash64;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
import org.millrace.kernel.strategy.Draws;
import org.millrace.kernel.strategy.graph.Node;
import org.millrace.kernel.strategy.refine.Alignment;
import org.millrace.kernel.strategy.refine.ScoredPairs;
import org.millrace.kernel.strategy.refine.ScoredPairs.Scored;

/**
 * How alike the instances of each key are, on a part of the data: up to {@link #STUDENTS} learners
 * and {@link #PROBLEMS} problems of a cluster, and of a key's instances up to {@link #INSTANCES}.
 */
final class KeyScores {

  /** Learners of a cluster that count. */
  static final int STUDENTS = 50;

  /** Problems of a cluster that count. */
  static final int PROBLEMS = 100;

  /** Instances of a key that count; the pairs among them are as many as are scored, or more. */
  static final int INSTANCES = 64;

  private final Map<List<Integer>, Score> scores;

  private KeyScores(Map<List<Integer>, Score> scores) {
    this.scores = scores;
  }

  /**
   * What the pairs of a key say, NaN for no pair.
   *
   * @param score half alignment, half cosine of masteries: -1 to 1
   * @param cosine of masteries, 0 to 1
   */
  record Score(double score, double cosine) {}

  /**
   * Scores the keys of a round.
   *
   * @param instances with {@code skills} and {@code weights}
   * @param vectors of the skills among others
   * @param seed of all choices
   */
  static KeyScores of(Dataset<Row> instances, Keys keys, NodeVectors vectors, long seed) {
    var context = JavaSparkContext.fromSparkContext(instances.sparkSession().sparkContext());
    var skills = context.broadcast(skills(vectors));
    try {
      var order = Window.partitionBy("student_cluster", "problem_cluster").orderBy("_draw", "id");
      var scored =
          keys.ofFew(instances.where(col("weights").isNotNull()), STUDENTS, PROBLEMS, seed)
              .withColumn("_draw", xxhash64(col("id"), lit(seed)))
              .withColumn("_place", row_number().over(order))
              .where(col("_place").leq(INSTANCES))
              .groupBy("student_cluster", "problem_cluster")
              .agg(array_sort(collect_list(struct("id", "skills", "weights"))).as("members"))
              .map(new Scorer(skills, seed), Encoders.kryo(Object[].class))
              .collectAsList();
      var scores = new HashMap<List<Integer>, Score>();
      for (var key : scored) {
        scores.put(
            List.of((Integer) key[0], (Integer) key[1]),
            new Score((Double) key[2], (Double) key[3]));
      }
      return new KeyScores(scores);
    } finally {
      skills.destroy();
    }
  }

  /**
   * Vectors of skills by name, as long as positions are: as of Vaswani et al. 2017, section 3.4,
   * else positions would be all that counts.
   */
  private static HashMap<String, double[]> skills(NodeVectors vectors) {
    double scale = Math.sqrt(vectors.dimensions());
    var skills = new HashMap<String, double[]>();
    for (var node : vectors.nodes(Node.Kind.SKILL)) {
      skills.put(
          node.label(), Arrays.stream(vectors.of(node)).map(number -> scale * number).toArray());
    }
    return skills;
  }

  /** The mean over the keys that say something; NaN if none does. */
  double total() {
    return ScoredPairs.total(scores.values().stream().map(Score::score).toList());
  }

  /** Score of a key; null where it had no instance. */
  Score of(int studentCluster, int problemCluster) {
    return scores.get(List.of(studentCluster, problemCluster));
  }

  /** Mean cosine of masteries in the keys of a cluster of learners; NaN where none says it. */
  double cosineOfStudents(int cluster) {
    return meanCosine(0, cluster);
  }

  /** Mean cosine of masteries in the keys of a cluster of problems; NaN where none says it. */
  double cosineOfProblems(int cluster) {
    return meanCosine(1, cluster);
  }

  private double meanCosine(int side, int cluster) {
    return ScoredPairs.total(
        scores.entrySet().stream()
            .filter(entry -> entry.getKey().get(side) == cluster)
            .map(entry -> entry.getValue().cosine())
            .toList());
  }

  private record Scorer(Broadcast<HashMap<String, double[]>> skills, long seed)
      implements MapFunction<Row, Object[]> {

    @Override
    public Object[] call(Row key) {
      int students = key.getInt(0);
      int problems = key.getInt(1);
      var members = new ArrayList<Scored>();
      for (var member : key.<Row>getList(2)) {
        var steps =
            member.<String>getList(1).stream().map(skills.value()::get).toArray(double[][]::new);
        var weights = member.<Double>getList(2).stream().mapToDouble(w -> w).toArray();
        members.add(new Scored(Alignment.withPositions(steps), weights));
      }
      long draw = Draws.key(Draws.key(seed, students), problems);
      return new Object[] {
        students,
        problems,
        ScoredPairs.mean(members, draw, ScoredPairs::score),
        ScoredPairs.mean(members, draw, (a, b) -> Alignment.paddedCosine(a.weights(), b.weights()))
      };
    }
  }
}
