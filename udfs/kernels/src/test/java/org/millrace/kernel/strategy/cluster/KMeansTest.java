package org.millrace.kernel.strategy.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.util.List;
import org.junit.jupiter.api.Test;

class KMeansTest {

  @Test
  void findsAFewPlantedClustersFromMostSeedsAndNeverRaisesItsCost() {
    var planted = Gaussians.of(5, 5, 8, 40);
    int exact = 0;

    for (int seed = 0; seed < 20; seed++) {
      var found = KMeans.of(planted.blocks(2), 5, seed);
      exact += Contingency.of(found.labels(), planted.truth()).adjustedRand() == 1 ? 1 : 0;
      for (int r = 1; r < found.rounds(); r++) {
        assertThat(found.objectives()[r])
            .isLessThanOrEqualTo(found.objectives()[r - 1] * (1 + 1e-9));
      }
    }

    assertThat(exact).isGreaterThanOrEqualTo(14);
  }

  @Test
  void theStartDependsOnTheSeedAndNotOnBlocks() {
    var planted = Gaussians.of(5, 30, 2, 10);

    var one = KMeans.of(planted.blocks(1), 30, 3);

    assertThat(KMeans.of(planted.blocks(7), 30, 3).centres()).isEqualTo(one.centres());
    assertThat(KMeans.of(planted.blocks(1), 30, 4).centres()).isNotEqualTo(one.centres());
  }

  @Test
  void fewerDifferentPointsGiveFewerClusters() {
    var blocks = List.of(Points.ofRows(new double[] {1}, new double[] {1}, new double[] {2}));

    assertThat(KMeans.of(blocks, 5, 0).centres().count()).isEqualTo(2);
    assertThatThrownBy(() -> KMeans.of(blocks, 0, 0)).hasMessage("k is 1 or more, not 0");
  }
}
