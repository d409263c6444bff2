package org.millrace.streaming.anomaly.rola;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.BitSet;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.Size;
import org.junit.jupiter.api.Test;

class RowWindowTest {

  @Test
  void anOutlierOfOneOfTheTwoIsLeftOut() {
    var window = window(new double[][] {{1, 2, 900, 4}, {2, 4, 6, 8}}, rows(2), rows());

    assertThat(window.correlation(0, 1)).isEqualTo(new Correlation(1, 3));
    assertThat(window.correlation(1, 0)).isEqualTo(new Correlation(1, 3));
  }

  @Test
  void anOutlierOfBothCounts() {
    var window = window(new double[][] {{1, 2, 900, 4}, {2, 4, 1800, 8}}, rows(2), rows(2));

    assertThat(window.correlation(0, 1)).isEqualTo(new Correlation(1, 4));
  }

  @Test
  void anOutlierOfAThirdIsNoMatter() {
    var window =
        window(
            new double[][] {{1, 2, 3, 4}, {1, 3, 2, 4}, {5, 900, 5, 5}}, rows(), rows(), rows(1));

    assertThat(window.correlation(0, 1).r()).isCloseTo(0.8, within(1e-15));
    assertThat(window.correlation(0, 1).n()).isEqualTo(4);
  }

  @Property
  void isSymmetricAndLeavesTheValuesAsTheyAre(
      @ForAll @Size(20) double[] x,
      @ForAll @Size(20) double[] y,
      @ForAll @Size(20) boolean[] outlierOfX,
      @ForAll @Size(20) boolean[] outlierOfY) {
    var values = new double[][] {x.clone(), y.clone()};
    var window = window(values, rowsOf(outlierOfX), rowsOf(outlierOfY));

    assertThat(window.correlation(0, 1)).isEqualTo(window.correlation(1, 0));
    assertThat(values).isDeepEqualTo(new double[][] {x, y});
    assertThat(window.outliers()).containsExactly(rowsOf(outlierOfX), rowsOf(outlierOfY));
  }

  private static RowWindow window(double[][] values, BitSet... outliers) {
    return new RowWindow(values, outliers);
  }

  private static BitSet rows(int... rows) {
    var set = new BitSet();
    for (int row : rows) {
      set.set(row);
    }
    return set;
  }

  private static BitSet rowsOf(boolean[] outlier) {
    var set = new BitSet();
    for (int row = 0; row < outlier.length; row++) {
      set.set(row, outlier[row]);
    }
    return set;
  }
}
