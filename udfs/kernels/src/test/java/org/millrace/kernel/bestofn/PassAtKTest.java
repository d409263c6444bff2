package org.millrace.kernel.bestofn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class PassAtKTest {

  @Test
  void equalsTheMeanOverAllSubsets() {
    for (int n = 1; n <= 10; n++) {
      for (int c = 0; c <= n; c++) {
        for (int k = 1; k <= n; k++) {
          int right = c;
          double expected = Subsets.mean(n, k, subset -> subset[0] < right ? 1 : 0);
          assertThat(PassAtK.at(n, c, k))
              .as("n=%d c=%d k=%d", n, c, k)
              .isCloseTo(expected, within(1e-14));
        }
      }
    }
  }

  @Test
  void risesWithK() {
    for (int k = 1; k < 200; k++) {
      assertThat(PassAtK.at(200, 3, k + 1)).isGreaterThanOrEqualTo(PassAtK.at(200, 3, k));
    }
  }

  @Test
  void isOneWhereFewerThanKAreWrong() {
    assertThat(PassAtK.at(10, 3, 8)).isEqualTo(1);
  }

  @Test
  void needsNoFactorials() {
    // 1 - C(999999, 1000) / C(1000000, 1000) = 1000 / 1000000.
    assertThat(PassAtK.at(1_000_000, 1, 1_000)).isCloseTo(0.001, within(1e-12));
  }

  @Test
  void curveOfGradedCreditsIsTheExpectedBest() {
    var credits = new double[] {0.5, 0, 1};

    // Pairs: (.5, 0) -> .5, (.5, 1) -> 1, (0, 1) -> 1.
    assertThat(PassAtK.curve(credits, new int[] {1, 2, 3, 4}))
        .containsExactly(new double[] {0.5, 2.5 / 3, 1, Double.NaN}, within(1e-15));
  }

  @Test
  void refusesNumbersOutOfRange() {
    assertThatThrownBy(() -> PassAtK.at(3, 4, 1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("0 <= c <= n");
  }
}
