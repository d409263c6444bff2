package org.millrace.kernel.strategy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.millrace.kernel.strategy.classroom.Classroom;
import org.millrace.kernel.strategy.classroom.ClassroomOptions;
import org.millrace.kernel.strategy.classroom.ClassroomOptions.Noise;
import org.millrace.kernel.strategy.classroom.Play;
import org.millrace.kernel.strategy.cluster.Clustering;
import org.millrace.kernel.strategy.cluster.Contingency;
import org.millrace.kernel.strategy.cluster.DpMeans;
import org.millrace.kernel.strategy.cluster.Points;
import org.millrace.kernel.strategy.embed.PpmiSvd;
import org.millrace.kernel.strategy.equity.PredictiveEquality;
import org.millrace.kernel.strategy.equity.StrategyMatch;
import org.millrace.kernel.strategy.graph.LearnerGraph;
import org.millrace.kernel.strategy.graph.Node;
import org.millrace.kernel.strategy.sample.Representative;
import org.millrace.kernel.strategy.sample.Sampling;

/** The whole way from a made-up classroom to predictions, with the deterministic embedder. */
class AcceptanceTest {

  private static final ClassroomOptions DEFAULT = ClassroomOptions.DEFAULT;
  private static final int GROUPS = 6;
  private static final int FAMILIES = 8;
  private static final int EACH = 20;

  /** A classroom with its graph. */
  private record Room(Classroom room, List<Play> plays, LearnerGraph graph) {
    static Room of(ClassroomOptions options) {
      var room = Classroom.of(options);
      var plays = room.plays().toList();
      return new Room(
          room, plays, LearnerGraph.counted(plays.stream().map(Play::instance).toList()));
    }

    /** Clusters of nodes of a kind at the λ of k, and how they agree with the truth. */
    Found find(Node.Kind kind, int k, double[][] vectors, Function<Play, Integer> truth) {
      var numbers = graph.numbers(kind);
      var blocks =
          List.of(
              Points.ofRows(
                  IntStream.of(numbers).mapToObj(n -> vectors[n]).toArray(double[][]::new)));
      double lambda = DpMeans.traversal(blocks, k).lambda(k);
      var clustering = DpMeans.of(lambda).best(blocks, DpMeans.STARTS, 2 * k, 1);
      var planted = new TreeMap<Node, Integer>();
      plays.forEach(play -> planted.put(node(kind, play), truth.apply(play)));
      var labels = new TreeMap<Node, Integer>();
      for (int i = 0; i < numbers.length; i++) {
        labels.put(graph.nodes().get(numbers[i]), clustering.labels()[i]);
      }
      double rand =
          Contingency.of(
                  clustering.labels(),
                  IntStream.of(numbers).map(n -> planted.get(graph.nodes().get(n))).toArray())
              .adjustedRand();
      return new Found(clustering, rand, labels);
    }

    Found students(double[][] vectors) {
      return find(Node.Kind.STUDENT, GROUPS, vectors, Play::group);
    }

    Found problems(double[][] vectors) {
      return find(Node.Kind.PROBLEM, FAMILIES, vectors, Play::family);
    }
  }

  private static Node node(Node.Kind kind, Play play) {
    var key = play.instance().key();
    return kind == Node.Kind.STUDENT ? Node.student(key.student()) : Node.problem(key);
  }

  private record Found(Clustering clustering, double rand, TreeMap<Node, Integer> labels) {
    int clusters() {
      return clustering.centres().count();
    }
  }

  @Test
  void problemClustersAreTheFamilies() {
    var room = Room.of(DEFAULT);

    var found = room.problems(PpmiSvd.of(room.graph(), 16));

    assertThat(found.clusters()).isEqualTo(FAMILIES);
    assertThat(found.rand()).isGreaterThanOrEqualTo(.95);
  }

  @ParameterizedTest
  @CsvSource({"12,42", "24,42", "32,42", "16,1", "32,2"})
  void studentClustersAreTheGroups(int dimensions, long seed) {
    var room = Room.of(DEFAULT.seed(seed));

    var found = room.students(PpmiSvd.of(room.graph(), dimensions));

    assertThat(found.clusters()).isEqualTo(GROUPS);
    assertThat(found.rand()).isGreaterThanOrEqualTo(.9);
  }

  @Test
  void heavyNoiseLeavesTheGroups() {
    var room = Room.of(DEFAULT.with(new Noise(.3, .05, .2)));

    assertThat(room.students(PpmiSvd.of(room.graph(), 16)).rand()).isGreaterThanOrEqualTo(.8);
  }

  @ParameterizedTest
  @ValueSource(doubles = {.05, .1, .2, .3})
  void keysArePureButForFlips(double flip) {
    var room = Room.of(DEFAULT.with(new Noise(flip, .05, .05)));
    var vectors = PpmiSvd.of(room.graph(), 16);
    var students = room.students(vectors);
    var problems = room.problems(vectors);

    var keys = room.plays().stream().mapToInt(play -> keyOf(play, students, problems)).toArray();
    var strategies =
        room.plays().stream().mapToInt(play -> play.family() * 3 + play.strategy()).toArray();

    assertThat(Contingency.of(keys, strategies).purity())
        .isBetween(1 - flip * 2 / 3 - .02, 1 - flip * 2 / 3 + .02);
  }

  static int keyOf(Play play, Found students, Found problems) {
    return students.labels().get(node(Node.Kind.STUDENT, play)) * 100
        + problems.labels().get(node(Node.Kind.PROBLEM, play));
  }

  /** Predictions from twenty instances a key of four fifths of the data, for the other fifth. */
  private record Predicted(
      double accuracy,
      double problem,
      double ceiling,
      int sampled,
      Room room,
      List<Play> test,
      double[] each) {
    static Predicted of(ClassroomOptions options) {
      var room = Room.of(options);
      var vectors = PpmiSvd.of(room.graph(), 16);
      var students = room.students(vectors);
      var problems = room.problems(vectors);
      var train = IntStream.range(0, room.plays().size()).filter(i -> i % 5 != 0).boxed().toList();
      var test =
          IntStream.range(0, room.plays().size())
              .filter(i -> i % 5 == 0)
              .mapToObj(room.plays()::get)
              .toList();
      var byKey = sample(room, train, play -> keyOf(play, students, problems), EACH);
      int sampled = byKey.values().stream().mapToInt(List::size).sum();
      var byProblem = sample(room, train, play -> play.problem(), sampled / options.problems());
      var each =
          test.stream()
              .mapToDouble(play -> medoid(byKey.get(keyOf(play, students, problems)), play))
              .toArray();
      return new Predicted(
          Arrays.stream(each).average().orElseThrow(),
          test.stream()
              .mapToDouble(play -> majority(byProblem.get(play.problem()), play))
              .average()
              .orElseThrow(),
          test.stream()
              .mapToDouble(
                  play ->
                      StrategyMatch.jaccard(
                          room.room()
                              .planted(
                                  play.family(), room.room().choice(play.group(), play.family())),
                          play.instance().skills()))
              .average()
              .orElseThrow(),
          sampled,
          room,
          test,
          each);
    }

    private static TreeMap<Integer, List<List<String>>> sample(
        Room room, List<Integer> train, Function<Play, Integer> key, int each) {
      var groups =
          train.stream().collect(Collectors.groupingBy(i -> key.apply(room.plays().get(i))));
      var samples = new TreeMap<Integer, List<List<String>>>();
      groups.forEach(
          (name, members) -> {
            var ids = members.stream().mapToLong(i -> i).toArray();
            samples.put(
                name,
                IntStream.of(Sampling.of(ids, null, each, 5))
                    .mapToObj(i -> room.plays().get(members.get(i)).instance().skills())
                    .toList());
          });
      return samples;
    }

    private static double medoid(List<List<String>> sample, Play play) {
      return StrategyMatch.jaccard(Representative.medoid(sample), play.instance().skills());
    }

    private static double majority(List<List<String>> sample, Play play) {
      return StrategyMatch.jaccard(Representative.majority(sample), play.instance().skills());
    }

    /** By group or by level of skill. */
    PredictiveEquality equality(Function<Play, Integer> group) {
      var students =
          IntStream.range(0, test.size())
              .boxed()
              .collect(
                  Collectors.groupingBy(
                      i -> test.get(i).student(), TreeMap::new, Collectors.toList()))
              .values()
              .stream()
              .sorted(Comparator.comparing(list -> list.get(0)))
              .toList();
      return PredictiveEquality.of(
          students.stream().mapToInt(list -> group.apply(test.get(list.get(0)))).toArray(),
          students.stream()
              .mapToDouble(list -> list.stream().mapToDouble(i -> each[i]).sum())
              .toArray(),
          students.stream().mapToLong(List::size).toArray());
    }
  }

  @Test
  void withoutNoiseASampleOfAFewPercentPredictsEverything() {
    var predicted = Predicted.of(DEFAULT.with(Noise.NONE));

    assertThat(predicted.sampled()).as("48 keys, 5 %% of the training data").isEqualTo(960);
    assertThat(predicted.accuracy()).isGreaterThanOrEqualTo(.98);
  }

  @Test
  void withNoiseThePredictionIsNearItsCeilingAndEquallyGoodForAll() {
    var predicted = Predicted.of(DEFAULT);

    assertThat(predicted.accuracy()).isGreaterThanOrEqualTo(predicted.ceiling() - .03);
    assertThat(predicted.accuracy()).isGreaterThanOrEqualTo(predicted.problem() + .2);
    assertThat(predicted.equality(Play::group).gap()).isLessThanOrEqualTo(.05);
    assertThat(predicted.equality(play -> play.level().ordinal()).gap()).isLessThanOrEqualTo(.05);
    assertThat(predicted.equality(play -> play.level().ordinal()).ratio()).isGreaterThan(.93);
  }
}
