package org.millrace.batch.strategies.learn;

import ai.djl.ndarray.NDArray;
import ai.djl.ndarray.types.Shape;
import ai.djl.nn.Activation;
import ai.djl.nn.core.Linear;
import ai.djl.nn.norm.LayerNorm;
import java.util.Arrays;

/**
 * A layer of the encoder or, with an attention to its output, of the decoder (Vaswani et al. 2017,
 * section 3.1): each part is added to what went into it, then normalised.
 */
final class TransformerLayer {

  private static final float EPSILON = 1e-6f;

  private final Attention self;
  private final Norm afterSelf;
  private final Attention cross;
  private final Norm afterCross;
  private final NDArray widen;
  private final NDArray widenBias;
  private final NDArray narrow;
  private final NDArray narrowBias;
  private final Norm afterInner;

  /** Scale and shift of a normalisation. */
  private record Norm(NDArray scale, NDArray shift) {
    static Norm of(Weights weights, String name, int size) {
      var ones = new double[size];
      Arrays.fill(ones, 1);
      return new Norm(
          weights.vector(name + ".scale", ones), weights.vector(name + ".shift", new double[size]));
    }

    NDArray apply(NDArray array) {
      return LayerNorm.layerNorm(array, new Shape(scale.size()), scale, shift, EPSILON)
          .singletonOrThrow();
    }
  }

  private TransformerLayer(Weights weights, String name, MasterySettings settings, boolean cross) {
    int size = settings.model();
    self = new Attention(weights, name + ".self", size, settings.heads());
    afterSelf = Norm.of(weights, name + ".selfNorm", size);
    this.cross = cross ? new Attention(weights, name + ".cross", size, settings.heads()) : null;
    afterCross = cross ? Norm.of(weights, name + ".crossNorm", size) : null;
    widen = weights.matrix(name + ".widen", settings.inner(), size);
    widenBias = weights.vector(name + ".widenBias", new double[settings.inner()]);
    narrow = weights.matrix(name + ".narrow", size, settings.inner());
    narrowBias = weights.vector(name + ".narrowBias", new double[size]);
    afterInner = Norm.of(weights, name + ".innerNorm", size);
  }

  /** A layer of the encoder. */
  static TransformerLayer encoder(Weights weights, String name, MasterySettings settings) {
    return new TransformerLayer(weights, name, settings, false);
  }

  /** A layer of the decoder. */
  static TransformerLayer decoder(Weights weights, String name, MasterySettings settings) {
    return new TransformerLayer(weights, name, settings, true);
  }

  /** Of an encoder: rows x sources x size in and out. */
  NDArray encode(NDArray sources, NDArray mask, Dropout dropout) {
    return inner(attendToSelf(sources, mask, dropout), dropout);
  }

  /**
   * Of a decoder.
   *
   * @param targets rows x targets x size
   * @param targetMask what each may attend to among them
   * @param sources of the encoder, rows x sources x size
   * @param sourceMask what each may attend to there
   * @return with the shares of the attention to the sources
   */
  Attention.Attended decode(
      NDArray targets, NDArray targetMask, NDArray sources, NDArray sourceMask, Dropout dropout) {
    var own = attendToSelf(targets, targetMask, dropout);
    var attended = cross.forward(own, sources, sourceMask, dropout);
    var mixed = afterCross.apply(own.add(dropout.apply(attended.outputs())));
    return new Attention.Attended(inner(mixed, dropout), attended.shares());
  }

  private NDArray attendToSelf(NDArray steps, NDArray mask, Dropout dropout) {
    var attended = self.forward(steps, steps, mask, dropout).outputs();
    return afterSelf.apply(steps.add(dropout.apply(attended)));
  }

  private NDArray inner(NDArray steps, Dropout dropout) {
    var wide = Activation.relu(Linear.linear(steps, widen, widenBias).singletonOrThrow());
    var narrowed = Linear.linear(wide, narrow, narrowBias).singletonOrThrow();
    return afterInner.apply(steps.add(dropout.apply(narrowed)));
  }
}
