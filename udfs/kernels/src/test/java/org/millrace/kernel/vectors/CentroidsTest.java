package org.millrace.kernel.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import org.junit.jupiter.api.Test;

class CentroidsTest {

  @Property
  void theSamePlaceAndTheSameDistanceBitForBitAsOneVectorAlone(
      @ForAll long seed,
      @ForAll @IntRange(min = 1, max = 21) int dimensions,
      @ForAll @IntRange(min = 1, max = 40) int count) {
    var random = new Random(seed);
    var rows = new double[count][];
    var flat = new double[count * dimensions];
    for (int c = 0; c < count; c++) {
      rows[c] = random.doubles(dimensions, -1, 1).toArray();
      System.arraycopy(rows[c], 0, flat, c * dimensions, dimensions);
    }
    var points = random.doubles(3L * dimensions, -1, 1).toArray();
    var vector = new double[dimensions];
    System.arraycopy(points, dimensions, vector, 0, dimensions);
    var distances = new double[count];

    int nearest = Centroids.of(flat, dimensions).nearest(points, dimensions, distances);

    assertThat(nearest).isEqualTo(Vectors.nearest(vector, rows));
    double expected = 0;
    for (int d = 0; d < dimensions; d++) {
      expected += (vector[d] - rows[nearest][d]) * (vector[d] - rows[nearest][d]);
    }
    assertThat(distances[nearest]).isEqualTo(expected);
  }

  @Test
  void theFirstOfEqualsAndNoneOfNaNs() {
    var two = Centroids.of(new double[] {1, 0, -1, 0}, 2);
    var distances = new double[2];

    assertThat(two.nearest(new double[] {0, 3}, 0, distances)).isZero();
    assertThat(two.nearest(new double[] {Double.NaN, 3}, 0, distances)).isEqualTo(Vectors.NONE);
    assertThat(Centroids.of(new double[0], 2).nearest(new double[] {0, 3}, 0, distances))
        .isEqualTo(Vectors.NONE);
  }

  @Test
  void brokenShapesAreNamed() {
    assertThatThrownBy(() -> Centroids.of(new double[5], 2))
        .hasMessage("5 numbers are no centroids of 2 dimensions");
  }
}
