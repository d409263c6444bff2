package org.millrace.kernel.bestofn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class SelfCertaintyTest {

  @Test
  void aModelWithoutAnyIdeaHasNone() {
    double quarter = Math.log(.25);

    assertThat(SelfCertainty.ofToken(new double[] {quarter, quarter, quarter, quarter}))
        .isCloseTo(0, within(1e-12));
  }

  @Test
  void itIsTheDivergenceOfTheUniformDistribution() {
    // KL(U || p) = 1/2 ln(1/2 / .9) + 1/2 ln(1/2 / .1) = 1/2 ln(25/9)
    assertThat(SelfCertainty.ofToken(new double[] {Math.log(.9), Math.log(.1)}))
        .isCloseTo(.5 * Math.log(25.0 / 9), within(1e-12));
  }

  @Test
  void aTextHasTheMeanOfItsTokens() {
    var even = new double[] {Math.log(.5), Math.log(.5)};
    var sure = new double[] {Math.log(.9), Math.log(.1)};

    assertThat(SelfCertainty.of(new double[][] {even, sure, sure, even}))
        .isCloseTo(.25 * Math.log(25.0 / 9), within(1e-12));
    assertThat(SelfCertainty.of(new double[0][])).isNaN();
  }

  @Test
  void ofTheLikeliestTokensItIsThePapersWhereTheyAreAll() {
    var all = new double[] {Math.log(.5), Math.log(.3), Math.log(.2)};

    assertThat(SelfCertainty.ofLikeliest(TraceConfidence.ofToken(all), 3))
        .isCloseTo(SelfCertainty.ofToken(all), within(1e-12));
  }

  @Property
  void itIsNeverNegative(
      @ForAll @Size(min = 1, max = 20) List<@DoubleRange(min = -30, max = 30) Double> logits) {
    double total = 0;
    for (double logit : logits) {
      total += Math.exp(logit);
    }
    var logProbs = new double[logits.size()];
    for (int i = 0; i < logits.size(); i++) {
      logProbs[i] = logits.get(i) - Math.log(total);
    }

    assertThat(SelfCertainty.ofToken(logProbs)).isGreaterThan(-1e-9);
  }
}
