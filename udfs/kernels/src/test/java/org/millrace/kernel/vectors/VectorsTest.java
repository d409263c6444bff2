package org.millrace.kernel.vectors;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.IntRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;
import org.millrace.kernel.vectors.Vectors.Neighbour;

class VectorsTest {

  private static final double[][] CORNERS = {{0, 0}, {4, 0}, {0, 4}, {4, 4}};

  @Test
  void theNearestCentroidIsAtTheSmallestDistance() {
    assertThat(Vectors.nearest(new double[] {3, 1}, CORNERS)).isEqualTo(1);
    assertThat(Vectors.nearest(new double[] {3, 3.5}, CORNERS)).isEqualTo(3);
  }

  @Test
  void theFirstOfEquallyNearCentroidsIsTaken() {
    assertThat(Vectors.nearest(new double[] {2, 2}, CORNERS)).isZero();
    assertThat(Vectors.nearest(new double[] {2, 4}, CORNERS)).isEqualTo(2);
  }

  @Test
  void nothingIsNearWithoutCentroidsOrNumbers() {
    assertThat(Vectors.nearest(new double[] {1}, new double[0][])).isEqualTo(Vectors.NONE);
    assertThat(Vectors.nearest(new double[] {Double.NaN, 1}, CORNERS)).isEqualTo(Vectors.NONE);
    assertThat(Vectors.nearest(new double[] {1}, new double[][] {{Double.NaN}, {9}})).isEqualTo(1);
    assertThat(Vectors.nearest(new double[] {1e300}, new double[][] {{-1e300}, {-2e300}})).isZero();
  }

  @Property
  void noCentroidIsNearerThanTheNearest(
      @ForAll @IntRange(min = -9, max = 9) int x,
      @ForAll @Size(min = 1, max = 9) List<@IntRange(min = -9, max = 9) Integer> places) {
    var centroids = places.stream().map(place -> new double[] {place, 1}).toArray(double[][]::new);

    int nearest = Vectors.nearest(new double[] {x, 0}, centroids);

    assertThat(Math.abs(x - places.get(nearest)))
        .isEqualTo(places.stream().mapToInt(place -> Math.abs(x - place)).min().getAsInt());
  }

  @Test
  void theMostSimilarComeFirst() {
    double[][] others = {{1, 0}, {0, 2}, {3, 3}, {-1, 0}, {2, 0}};

    assertThat(Vectors.cosineTop(new double[] {5, 0}, others, 3))
        .containsExactly(
            new Neighbour(0, 1), new Neighbour(4, 1), new Neighbour(2, 15 / (5 * Math.sqrt(18))));
  }

  @Test
  void zerosAreSimilarToNothingAndNaNsAreLeftOut() {
    double[][] others = {{-1, 0}, {0, 0}, {Double.NaN, 1}};

    assertThat(Vectors.cosineTop(new double[] {1, 0}, others, 9))
        .containsExactly(new Neighbour(1, 0), new Neighbour(0, -1));
    assertThat(Vectors.cosineTop(new double[] {1, 0}, others, 0)).isEmpty();
  }

  @Property
  void fewerAreTheBeginningOfMore(
      @ForAll @Size(max = 12) List<@IntRange(min = -3, max = 3) Integer> numbers,
      @ForAll @IntRange(max = 12) int k) {
    var others = numbers.stream().map(x -> new double[] {x, 1}).toArray(double[][]::new);
    double[] vector = {1, 1};

    var all = Vectors.cosineTop(vector, others, others.length);

    assertThat(Vectors.cosineTop(vector, others, k))
        .isEqualTo(Arrays.copyOf(all, Math.min(k, all.length)));
    assertThat(all).isSortedAccordingTo((a, b) -> Double.compare(b.similarity(), a.similarity()));
  }

  @Test
  void mistakesSayWhatIsWrong() {
    assertThatThrownBy(() -> Vectors.nearest(new double[3], CORNERS))
        .hasMessage("vectors of 3 and 2 numbers");
    assertThatThrownBy(() -> Vectors.cosineTop(new double[2], CORNERS, -1))
        .hasMessage("k is 0 or more, not -1");
  }
}
