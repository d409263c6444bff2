package org.millrace.kernel.strategy.graph;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import org.millrace.kernel.strategy.mastery.Mastery;
import org.millrace.kernel.strategy.steps.Instance;

/**
 * Learners, problems and skills as a graph: an edge between a student and a skill, and between a
 * problem and a skill, for every time they meet. Its weight is the count, or for students the sum
 * of what their mastery says. Nodes are numbered by kind and label, so that the same log gives the
 * same graph. Immutable, thread-safe; fits in memory.
 */
public final class LearnerGraph {

  private final List<Node> nodes;
  private final Neighbours[] edges;

  private LearnerGraph(List<Node> nodes, Neighbours[] edges) {
    this.nodes = nodes;
    this.edges = edges;
  }

  /**
   * A graph whose weights are counts.
   *
   * @param instances of a log
   */
  public static LearnerGraph counted(List<Instance> instances) {
    return of(instances, null);
  }

  /**
   * A graph whose students' edges count by mastery.
   *
   * @param instances of a log
   * @param mastery weights of each instance's skills; an edge of weight 0 is left out
   */
  public static LearnerGraph mastered(List<Instance> instances, Mastery mastery) {
    return of(instances, mastery);
  }

  private static LearnerGraph of(List<Instance> instances, Mastery mastery) {
    var weights = new HashMap<Node, Map<Node, Double>>();
    for (var instance : instances) {
      var student = Node.student(instance.key().student());
      var problem = Node.problem(instance.key());
      var mastered = mastery == null ? null : mastery.weights(instance);
      for (int i = 0; i < instance.skills().size(); i++) {
        var skill = Node.skill(instance.skills().get(i));
        add(weights, student, skill, mastered == null ? 1 : mastered[i]);
        add(weights, problem, skill, 1);
      }
    }
    return of(weights);
  }

  /**
   * A graph of weighted edges, as a grouped sum gives them.
   *
   * @param weights of the edges between a student or a problem and skills, above 0
   */
  public static LearnerGraph of(Map<Node, Map<Node, Double>> weights) {
    var nodes = new TreeSet<>(weights.keySet());
    weights.values().forEach(skills -> nodes.addAll(skills.keySet()));
    return numbered(new ArrayList<>(nodes), weights);
  }

  private static void add(
      Map<Node, Map<Node, Double>> weights, Node node, Node skill, double weight) {
    if (weight > 0) {
      weights.computeIfAbsent(node, n -> new HashMap<>()).merge(skill, weight, Double::sum);
    }
  }

  private static LearnerGraph numbered(List<Node> nodes, Map<Node, Map<Node, Double>> weights) {
    var numbers = new HashMap<Node, Integer>();
    nodes.forEach(node -> numbers.put(node, numbers.size()));
    var edges = new ArrayList<TreeMap<Integer, Double>>();
    nodes.forEach(node -> edges.add(new TreeMap<>()));
    weights.forEach(
        (node, skills) ->
            skills.forEach(
                (skill, weight) -> {
                  edges.get(numbers.get(node)).put(numbers.get(skill), weight);
                  edges.get(numbers.get(skill)).put(numbers.get(node), weight);
                }));
    return new LearnerGraph(
        List.copyOf(nodes),
        edges.stream().map(LearnerGraph::neighbours).toArray(Neighbours[]::new));
  }

  private static Neighbours neighbours(TreeMap<Integer, Double> edges) {
    return Neighbours.of(
        edges.keySet().stream().mapToLong(Integer::longValue).toArray(),
        edges.values().stream().mapToDouble(Double::doubleValue).toArray());
  }

  /** The nodes in the order of their numbers. */
  public List<Node> nodes() {
    return nodes;
  }

  /**
   * Numbers of the nodes of a kind, ascending.
   *
   * @param kind of nodes
   */
  public int[] numbers(Node.Kind kind) {
    var numbers = new int[nodes.size()];
    int count = 0;
    for (int i = 0; i < numbers.length; i++) {
      if (nodes.get(i).kind() == kind) {
        numbers[count++] = i;
      }
    }
    return Arrays.copyOf(numbers, count);
  }

  /**
   * Edges of a node.
   *
   * @param number of the node
   */
  public Neighbours neighbours(long number) {
    return edges[(int) number];
  }
}
