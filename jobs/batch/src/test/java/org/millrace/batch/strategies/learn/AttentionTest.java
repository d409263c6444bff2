package org.millrace.batch.strategies.learn;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import ai.djl.ndarray.types.Shape;
import org.assertj.core.data.Offset;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class AttentionTest {

  private static final Offset<Float> CLOSE = Offset.offset(1e-4f);

  @BeforeAll
  static void torch() {
    assumeTrue(Torch.isThere(), "no PyTorch on the class path");
  }

  /** Layers that change nothing, so that a target attends to the source that is like it. */
  private static Attention identity(Weights weights, int heads) {
    for (var name : new String[] {"query", "key", "value", "output"}) {
      weights.matrix("a." + name, 4, 4).set(weights.scope().eye(4).toFloatArray());
    }
    weights.freeze();
    return new Attention(weights, "a", 4, heads);
  }

  @Test
  void aTargetAttendsToTheSourceThatIsLikeIt() {
    try (var weights = Weights.drawn(1);
        var memory = weights.scope()) {
      var sources =
          memory.create(new float[] {9, 0, 0, 0, 0, 9, 0, 0, 0, 0, 9, 0}, new Shape(1, 3, 4));
      var targets = memory.create(new float[] {0, 0, 9, 0, 9, 0, 0, 0}, new Shape(1, 2, 4));
      var attention = identity(weights, 1);

      var all = attention.forward(targets, sources, memory.zeros(new Shape(1)), Dropout.NONE);
      var masked =
          attention.forward(
              targets,
              sources,
              memory.create(new float[] {0, 0, -1e9f}, new Shape(1, 1, 1, 3)),
              Dropout.NONE);

      assertThat(all.shares().getShape()).isEqualTo(new Shape(1, 1, 2, 3));
      assertThat(all.shares().toFloatArray())
          .containsExactly(new float[] {0, 0, 1, 1, 0, 0}, CLOSE);
      assertThat(all.outputs().toFloatArray()).containsExactly(targets.toFloatArray(), CLOSE);
      assertThat(masked.shares().toFloatArray())
          .containsExactly(new float[] {.5f, .5f, 0, 1, 0, 0}, CLOSE);
    }
  }

  @Test
  void eachHeadSeesItsPart() {
    try (var weights = Weights.drawn(1);
        var memory = weights.scope()) {
      var sources = memory.create(new float[] {9, 0, 0, 9, 0, 9, 9, 0}, new Shape(1, 2, 4));
      var target = memory.create(new float[] {9, 0, 9, 0}, new Shape(1, 1, 4));

      var seen =
          identity(weights, 2).forward(target, sources, memory.zeros(new Shape(1)), Dropout.NONE);

      assertThat(seen.shares().getShape()).isEqualTo(new Shape(1, 2, 1, 2));
      assertThat(seen.shares().toFloatArray()).containsExactly(new float[] {1, 0, 0, 1}, CLOSE);
      assertThat(seen.outputs().toFloatArray()).containsExactly(new float[] {9, 0, 9, 0}, CLOSE);
    }
  }
}
