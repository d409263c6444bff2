package org.millrace.kernel.strategy.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class ContingencyTest {

  @Test
  void scoresFollowByHand() {
    // Pairs together in both 2, in clusters 6, in classes 3, of 15: (2 - 1.2) / (4.5 - 1.2).
    var scores = Contingency.of(new int[] {0, 0, 0, 1, 1, 1}, new int[] {7, 7, 8, 8, 9, 9});

    assertThat(scores.adjustedRand()).isCloseTo(.8 / 3.3, within(1e-12));
    assertThat(scores.purity()).isEqualTo(4 / 6.0);
    // I = 2/3 ln 2 + 1/3 ln 1 = 2/3 ln 2; entropies ln 2 and ln 3.
    assertThat(scores.normalizedMutualInformation())
        .isCloseTo(2 / 3.0 * Math.log(2) / ((Math.log(2) + Math.log(3)) / 2), within(1e-12));
  }

  @Property
  void relabellingGivesOne(@ForAll long seed) {
    var random = new Random(seed);
    var labels = random.ints(60, 0, 5).toArray();
    var relabelled = Arrays.stream(labels).map(x -> 17 - 3 * x).toArray();

    var scores = Contingency.of(labels, relabelled);

    assertThat(scores.adjustedRand()).isEqualTo(1);
    assertThat(scores.normalizedMutualInformation()).isCloseTo(1, within(1e-12));
    assertThat(scores.purity()).isEqualTo(1);
  }

  @Test
  void unrelatedLabelsScoreAroundZero() {
    var random = new Random(2);

    var scores =
        Contingency.of(random.ints(9000, 0, 4).toArray(), random.ints(9000, 0, 6).toArray());

    assertThat(scores.adjustedRand()).isCloseTo(0, within(.01));
    assertThat(scores.normalizedMutualInformation()).isCloseTo(0, within(.01));
  }

  @Test
  void oneClusterForAllIsEqualToItself() {
    var scores = Contingency.of(new int[5], new int[5]);

    assertThat(scores.adjustedRand()).isEqualTo(1);
    assertThat(scores.normalizedMutualInformation()).isEqualTo(1);
    assertThat(Contingency.of(new int[0], new int[0]).purity()).isNaN();
  }

  @Test
  void groupedCountsGiveTheSame() {
    assertThat(Contingency.of(new long[][] {{2, 1, 0}, {0, 1, 2}}).adjustedRand())
        .isCloseTo(.8 / 3.3, within(1e-12));
    assertThatThrownBy(() -> Contingency.of(new int[1], new int[2]))
        .hasMessage("1 labels against 2");
  }
}
