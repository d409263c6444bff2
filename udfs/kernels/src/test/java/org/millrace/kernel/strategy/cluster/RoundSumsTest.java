package org.millrace.kernel.strategy.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class RoundSumsTest {

  private static final Centres TWO = Centres.of(new double[] {0, 0, 10, 0}, 2);

  @Test
  void aBlockLeavesCountsCostMeansAndItsFarthestPoint() {
    var points = Points.of(new long[] {5, 3, 8}, new double[] {0, 2, 0, -2, 11, 0}, 2);
    var labels = new int[3];

    var sums = RoundSums.assign(points, TWO, labels);

    assertThat(labels).containsExactly(0, 0, 1);
    assertThat(sums.counts()).containsExactly(2, 1);
    assertThat(sums.cost()).isEqualTo(4 + 4 + 1);
    assertThat(sums.objective(2)).isEqualTo(9 + 2 * 2);
    assertThat(sums.means()).isEqualTo(Centres.of(new double[] {0, 0, 11, 0}, 2));
    assertThat(sums.farthest().id()).as("of equals the smallest id").isEqualTo(3);
    assertThat(sums.farthest().vector()).containsExactly(0, -2);
  }

  @Test
  void labelledPointsGiveTheSameSums() {
    var points = Points.ofRows(new double[] {1, 2}, new double[] {9, 1}, new double[] {4, 4});
    var labels = new int[3];

    var assigned = RoundSums.assign(points, TWO, labels);
    var labelled = RoundSums.labelled(points, TWO, labels);

    assertThat(labelled.cost()).isEqualTo(assigned.cost());
    assertThat(labelled.means()).isEqualTo(assigned.means());
  }

  @Property(tries = 60)
  void anyMergeOrderGivesTheSameBits(@ForAll @IntRange(max = 100_000) int seed) {
    var random = new Random(seed);
    var rows = new double[200][];
    java.util.Arrays.setAll(
        rows,
        i -> random.doubles(3, -1, 1).map(x -> x * Math.pow(10, random.nextInt(6))).toArray());
    var order = java.util.stream.IntStream.range(0, 200).toArray();
    var start = Points.ofRows(rows[0], rows[1]);
    var centres = Centres.of(new double[0], 3).with(java.util.List.of(rows[0], rows[1]));
    assertThat(start.size()).isEqualTo(2);
    var whole = RoundSums.assign(Gaussians.blocks(rows, order, 1).get(0), centres, new int[200]);
    var parts = new ArrayList<RoundSums>();
    for (var block : Gaussians.blocks(rows, order, 9)) {
      parts.add(RoundSums.assign(block, centres, new int[block.size()]));
    }
    Collections.shuffle(parts, random);

    var merged = parts.stream().reduce(RoundSums::merge).orElseThrow();

    assertThat(merged.means()).isEqualTo(whole.means());
    assertThat(merged.cost()).isEqualTo(whole.cost());
    assertThat(merged.farthest().id()).isEqualTo(whole.farthest().id());
  }

  @Test
  void floatsAreComputedWithInDouble() {
    var floats = Points.of(new long[] {0}, new float[] {.1f, 3}, 2);

    var sums = RoundSums.assign(floats, TWO, new int[1]);

    assertThat(sums.cost()).isEqualTo((double) .1f * .1f + 9);
  }

  @Test
  void anEmptyBlockAddsNothing() {
    var points = Points.ofRows(new double[] {1, 2});
    var sums = RoundSums.assign(points, TWO, new int[1]);

    sums.merge(RoundSums.assign(Points.of(new long[0], new double[0], 2), TWO, new int[0]));

    assertThat(sums.points()).isEqualTo(1);
    assertThat(sums.farthest().id()).isZero();
  }

  @Test
  void sumsTravel() throws IOException, ClassNotFoundException {
    var sums = RoundSums.assign(Points.ofRows(new double[] {1, 2}), TWO, new int[1]);
    var bytes = new ByteArrayOutputStream();

    try (var out = new ObjectOutputStream(bytes)) {
      out.writeObject(sums);
    }
    var read =
        (RoundSums)
            new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();

    assertThat(read.means()).isEqualTo(sums.means());
    assertThat(read.farthest().id()).isEqualTo(sums.farthest().id());
  }

  @Test
  void shapesThatDontFitAreNamed() {
    assertThatThrownBy(() -> RoundSums.assign(Points.ofRows(new double[] {1}), TWO, new int[1]))
        .hasMessage("1 points of 1 dimensions, 1 labels and 2 centres of 2 dimensions don't fit");
  }
}
