package org.millrace.kernel.strategy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Comparator;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class DrawsTest {

  @Test
  void drawsOfNeighbouringKeysAreSpreadEvenly() {
    var tenths = new int[10];

    for (int i = 0; i < 100_000; i++) {
      tenths[Draws.below(Draws.key(7, i), 10)]++;
    }

    // 10,000 each, of standard deviation 95.
    for (int n : tenths) {
      assertThat(n).isBetween(9_600, 10_400);
    }
  }

  @Test
  void theLeastExponentialOverItsWeightFallsInProportionToWeights() {
    double[] weights = {1, 2, 7};
    var won = new int[3];

    for (int i = 0; i < 30_000; i++) {
      long key = Draws.key(3, i);
      won[
          IntStream.range(0, 3)
              .boxed()
              .min(
                  Comparator.comparingDouble(
                      w -> Draws.exponential(Draws.key(key, w)) / weights[w]))
              .orElseThrow()]++;
    }

    assertThat(won[0] / 30_000.0).isCloseTo(.1, within(.01));
    assertThat(won[1] / 30_000.0).isCloseTo(.2, within(.01));
  }

  @Test
  void textsAndNumbersGiveDifferentKeys() {
    assertThat(Draws.key(1, "a")).isNotEqualTo(Draws.key(1, "b")).isEqualTo(Draws.key(1, "a"));
    assertThat(Draws.key(1, "a")).isNotEqualTo(Draws.key(2, "a"));
    assertThat(Draws.key(1, 2)).isNotEqualTo(Draws.key(2, 1));
  }
}
