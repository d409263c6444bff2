package org.millrace.batch.strategies.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.TreeMap;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.millrace.kernel.strategy.graph.Neighbours;
import org.millrace.kernel.strategy.graph.Node2Vec;

/** Walks over a graph in partitions beside those of one process. */
class SpreadGraphITCase {

  private static final StructType EDGE =
      new StructType()
          .add("source", DataTypes.StringType)
          .add("target", DataTypes.StringType)
          .add("weight", DataTypes.DoubleType);

  private static SparkSession spark;

  @BeforeAll
  static void start() {
    spark =
        SparkSession.builder()
            .master("local[2]")
            .config("spark.ui.enabled", "false")
            .config("spark.sql.shuffle.partitions", 2)
            .getOrCreate();
    spark.conf().set("spark.sql.shuffle.partitions", 2);
  }

  @AfterEach
  void fewPartitions() {
    spark.conf().set("spark.sql.shuffle.partitions", 2);
  }

  private static Row edge(String source, String target, double weight) {
    return RowFactory.create(source, target, weight);
  }

  /** Thirty nodes in a ring, and as many edges again at random, some of them twice. */
  private static List<Row> ring() {
    var random = new Random(1);
    var edges = new ArrayList<Row>();
    for (int i = 0; i < 30; i++) {
      edges.add(edge("n" + i, "n" + (i + 1) % 30, 1 + random.nextInt(4)));
      edges.add(edge("n" + random.nextInt(30), "n" + random.nextInt(30), random.nextDouble()));
    }
    edges.add(edges.get(1));
    return edges;
  }

  private static Dataset<Row> table(List<Row> edges, int partitions) {
    var context = JavaSparkContext.fromSparkContext(spark.sparkContext());
    return spark.createDataFrame(context.parallelize(edges, partitions), EDGE);
  }

  /** The graph as one would write it down: names in their order, sums of weights. */
  private static Map<Long, Neighbours> local(List<Row> edges) {
    var names = new TreeMap<String, Map<String, Double>>();
    for (var edge : edges) {
      add(names, edge.getString(0), edge.getString(1), edge.getDouble(2));
      if (!edge.getString(0).equals(edge.getString(1))) {
        add(names, edge.getString(1), edge.getString(0), edge.getDouble(2));
      }
    }
    var numbers = new ArrayList<>(names.keySet());
    var graph = new HashMap<Long, Neighbours>();
    names.forEach(
        (name, ends) ->
            graph.put(
                (long) numbers.indexOf(name),
                Neighbours.of(
                    ends.keySet().stream().mapToLong(numbers::indexOf).toArray(),
                    ends.values().stream().mapToDouble(w -> w).toArray())));
    return graph;
  }

  private static void add(
      Map<String, Map<String, Double>> names, String from, String to, double weight) {
    names.computeIfAbsent(from, n -> new TreeMap<>()).merge(to, weight, Double::sum);
  }

  private static List<String> sorted(Dataset<Row> walks) {
    return walks.collectAsList().stream()
        .map(row -> row.getLong(0) + " " + row.getInt(1) + " " + row.getList(2))
        .sorted()
        .toList();
  }

  private static List<String> serial(Map<Long, Neighbours> graph, Node2Vec node2vec, int each) {
    var walks = new ArrayList<String>();
    for (long start : graph.keySet()) {
      for (int n = 0; n < each; n++) {
        walks.add(
            start + " " + n + " " + java.util.Arrays.toString(node2vec.walk(start, n, graph::get)));
      }
    }
    Collections.sort(walks);
    return walks;
  }

  @ParameterizedTest
  @CsvSource({"1,1", ".25,4", "3,.5"})
  void walksOfBothWaysAreThoseOfOneProcess(double p, double q) {
    var node2vec = new Node2Vec(p, q, 25, 5);
    var edges = ring();

    try (var graph = SpreadGraph.of(table(edges, 3), SpreadGraph.DEGREE, 0)) {
      var expected = serial(local(edges), node2vec, 3);
      var walking = new Walking(graph.neighbours(), node2vec, 3);

      assertThat(expected).hasSize(90);
      assertThat(sorted(walking.table(spark, walking.whole()))).isEqualTo(expected);
      assertThat(sorted(walking.table(spark, walking.stepByStep()))).isEqualTo(expected);
      assertThat(sorted(graph.walks(node2vec, 3))).isEqualTo(expected);
    }
  }

  @Test
  void partitionsAndTheOrderOfEdgesDontShow() {
    var node2vec = new Node2Vec(.5, 2, 12, 9);
    var edges = ring();
    var expected = serial(local(edges), node2vec, 2);

    for (int partitions : new int[] {1, 2, 8}) {
      Collections.shuffle(edges, new Random(partitions));
      spark.conf().set("spark.sql.shuffle.partitions", partitions);
      try (var graph = SpreadGraph.of(table(edges, 9 - partitions), SpreadGraph.DEGREE, 0)) {
        var walking = new Walking(graph.neighbours(), node2vec, 2);

        assertThat(sorted(walking.table(spark, walking.stepByStep()))).isEqualTo(expected);
      }
    }
  }

  @Test
  void aWalkOfOneNodeIsItsStart() {
    try (var graph = SpreadGraph.of(table(ring(), 2), 5, 0)) {
      var walking = new Walking(graph.neighbours(), new Node2Vec(1, 1, 1, 0), 1);

      for (JavaRDD<Walking.Walk> walks : List.of(walking.whole(), walking.stepByStep())) {
        assertThat(sorted(walking.table(spark, walks))).hasSize(30).contains("7 0 [7]");
      }
    }
  }

  @Test
  void aNodeOfManyNeighboursKeepsSomeByTheirWeight() {
    var edges = new ArrayList<Row>();
    for (int i = 0; i < 1000; i++) {
      edges.add(edge("hub", "leaf" + i, i % 2 == 0 ? 1 : 4));
    }

    try (var graph = SpreadGraph.of(table(edges, 3), 100, 1)) {
      var kept =
          graph.neighbours().values().collect().stream().filter(n -> n.degree() > 1).toList();

      assertThat(kept).hasSize(1);
      assertThat(kept.get(0).degree()).isEqualTo(100);
      long heavy = 0;
      for (int i = 0; i < 100; i++) {
        heavy += kept.get(0).weight(i) == 4 ? 1 : 0;
      }
      // 79 in the mean: drawn without replacement, four times as likely.
      assertThat((double) heavy).isCloseTo(79, within(13.0));
    }
  }

  @Test
  void edgesOfWeightZeroAreLeftOutAndOthersThanNumbersFromZeroAreAMistake() {
    try (var graph =
        SpreadGraph.of(table(List.of(edge("a", "b", 1), edge("a", "c", 0)), 1), 9, 0)) {
      assertThat(graph.nodes().orderBy("node").collectAsList())
          .containsExactly(RowFactory.create(0L, "a"), RowFactory.create(1L, "b"));
    }
    for (double weight : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
      assertThatThrownBy(() -> SpreadGraph.of(table(List.of(edge("a", "b", weight)), 1), 9, 0))
          .hasStackTraceContaining("the edge from a to b weighs " + weight);
    }
    assertThatThrownBy(() -> SpreadGraph.of(table(List.of(edge(null, "b", 1)), 1), 9, 0))
        .hasStackTraceContaining("the edge from null to b weighs 1.0: both ends have a name");
    assertThatThrownBy(() -> SpreadGraph.of(table(ring(), 1), 0, 0))
        .hasMessage("a node keeps 1 neighbour or more, not 0");
  }

  /** Two groups of ten that know each other, and one edge between them. */
  private static List<Row> groups() {
    var edges = new ArrayList<Row>();
    for (int i = 0; i < 10; i++) {
      for (int j = 0; j < i; j++) {
        edges.add(edge("a" + i, "a" + j, 1));
        edges.add(edge("b" + i, "b" + j, 1));
      }
    }
    edges.add(edge("a0", "b0", 1));
    return edges;
  }

  private static TreeMap<String, float[]> vectors(Dataset<Row> edges, SkipGramSettings settings) {
    try (var graph = SpreadGraph.of(edges, SpreadGraph.DEGREE, 0)) {
      var sentences = SpreadGraph.sentences(graph.walks(Node2Vec.unbiased(3), 10));
      var vectors = new TreeMap<String, float[]>();
      for (var row : graph.named(SkipGram.of(sentences, settings)).collectAsList()) {
        var numbers = row.<Float>getList(1);
        var vector = new float[numbers.size()];
        for (int d = 0; d < vector.length; d++) {
          vector[d] = numbers.get(d);
        }
        vectors.put(row.getString(0), vector);
      }
      return vectors;
    }
  }

  private static double cosine(float[] a, float[] b) {
    double sum = 0;
    for (int d = 0; d < a.length; d++) {
      sum += (double) a[d] * b[d];
    }
    return sum;
  }

  @Test
  void vectorsOfOneGroupLieBesideEachOtherOnTheUnitSphere() {
    var vectors = vectors(table(groups(), 2), SkipGramSettings.of(1).dimensions(8));

    assertThat(vectors).hasSize(20);
    vectors.values().forEach(v -> assertThat(cosine(v, v)).isCloseTo(1, within(1e-6)));
    for (int i = 1; i < 10; i++) {
      for (int j = 1; j < i; j++) {
        assertThat(cosine(vectors.get("a" + i), vectors.get("a" + j)))
            .isGreaterThan(cosine(vectors.get("a" + i), vectors.get("b" + j)));
      }
    }
  }

  @Test
  void vectorsDontDependOnTheInputsPartitions() {
    var edges = groups();
    var settings = SkipGramSettings.of(1).dimensions(6);
    var expected = vectors(table(edges, 1), settings);

    for (int partitions : new int[] {2, 7}) {
      Collections.shuffle(edges, new Random(partitions));
      spark.conf().set("spark.sql.shuffle.partitions", partitions);
      var vectors = vectors(table(edges, partitions), settings);

      assertThat(vectors.keySet()).isEqualTo(expected.keySet());
      vectors.forEach((node, vector) -> assertThat(vector).isEqualTo(expected.get(node)));
    }
    assertThat(vectors(table(edges, 1), SkipGramSettings.of(2).dimensions(6)))
        .isNotEqualTo(expected);
  }

  @Test
  void noSentencesAndStrangeSettingsAreMistakes() {
    var none = spark.sql("select array('a') words").where("false");

    assertThatThrownBy(() -> SkipGram.of(none, SkipGramSettings.of(0)))
        .hasMessage("no sentences to learn vectors from");
    assertThatThrownBy(() -> SkipGramSettings.of(0).dimensions(0))
        .hasMessageContaining("are 1 or more");
  }
}
