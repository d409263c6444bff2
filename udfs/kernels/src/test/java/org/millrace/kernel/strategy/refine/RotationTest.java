package org.millrace.kernel.strategy.refine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RotationTest {

  private static double[][] vectors(int count, int dimensions, long seed) {
    var random = new Random(seed);
    return IntStream.range(0, count)
        .mapToObj(i -> random.doubles(dimensions, -1, 1).toArray())
        .toArray(double[][]::new);
  }

  @Test
  void undoesATurn() {
    var plane = new double[][] {{1, 0}, {0, 1}, {3, 1}};
    double angle = Math.toRadians(30);
    var turned = new double[3][];
    for (int i = 0; i < 3; i++) {
      double x = plane[i][0];
      double y = plane[i][1];
      turned[i] =
          new double[] {
            x * Math.cos(angle) - y * Math.sin(angle), x * Math.sin(angle) + y * Math.cos(angle)
          };
    }

    var rotation = Rotation.of(turned, plane);

    for (int i = 0; i < 3; i++) {
      assertThat(rotation.apply(turned[i])).containsExactly(plane[i], within(1e-9));
    }
  }

  @Test
  void undoesAReflectionAndAnExchangeOfAxes() {
    var from = vectors(50, 7, 1);
    var to = new double[50][];
    for (int i = 0; i < 50; i++) {
      to[i] = new double[7];
      for (int d = 0; d < 7; d++) {
        to[i][(d + 3) % 7] = d == 2 ? -from[i][d] : from[i][d];
      }
    }

    var rotation = Rotation.of(from, to);

    for (int i = 0; i < 50; i++) {
      assertThat(rotation.apply(from[i])).containsExactly(to[i], within(1e-9));
    }
  }

  @Test
  void keepsLengthsWhateverItIsFittedTo() {
    var from = vectors(40, 6, 2);
    var rotation = Rotation.of(from, vectors(40, 6, 3));

    for (var vector : from) {
      double before = 0;
      double after = 0;
      for (double x : vector) {
        before += x * x;
      }
      for (double x : rotation.apply(vector)) {
        after += x * x;
      }
      assertThat(after).isCloseTo(before, within(1e-6));
    }
  }

  @Test
  void wantsPairs() {
    assertThatThrownBy(() -> Rotation.of(new double[1][2], new double[2][2]))
        .hasMessage("1 vectors to rotate onto 2");
  }
}
