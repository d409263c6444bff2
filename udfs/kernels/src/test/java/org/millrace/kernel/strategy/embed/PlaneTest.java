package org.millrace.kernel.strategy.embed;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PlaneTest {

  @Test
  void keepsTheDistancesOfVectorsThatLieInAPlane() {
    double[][] vectors = {{5, 0, 0, 1}, {-5, 0, 0, 1}, {0, 0, 2, 1}, {0, 0, -2, 1}};

    var plane = Plane.of(vectors);

    assertThat(Math.abs(plane.at(vectors[0])[0])).isCloseTo(5, within(1e-9));
    assertThat(plane.at(vectors[0])[1]).isCloseTo(0, within(1e-9));
    assertThat(plane.at(vectors[2])[0]).isCloseTo(0, within(1e-9));
    assertThat(plane.at(vectors[2])[1]).isCloseTo(-plane.at(vectors[3])[1], within(1e-9));
    assertThat(Math.abs(plane.at(vectors[2])[1])).isCloseTo(2, within(1e-9));
  }

  @Test
  void aSinglePointAndASingleDimensionAreNoTrouble() {
    assertThat(Plane.of(new double[][] {{3, 4}}).at(new double[] {3, 4})).containsExactly(0, 0);
    assertThat(Math.abs(Plane.of(new double[][] {{1}, {3}}).at(new double[] {3})[0])).isEqualTo(1);
  }
}
