package org.millrace.kernel.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CentroidsTest {

  @Property
  void theSamePlacesAndDistancesBitForBitAsOneVectorAtATime(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 21) int dimensions,
      @ForAll @IntRange(min = 1, max = 600) int count) {
    var random = new Random(seed);
    var rows = new double[count][];
    var flat = new double[count * dimensions];
    for (int c = 0; c < count; c++) {
      rows[c] = random.ints(dimensions, -9, 10).asDoubleStream().map(x -> x / 7).toArray();
      System.arraycopy(rows[c], 0, flat, c * dimensions, dimensions);
    }
    var vectors = random.ints(3L * dimensions, -9, 10).asDoubleStream().map(x -> x / 7).toArray();
    var places = new int[3];
    var distances = new double[3];

    Centroids.of(flat, dimensions).nearest(vectors, 3, places, distances);

    for (int i = 0; i < 3; i++) {
      var vector = Arrays.copyOfRange(vectors, i * dimensions, (i + 1) * dimensions);
      assertThat(places[i]).isEqualTo(Vectors.nearest(vector, rows));
      double expected = 0;
      for (int d = 0; d < dimensions; d++) {
        expected += (vector[d] - rows[places[i]][d]) * (vector[d] - rows[places[i]][d]);
      }
      assertThat(distances[i]).isEqualTo(expected);
    }
  }

  @Test
  void theFirstOfEqualsAndNoneOfNaNs() {
    var places = new int[2];
    var distances = new double[2];

    Centroids.of(new double[] {1, 0, -1, 0}, 2)
        .nearest(new double[] {0, 3, Double.NaN, 3}, 2, places, distances);

    assertThat(places).containsExactly(0, Vectors.NONE);
    assertThat(distances).containsExactly(10, Double.POSITIVE_INFINITY);
    Centroids.of(new double[0], 2).nearest(new double[] {0, 3}, 1, places, distances);
    assertThat(places[0]).isEqualTo(Vectors.NONE);
  }

  @Test
  void brokenShapesAreNamed() {
    assertThatThrownBy(() -> Centroids.of(new double[5], 2))
        .hasMessage("5 numbers are no centroids of 2 dimensions");
  }
}
