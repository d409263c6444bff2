package org.millrace.kernel.strategy.graph;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class Node2VecTest {

  /** 0-1, 0-2, 1-2, 2-3, 3-4 with weights 1, 2, 3, 4, 1; 5 alone. */
  private static final Neighbours[] GRAPH = {
    Neighbours.of(new long[] {1, 2}, new double[] {1, 2}),
    Neighbours.of(new long[] {0, 2}, new double[] {1, 3}),
    Neighbours.of(new long[] {0, 1, 3}, new double[] {2, 3, 4}),
    Neighbours.of(new long[] {2, 4}, new double[] {4, 1}),
    Neighbours.of(new long[] {3}, new double[] {1}),
    null
  };

  private static Neighbours edges(long node) {
    return GRAPH[(int) node];
  }

  @ParameterizedTest
  @CsvSource({"1,1", "4,.25", ".25,4", ".5,.5"})
  void stepsFollowTheSecondOrderChances(double p, double q) {
    var walks = new Node2Vec(p, q, 3, 11);
    int[] to = new int[6];
    int through = 0;

    for (int n = 0; n < 60_000; n++) {
      var walk = walks.walk(0, n, Node2VecTest::edges);
      if (walk[1] == 2) {
        through++;
        to[(int) walk[2]]++;
      }
    }

    // From 2, reached from 0: back to 0 by 1/p, 1 is next to 0, 3 is not.
    double back = 2 / p;
    double out = 4 / q;
    double all = back + 3 + out;
    assertThat(through / 60_000.0).isCloseTo(2 / 3.0, within(.01));
    assertThat((double) to[0] / through).isCloseTo(back / all, within(.012));
    assertThat((double) to[1] / through).isCloseTo(3 / all, within(.012));
    assertThat((double) to[3] / through).isCloseTo(out / all, within(.012));
  }

  @Property
  void aWalkStepByStepIsTheWalkAtOnce(
      @ForAll long seed, @ForAll @IntRange(max = 4) int start, @ForAll @IntRange(max = 9) int n) {
    var walks = new Node2Vec(.5, 2, 12, seed);

    var walk = walks.walk(start, n, Node2VecTest::edges);

    assertThat(walk).hasSize(12);
    for (int step = 1; step < walk.length; step++) {
      assertThat(edges(walk[step - 1]).contains(walk[step])).isTrue();
      long from = step > 1 ? walk[step - 2] : start;
      var before = step > 1 ? edges(from) : null;
      assertThat(walks.next(start, n, step, from, before, edges(walk[step - 1])))
          .isEqualTo(walk[step]);
    }
  }

  @Test
  void walksDifferByNumberAndSeedOnly() {
    var walks = Node2Vec.unbiased(1);

    var walk = walks.walk(0, 3, Node2VecTest::edges);

    assertThat(walk).hasSize(40).isEqualTo(walks.walk(0, 3, Node2VecTest::edges));
    assertThat(walks.walk(0, 4, Node2VecTest::edges)).isNotEqualTo(walk);
    assertThat(Node2Vec.unbiased(2).walk(0, 3, Node2VecTest::edges)).isNotEqualTo(walk);
  }

  @Test
  void aLonelyNodeIsItsWholeWalk() {
    assertThat(Node2Vec.unbiased(1).walk(5, 0, Node2VecTest::edges)).containsExactly(5);
    assertThatThrownBy(() -> new Node2Vec(0, 1, 40, 1)).hasMessageContaining("p and q above 0");
  }

  @Property(tries = 100)
  void anAliasTableHoldsItsWeightsExactly(@ForAll @IntRange(max = 100_000) int seed) {
    var random = new Random(seed);
    int size = 1 + random.nextInt(12);
    var weights = IntStream.range(0, size).mapToDouble(i -> random.nextInt(6)).toArray();
    weights[random.nextInt(size)]++;
    double sum = IntStream.range(0, size).mapToDouble(i -> weights[i]).sum();
    var table = AliasTable.of(weights);
    int grid = 60_000;
    var hits = new int[size];

    for (int i = 0; i < grid; i++) {
      hits[table.place((i + .5) / grid)]++;
    }

    for (int i = 0; i < size; i++) {
      assertThat((double) hits[i] / grid).isCloseTo(weights[i] / sum, within(2e-3));
    }
  }

  @Test
  void weightsThatDrawNothingAreRefused() {
    assertThatThrownBy(() -> AliasTable.of(new double[] {0, 0}))
        .hasMessage("weights that add up to 0.0");
    assertThatThrownBy(() -> AliasTable.of(new double[] {1, -1}))
        .hasMessage("a weight is 0 or more, not -1.0");
    assertThatThrownBy(() -> Neighbours.of(new long[] {2, 1}, new double[] {1, 1}))
        .hasMessage("neighbours must ascend, each once");
  }
}
