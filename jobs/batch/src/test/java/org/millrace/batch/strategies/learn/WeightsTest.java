package org.millrace.batch.strategies.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.NDManager;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class WeightsTest {

  private static final Adam.Betas BETAS = new Adam.Betas(.9, .999, 1e-8);

  @TempDir private Path folder;

  @BeforeAll
  static void torch() {
    assumeTrue(Torch.isThere(), "no PyTorch on the class path");
  }

  /** Squared distance to a point, from the batch's side. */
  private static NDArray distance(NDManager memory, NDArray weight, float... point) {
    return memory.create(point).sub(weight).square().sum();
  }

  @Test
  void aNameIsDrawnTheSameWhateverElseIs() {
    try (var one = Weights.drawn(1);
        var other = Weights.drawn(1);
        var third = Weights.drawn(2)) {
      other.matrix("first", 3, 3);

      var drawn = one.matrix("second", 4, 2).toFloatArray();

      assertThat(other.matrix("second", 4, 2).toFloatArray()).isEqualTo(drawn);
      assertThat(third.matrix("second", 4, 2).toFloatArray()).isNotEqualTo(drawn);
      assertThat(drawn).hasSize(8).doesNotContain(0);
    }
  }

  @Test
  void adamMovesEachNumberByTheRateAtFirst() {
    try (var weights = Weights.drawn(1);
        var adam = new Adam(weights, BETAS, 1e9)) {
      var point = weights.vector("point", 1, 1, 1);

      double loss = adam.step(.125, memory -> distance(memory, point, 3, 0, 1));

      assertThat(loss).isEqualTo(5);
      assertThat(point.toFloatArray())
          .containsExactly(new float[] {1.125f, .875f, 1}, Offset.offset(1e-6f));
    }
  }

  @Test
  void adamFindsALeast() {
    try (var weights = Weights.drawn(1);
        var adam = new Adam(weights, BETAS, 1)) {
      var point = weights.vector("point", 1, 1);

      for (int step = 0; step < 300; step++) {
        adam.step(.05, memory -> distance(memory, point, 3, -2));
      }

      assertThat(point.toFloatArray()).containsExactly(new float[] {3, -2}, Offset.offset(.05f));
    }
  }

  // With squares weighed by nothing but the last, a step is rate * gradient mean / gradient: the
  // second step tells whether the first, long gradient was cut.
  @Test
  void longGradientsAreCut() {
    var cut = secondStep(1);
    var whole = secondStep(1e9);

    // Gradients 1 and 1 with the cut, 200 and 1 without; of the mean, .9 * .1 g1 + .1 g2.
    assertThat(cut).isCloseTo((.09 + .1) / .19 / Math.sqrt(1), Offset.offset(1e-3));
    assertThat(whole).isGreaterThan(5 * cut);
  }

  private static double secondStep(double longest) {
    try (var weights = Weights.drawn(1);
        var adam = new Adam(weights, new Adam.Betas(.9, 0, 1e-8), longest)) {
      var number = weights.vector("number", 0);
      adam.step(1e-6, memory -> memory.create(new float[] {-200}).mul(number).sum());
      float before = number.toFloatArray()[0];
      adam.step(1, memory -> memory.create(new float[] {-1}).mul(number).sum());
      return number.toFloatArray()[0] - before;
    }
  }

  @Test
  void whatIsNoNumberStopsTraining() {
    try (var weights = Weights.drawn(1);
        var adam = new Adam(weights, BETAS, 1)) {
      var point = weights.vector("point", 1);

      assertThatIllegalStateException()
          .isThrownBy(() -> adam.step(1, memory -> distance(memory, point, Float.NaN)))
          .withMessage("the loss is NaN at step 1; lower the learning rate");
    }
  }

  @Test
  void stepsLeaveNothingBehind() {
    try (var weights = Weights.drawn(1)) {
      var point = weights.vector("point", 1, 1);
      var memory = weights.scope().getParentManager();

      try (var adam = new Adam(weights, BETAS, 1)) {
        for (int step = 0; step < 5; step++) {
          adam.step(.1, scope -> Scale.by(distance(scope, point, 3, -2), 2));
        }
      }

      assertThat(memory.getManagedArrays()).containsExactly(point);
    }
  }

  @Test
  void weightsComeBackFromAFile() throws IOException {
    var file = folder.resolve("weights.npz");
    try (var weights = Weights.drawn(1)) {
      var drawn = weights.matrix("matrix", 4, 2).toFloatArray();
      weights.vector("vector", 1, 2, 3);
      weights.save(file);

      try (var read = Weights.load(file)) {
        assertThat(read.matrix("matrix", 4, 2).toFloatArray()).isEqualTo(drawn);
        assertThat(read.vector("vector", 0, 0, 0).toFloatArray()).containsExactly(1, 2, 3);
        assertThatIllegalArgumentException()
            .isThrownBy(() -> read.matrix("matrix", 2, 2))
            .withMessage("the weights matrix are (4, 2), not of the shape (2, 2)");
        assertThatIllegalArgumentException()
            .isThrownBy(() -> read.matrix("other", 2, 2))
            .withMessage("the weights other are missing, not of the shape (2, 2)");
      }
    }
  }

  @Test
  void aBrokenFileIsNamed() throws IOException {
    var file = Files.writeString(folder.resolve("broken.npz"), "PK no archive");

    assertThatIllegalArgumentException()
        .isThrownBy(() -> Weights.load(file))
        .withMessageContaining("broken.npz has no weights that can be read");
  }

  @Test
  void dropoutKeepsTheMean() {
    try (var memory = Torch.manager()) {
      var ones = memory.ones(new ai.djl.ndarray.types.Shape(100, 101));

      var dropped = Dropout.of(.3, 7).apply(ones).toFloatArray();

      int zeros = 0;
      for (float number : dropped) {
        assertThat(number).isIn(0f, 1 / .7f);
        zeros += number == 0 ? 1 : 0;
      }
      // Four standard deviations of 10,100 draws.
      assertThat(zeros / 10_100.0).isCloseTo(.3, Offset.offset(.018));
      assertThat(Dropout.of(.3, 7).apply(ones).toFloatArray()).isEqualTo(dropped);
      assertThat(Dropout.of(.3, 8).apply(ones).toFloatArray()).isNotEqualTo(dropped);
      assertThat(Dropout.NONE.apply(ones)).isSameAs(ones);
    }
  }
}
