package org.millrace.kernel.bestofn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class DifficultyTest {

  @ParameterizedTest
  @CsvSource({"1, EASY", "0.5, EASY", "0.499, MEDIUM", "0.1, MEDIUM", "0.099, HARD", "0, HARD"})
  void absoluteBins(double passAt1, Difficulty expected) {
    assertThat(Difficulty.of(passAt1)).isEqualTo(expected);
  }

  @Test
  void quantilesRankFromTheEasiestAndByPositionOnTies() {
    // Ranks 4 1 2 3 5 0; floor(5 rank / 6) = 3 0 1 2 4 0.
    assertThat(Difficulty.quantiles(new double[] {.2, .9, .5, .5, 0, 1}, 5))
        .containsExactly(3, 0, 1, 2, 4, 0);
  }

  @Test
  void promptsWithoutARateAreInNoBin() {
    assertThat(Difficulty.quantiles(new double[] {.1, Double.NaN, .9}, 2))
        .containsExactly(1, -1, 0);
    assertThatThrownBy(() -> Difficulty.of(Double.NaN))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
