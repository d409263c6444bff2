package org.millrace.batch.corpus.dedup;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.LongRange;
import net.jqwik.api.constraints.Size;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.junit.jupiter.api.Test;

class ComponentsTest {

  @Test
  void aChainIsOneComponentOfItsSmallestNode() {
    var edges = List.of(edge(5, 9), edge(3, 5), edge(-2, 9), edge(7, 8));

    var roots = roots(Components.members(edges));

    assertThat(roots).isEqualTo(Map.of(-2L, -2L, 3L, -2L, 5L, -2L, 9L, -2L, 7L, 7L, 8L, 7L));
  }

  @Test
  void aChainOfAHundredThousandIsNoProblem() {
    var edges = new ArrayList<Row>();
    for (long node = 100_000; node > 0; node--) {
      edges.add(edge(node - 1, node));
    }

    var roots = roots(Components.members(edges));

    assertThat(roots).hasSize(100_001).allSatisfy((node, root) -> assertThat(root).isZero());
  }

  @Property(tries = 300)
  void theRootIsTheSmallestNodeThatCanBeReached(
      @ForAll @Size(max = 40) List<@LongRange(min = 0, max = 899) Long> pairs) {
    var edges = new ArrayList<Row>();
    for (long pair : pairs) {
      if (pair / 30 != pair % 30) {
        edges.add(edge(pair / 30, pair % 30));
      }
    }

    assertThat(roots(Components.members(edges))).isEqualTo(smallestReached(edges));
  }

  private static Row edge(long a, long b) {
    return RowFactory.create(a, b);
  }

  private static Map<Long, Long> roots(List<Row> members) {
    var roots = new TreeMap<Long, Long>();
    for (var member : members) {
      assertThat(roots.put(member.getLong(0), member.getLong(1))).isNull();
    }
    return roots;
  }

  private static Map<Long, Long> smallestReached(List<Row> edges) {
    var neighbours = new HashMap<Long, TreeSet<Long>>();
    for (var edge : edges) {
      neighbours.computeIfAbsent(edge.getLong(0), n -> new TreeSet<>()).add(edge.getLong(1));
      neighbours.computeIfAbsent(edge.getLong(1), n -> new TreeSet<>()).add(edge.getLong(0));
    }
    var smallest = new TreeMap<Long, Long>();
    for (long node : neighbours.keySet()) {
      var reached = new TreeSet<Long>(List.of(node));
      while (reached.addAll(neighboursOf(reached, neighbours))) {
        // Until nothing new is reached.
      }
      smallest.put(node, reached.first());
    }
    return smallest;
  }

  private static TreeSet<Long> neighboursOf(
      TreeSet<Long> nodes, Map<Long, TreeSet<Long>> neighbours) {
    var all = new TreeSet<Long>();
    nodes.forEach(node -> all.addAll(neighbours.get(node)));
    return all;
  }
}
