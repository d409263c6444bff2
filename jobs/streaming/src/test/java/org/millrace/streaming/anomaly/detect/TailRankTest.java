package org.millrace.streaming.anomaly.detect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import org.junit.jupiter.api.Test;

class TailRankTest {

  private static TailRank after(int scores, long seed) {
    var random = new Random(seed);
    var rank = new TailRank();
    for (int i = 0; i < scores; i++) {
      rank.rank(random.nextDouble());
    }
    return rank;
  }

  @Test
  void quietAtFirst() {
    var rank = new TailRank();

    for (int i = 0; i < TailRank.QUIET; i++) {
      assertThat(rank.rank(i)).isZero();
    }

    // none of 100 scores was as high: -log10(.5 / 101), but for what was forgotten
    assertThat(rank.rank(1_000)).isCloseTo(2.305, within(.01));
  }

  @Test
  void saysHowRareAScoreIs() {
    assertThat(after(20_000, 1).rank(.9)).isCloseTo(1, within(.1));
    assertThat(after(20_000, 2).rank(.99)).isCloseTo(2, within(.4));
    assertThat(after(20_000, 3).rank(0)).isLessThan(.001);
    assertThat(after(20_000, 4).rank(5)).isCloseTo(TailRank.MAX, within(.002));
  }

  @Test
  void equalScoresAreNoNews() {
    var rank = new TailRank();

    for (int i = 0; i < 500; i++) {
      assertThat(rank.rank(7)).isLessThan(.01);
    }
  }

  @Property(tries = 50)
  void higherIsRarer(@ForAll long seed) {
    var random = new Random(seed);
    double low = random.nextDouble();
    double high = low + random.nextDouble();

    assertThat(after(1_000, seed).rank(high)).isGreaterThanOrEqualTo(after(1_000, seed).rank(low));
  }

  @Test
  void forgetsOldScores() {
    var rank = after(3_000, 1);
    for (int i = 0; i < 30_000; i++) {
      rank.rank(.01);
    }

    assertThat(rank.rank(.5)).isGreaterThan(3.4);
  }

  @Test
  void survivesItsOwnWeights() {
    var rank = after(800_000, 1);

    assertThat(rank.rank(.5)).isCloseTo(.3, within(.03));
  }
}
