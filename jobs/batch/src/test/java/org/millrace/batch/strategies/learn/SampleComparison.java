package org.millrace.batch.strategies.learn;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.ToIntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.millrace.kernel.strategy.classroom.Classroom;
import org.millrace.kernel.strategy.classroom.ClassroomOptions;
import org.millrace.kernel.strategy.classroom.Play;
import org.millrace.kernel.strategy.cluster.DpMeans;
import org.millrace.kernel.strategy.cluster.Points;
import org.millrace.kernel.strategy.embed.PpmiSvd;
import org.millrace.kernel.strategy.equity.PredictiveEquality;
import org.millrace.kernel.strategy.equity.StrategyMatch;
import org.millrace.kernel.strategy.graph.LearnerGraph;
import org.millrace.kernel.strategy.graph.Node;
import org.millrace.kernel.strategy.sample.Budget;
import org.millrace.kernel.strategy.sample.Sampling;

/**
 * Predictors trained on samples of a made-up classroom: of everything, of clusters, at random. Four
 * instances of five are for training, the others are predicted.
 */
final class SampleComparison {

  private static final int DIMENSIONS = 16;

  private final Classroom room;
  private final int groups;
  private final int families;
  private final List<Play> plays;
  private final LearnerGraph graph;
  private final double[][] vectors;
  private final Map<Node, Integer> numbers = new HashMap<>();
  private final List<Question> questions;
  private final int[] training;
  private final int[] test;

  SampleComparison(ClassroomOptions options) {
    room = Classroom.of(options);
    groups = options.groups();
    families = options.families();
    plays = room.plays().toList();
    graph = LearnerGraph.counted(plays.stream().map(Play::instance).toList());
    vectors = PpmiSvd.of(graph, DIMENSIONS);
    graph.nodes().forEach(node -> numbers.put(node, numbers.size()));
    var hierarchies = hierarchies();
    questions =
        plays.stream()
            .map(
                play ->
                    new Question(
                        vectors[numbers.get(student(play))],
                        hierarchies.get(play.instance().key().hierarchy()),
                        vectors[numbers.get(problem(play))]))
            .toList();
    training = IntStream.range(0, plays.size()).filter(i -> i % 5 != 0).toArray();
    test = IntStream.range(0, plays.size()).filter(i -> i % 5 == 0).toArray();
  }

  private static Node student(Play play) {
    return Node.student(play.instance().key().student());
  }

  private static Node problem(Play play) {
    return Node.problem(play.instance().key());
  }

  /** Each the mean of its problems. */
  private Map<String, double[]> hierarchies() {
    return plays.stream()
        .collect(
            Collectors.groupingBy(
                play -> play.instance().key().hierarchy(),
                Collectors.collectingAndThen(
                    Collectors.mapping(
                        play -> vectors[numbers.get(problem(play))], Collectors.toList()),
                    SampleComparison::mean)));
  }

  private static double[] mean(List<double[]> rows) {
    return IntStream.range(0, DIMENSIONS)
        .mapToDouble(d -> rows.stream().mapToDouble(row -> row[d]).average().orElseThrow())
        .toArray();
  }

  /** Places of all training instances. */
  int[] everything() {
    return training.clone();
  }

  /** Places of a sample at random. */
  int[] atRandom(int count, long seed) {
    var ids = Arrays.stream(training).asLongStream().toArray();
    return Arrays.stream(Sampling.of(ids, null, count, seed)).map(i -> training[i]).toArray();
  }

  /** Places of a sample that is shared evenly by the clusters of students and problems. */
  int[] ofClusters(int count, long seed) {
    var students = clusters(Node.Kind.STUDENT, groups);
    var problems = clusters(Node.Kind.PROBLEM, families);
    var keys = new TreeMap<Integer, List<Integer>>();
    for (int i : training) {
      int key = students.get(student(plays.get(i))) * 1000 + problems.get(problem(plays.get(i)));
      keys.computeIfAbsent(key, k -> new ArrayList<>()).add(i);
    }
    var members = List.copyOf(keys.values());
    var budget = Budget.balanced(members.stream().mapToLong(List::size).toArray(), count);
    return IntStream.range(0, members.size())
        .flatMap(k -> drawn(members.get(k), budget[k], seed))
        .toArray();
  }

  private Map<Node, Integer> clusters(Node.Kind kind, int k) {
    var nodes = graph.numbers(kind);
    var rows = IntStream.of(nodes).mapToObj(n -> vectors[n]).toArray(double[][]::new);
    var blocks = List.of(Points.ofRows(rows));
    double lambda = DpMeans.traversal(blocks, k).lambda(k);
    var found = DpMeans.of(lambda).best(blocks, DpMeans.STARTS, 2 * k, 1);
    return IntStream.range(0, nodes.length)
        .boxed()
        .collect(Collectors.toMap(i -> graph.nodes().get(nodes[i]), i -> found.labels()[i]));
  }

  /** The one whose skills are nearest to the cluster's, then others at random. */
  private IntStream drawn(List<Integer> members, long count, long seed) {
    var rows = members.stream().map(i -> skills(plays.get(i))).toList();
    var centroid = mean(rows);
    var distances =
        rows.stream()
            .mapToDouble(
                row ->
                    IntStream.range(0, DIMENSIONS)
                        .mapToDouble(d -> (row[d] - centroid[d]) * (row[d] - centroid[d]))
                        .sum())
            .toArray();
    var ids = members.stream().mapToLong(i -> i).toArray();
    return Arrays.stream(Sampling.of(ids, distances, count, seed)).map(members::get);
  }

  private double[] skills(Play play) {
    return mean(
        play.instance().skills().stream()
            .map(skill -> vectors[numbers.get(Node.skill(skill))])
            .toList());
  }

  /**
   * How a predictor does.
   *
   * @param accuracy mean Jaccard accuracy
   * @param groupGap largest difference between two groups of students
   * @param levelGap the same of levels of skill
   */
  record Result(double accuracy, double groupGap, double levelGap) {}

  /** Trains on places and predicts the test instances. */
  Result predict(int[] places, PredictorSettings settings) {
    var read = Arrays.stream(places).mapToObj(questions::get).toList();
    var written = Arrays.stream(places).mapToObj(i -> plays.get(i).instance().skills()).toList();
    try (var predictor = StrategyPredictor.train(read, written, settings)) {
      var predicted = predictor.predict(Arrays.stream(test).mapToObj(questions::get).toList());
      return result(
          IntStream.range(0, test.length)
              .mapToDouble(
                  i ->
                      StrategyMatch.jaccard(
                          predicted.get(i), plays.get(test[i]).instance().skills()))
              .toArray());
    }
  }

  /** What who knows the planted strategies would predict. */
  Result ceiling() {
    return result(
        Arrays.stream(test)
            .mapToObj(plays::get)
            .mapToDouble(
                play ->
                    StrategyMatch.jaccard(
                        room.planted(play.family(), room.choice(play.group(), play.family())),
                        play.instance().skills()))
            .toArray());
  }

  private Result result(double[] each) {
    return new Result(
        Arrays.stream(each).average().orElseThrow(),
        gap(each, Play::group),
        gap(each, play -> play.level().ordinal()));
  }

  private double gap(double[] each, ToIntFunction<Play> group) {
    var students =
        IntStream.range(0, test.length)
            .boxed()
            .collect(
                Collectors.groupingBy(
                    i -> plays.get(test[i]).student(), TreeMap::new, Collectors.toList()))
            .values();
    return PredictiveEquality.of(
            students.stream()
                .mapToInt(list -> group.applyAsInt(plays.get(test[list.get(0)])))
                .toArray(),
            students.stream()
                .mapToDouble(list -> list.stream().mapToDouble(i -> each[i]).sum())
                .toArray(),
            students.stream().mapToLong(List::size).toArray())
        .gap();
  }

  /** Prints a line a sample: {@code default|rare|heavy}, count, seeds. */
  public static void main(String[] args) {
    var options = ClassroomOptions.DEFAULT;
    if (!args[0].equals("default")) {
      options =
          options.with(
              new ClassroomOptions.Oddities(
                  0, 0, 0, 0, args[0].contains("heavy"), args[0].contains("rare"), false));
    }
    var comparison = new SampleComparison(options);
    System.out.println("ceiling " + comparison.ceiling());
    var settings = PredictorSettings.DEFAULT;
    if (args[3].equals("all")) {
      System.out.println("all " + comparison.predict(comparison.everything(), settings));
    }
    int count = Integer.parseInt(args[1]);
    for (long seed = 1; seed <= Long.parseLong(args[2]); seed++) {
      var own = settings.seed(seed);
      System.out.println("mvec " + comparison.predict(comparison.ofClusters(count, seed), own));
      System.out.println("random " + comparison.predict(comparison.atRandom(count, seed), own));
    }
  }
}
