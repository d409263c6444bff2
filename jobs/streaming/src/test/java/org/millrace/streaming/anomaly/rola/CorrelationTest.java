package org.millrace.streaming.anomaly.rola;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.DoubleRange;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class CorrelationTest {

  private static final double NAN = Double.NaN;

  @Test
  void knownValue() {
    var correlation = Correlation.pearson(new double[] {1, 2, 3, 4}, new double[] {1, 3, 2, 4});

    assertThat(correlation.r()).isCloseTo(0.8, within(1e-15));
    assertThat(correlation.n()).isEqualTo(4);
  }

  @Test
  void pairsWithAnAbsentOrInfiniteValueAreLeftOut() {
    double[] x = {1, NAN, 3, 4, 9};
    double[] y = {-1, 5, -3, -4, Double.NEGATIVE_INFINITY};

    assertThat(Correlation.pearson(x, y)).isEqualTo(new Correlation(-1, 3));
  }

  @Test
  void undefinedForAConstantOrASinglePair() {
    assertThat(Correlation.pearson(new double[] {0.1, 0.1, 0.1}, new double[] {1, 2, 3}).r())
        .isNaN();
    assertThat(Correlation.pearson(new double[] {1, NAN}, new double[] {1, 2}).r()).isNaN();
    assertThat(Correlation.pearson(new double[] {}, new double[] {}))
        .isEqualTo(new Correlation(NAN, 0));
  }

  @Test
  void aLargeLevelCancelsNothing() {
    double[] x = {1e9 + 1, 1e9 + 2, 1e9 + 3};
    double[] y = {1e9 + 1, 1e9 + 2, 1e9 + 4};

    assertThat(Correlation.pearson(x, y).r()).isCloseTo(0.9819805060619657, within(1e-9));
  }

  @Property
  void isSymmetricAndBounded(@ForAll @Size(20) double[] x, @ForAll @Size(20) double[] y) {
    var one = Correlation.pearson(x, y);

    assertThat(one).isEqualTo(Correlation.pearson(y, x));
    assertThat(Double.isNaN(one.r()) || Math.abs(one.r()) <= 1).isTrue();
  }

  @Property
  void doesNotDependOnUnits(
      @ForAll @Size(10) List<@DoubleRange(min = -100, max = 100) Double> values,
      @ForAll @DoubleRange(min = 0.5, max = 9) double factor) {
    var x = values.stream().mapToDouble(v -> v).toArray();
    var scaled = values.stream().mapToDouble(v -> 32 + factor * v).toArray();
    double spread = Arrays.stream(x).max().orElse(0) - Arrays.stream(x).min().orElse(0);

    double r = Correlation.pearson(x, scaled).r();

    assertThat(spread < 1e-3 || r > 0.999999).isTrue();
  }
}
