package org.millrace.kernel.strategy.refine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class CoarseToFineTest {

  private static CoarseToFine.Search<String> search(Map<Double, Double> scores, double... lambdas) {
    return CoarseToFine.run(
        lambdas, lambda -> new CoarseToFine.Round<>(lambda, scores.get(lambda), "at " + lambda));
  }

  @Test
  void stopsAtTheFirstRoundThatIsNoBetterAndReturnsTheBest() {
    var found = search(Map.of(4.0, .1, 2.0, .3, 1.0, .3, .5, .9), 4, 2, 1, .5);

    assertThat(found.best().result()).isEqualTo("at 2.0");
    assertThat(found.rounds())
        .extracting(CoarseToFine.Round::lambda)
        .containsExactly(4.0, 2.0, 1.0);
  }

  @Test
  void aGainBelowTheLeastStopsToo() {
    var found =
        CoarseToFine.run(
            new double[] {4, 2, 1},
            .2,
            lambda -> new CoarseToFine.Round<>(lambda, lambda == 4 ? 0 : 1 - lambda / 10, lambda));

    assertThat(found.best().lambda()).isEqualTo(2);
    assertThat(found.rounds()).hasSize(3);
  }

  @Test
  void theFinestRoundIsTheBestIfAllImprove() {
    assertThat(search(Map.of(4.0, .1, 2.0, .3), 4, 2).best().lambda()).isEqualTo(2);
  }

  @Test
  void roundsWithoutAScoreDontWin() {
    assertThat(search(Map.of(4.0, Double.NaN, 2.0, .3, 1.0, Double.NaN), 4, 2, 1).best().lambda())
        .isEqualTo(2);
    assertThatThrownBy(() -> search(Map.of())).hasMessage("no lambda to try");
  }

  @Test
  void pruningKeepsTheHeaviestInTheirOrder() {
    var skills = List.of("a", "b", "c", "d", "e");

    assertThat(Pruning.of(skills, new double[] {.1, .5, .1, .4, .3}, .75))
        .containsExactly("a", "b", "d", "e");
    assertThat(Pruning.of(skills, new double[5], .4)).containsExactly("a", "b");
    assertThat(Pruning.of(skills, new double[5], 1)).isEqualTo(skills);
    assertThat(Pruning.of(List.of("a"), new double[1], .1)).containsExactly("a");
    assertThatThrownBy(() -> Pruning.of(skills, new double[5], 0))
        .hasMessage("the share that is kept is 0.0");
  }

  @Test
  void blendsBetweenBothVectors() {
    double[] original = {1, 0};
    double[] pruned = {0, 2};

    assertThat(Blend.of(original, pruned, 1)).isEqualTo(original);
    assertThat(Blend.of(original, pruned, 0)).isEqualTo(pruned);
    assertThat(Blend.of(original, pruned, .25)).containsExactly(.25, 1.5);
    assertThat(Blend.of(original, pruned, 7)).isEqualTo(original);
    assertThat(Blend.of(original, pruned, -7)).isEqualTo(pruned);
    assertThat(Blend.of(null, pruned, .9)).isEqualTo(pruned);
    assertThat(Blend.of(original, null, .1)).isEqualTo(original);
    assertThatThrownBy(() -> Blend.of(null, null, .1)).hasMessage("both vectors are null");
  }
}
