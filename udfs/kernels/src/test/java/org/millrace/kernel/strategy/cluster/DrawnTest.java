package org.millrace.kernel.strategy.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;
import org.millrace.kernel.strategy.Draws;

class DrawnTest {

  private static final Points POINTS =
      Points.of(new long[] {5, 3, 8}, new double[] {50, 30, 80}, 1);

  @Test
  void theEarlierOfTwoAndOfEqualsTheSmallerIdIsTaken() {
    var early = new Drawn(1, 9, new double[] {0});
    var late = new Drawn(2, 1, new double[] {0});
    var equal = new Drawn(1, 4, new double[] {0});

    assertThat(Drawn.of(late, early)).isSameAs(early);
    assertThat(Drawn.of(early, equal)).isSameAs(Drawn.of(equal, early)).isSameAs(equal);
    assertThat(Drawn.of(null, late)).isSameAs(Drawn.of(late, null)).isSameAs(late);
  }

  @Test
  void pointsAreDrawnInProportionToTheirSquaredDistances() {
    int third = 0;

    for (int n = 0; n < 20_000; n++) {
      var drawn = Drawn.weighted(POINTS, new double[] {1, 0, 3}, Draws.key(7, n));
      assertThat(drawn.id()).isNotEqualTo(3);
      third += drawn.id() == 8 ? 1 : 0;
    }

    assertThat(third / 20_000.0).isCloseTo(.75, within(.01));
    assertThat(Drawn.weighted(POINTS, new double[3], 1)).isNull();
  }

  @Test
  void blocksDrawWhatAllPointsWould() {
    for (int n = 0; n < 100; n++) {
      var parts =
          Drawn.of(Drawn.uniform(POINTS.part(1, 3), n), Drawn.uniform(POINTS.part(0, 1), n));

      assertThat(parts.id()).isEqualTo(Drawn.uniform(POINTS, n).id());
      assertThat(parts.vector()).containsExactly(parts.id() * 10);
    }
    assertThat(Drawn.uniform(POINTS.part(0, 0), 1)).isNull();
  }
}
