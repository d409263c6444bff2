package org.millrace.kernel.bestofn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import org.junit.jupiter.api.Test;

class ScalingLawsTest {

  private static final int[] KS = {1, 2, 4, 8, 16, 32, 64, 128};

  /** Coverages of 64 GPQA problems, as the reference page prints them. */
  private static final double[] GPQA = {
    .436768, .554374, .646943, .716164, .764141, .791863, .820310, .875
  };

  /** Game of 24 by chain of thought, to 64 samples. */
  private static final int[] TO_64 = {1, 2, 4, 8, 16, 32, 64};

  private static final double[] GAME_24 = {
    .0403, .0728, .122909, .190316, .268919, .352481, .436638
  };

  @Test
  void theReferencesPowerLaws() {
    var gpqa = CoverageLaw.fit(KS, GPQA);
    var game = CoverageLaw.fit(TO_64, GAME_24);

    assertThat(gpqa.a()).isCloseTo(-.752785, within(5e-6));
    assertThat(gpqa.b()).isCloseTo(-.348995, within(5e-6));
    assertThat(gpqa.rms()).isCloseTo(.0178, within(5e-5));
    assertThat(game.a()).isCloseTo(-3.265318, within(5e-5));
    assertThat(game.b()).isCloseTo(-.328431, within(5e-6));
    assertThat(game.at(100)).isCloseTo(.486970, within(5e-6));
  }

  @Test
  void theReferencesSaturation() {
    var gpqa = SaturationLaw.fit(KS, GPQA);
    var game = SaturationLaw.fit(TO_64, GAME_24);

    assertThat(gpqa.p()).isCloseTo(.474366, within(5e-6));
    assertThat(gpqa.most()).isCloseTo(.784376, within(5e-6));
    assertThat(gpqa.rms()).isCloseTo(.0552, within(5e-5));
    assertThat(game.p()).isCloseTo(.067546, within(5e-6));
    assertThat(game.most()).isCloseTo(.421641, within(5e-6));
    assertThat(game.saturation(.01)).isEqualTo(15);
    assertThat(game.saturation(.001)).isEqualTo(48);
    assertThat(new SaturationLaw(.3, .6, 0).saturation(.001)).isEqualTo(15);
  }

  @Property(tries = 50)
  void aLawIsFoundAgain(
      @ForAll @DoubleRange(min = .01, max = .95) double p,
      @ForAll @DoubleRange(min = .1, max = 1) double most) {
    var law = new SaturationLaw(p, most, 0);
    var values = new double[KS.length];
    for (int i = 0; i < KS.length; i++) {
      values[i] = law.at(KS[i]);
    }

    var found = SaturationLaw.fit(KS, values);

    assertThat(found.p()).isCloseTo(p, within(1e-5));
    assertThat(found.most()).isCloseTo(most, within(1e-5));
    assertThat(found.rms()).isLessThan(1e-5);
  }

  @Test
  void withoutTwoPointsThereIsNoLaw() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> CoverageLaw.fit(new int[] {1, 2}, new double[] {0, .5}));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> SaturationLaw.fit(new int[0], new double[0]));
    assertThat(SaturationLaw.fit(KS, new double[KS.length]).saturation(.01)).isZero();
  }
}
