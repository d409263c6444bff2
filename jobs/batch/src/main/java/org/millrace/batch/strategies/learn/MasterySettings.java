package org.millrace.batch.strategies.learn;

/**
 * How a {@link MasteryTransformer} is made and trained. The learning rate of step s is {@code
 * factor * model^-0.5 * min(s^-0.5, s * warmUp^-1.5)} (Vaswani et al. 2017, equation 3).
 *
 * @param model size of a step's vector, a multiple of {@code heads}
 * @param inner size of the layers between, at least 1
 * @param layers of the encoder, and as many of the decoder, at least 1
 * @param heads of an attention, at least 1
 * @param dropout share of the numbers that are dropped in training, from 0, below 1
 * @param factor of the learning rate, above 0
 * @param warmUp steps in which it rises, at least 1
 * @param batch instances a step, at least 1
 * @param epochs passes over the instances, at least 1
 * @param heldOut share of the instances that are not trained on, from 0, below 1
 * @param clip length that longer gradients are cut to, above 0
 * @param seed of all draws
 */
public record MasterySettings(
    int model,
    int inner,
    int layers,
    int heads,
    double dropout,
    double factor,
    int warmUp,
    int batch,
    int epochs,
    double heldOut,
    double clip,
    long seed) {

  /** What the paper's code has: 44 million weights, for an accelerator. */
  public static final MasterySettings PUBLISHED =
      new MasterySettings(512, 2048, 6, 8, .1, 2, 4000, 10, 10, .1, 1, 42);

  /** For a processor: 200 thousand weights. */
  public static final MasterySettings SMALL =
      new MasterySettings(64, 128, 2, 4, .1, .5, 400, 10, 10, .1, 1, 42);

  /** Refuses what can't be trained with. */
  public MasterySettings {
    if (model < 1 || inner < 1 || layers < 1 || heads < 1 || model % heads != 0) {
      throw new IllegalArgumentException(
          "a transformer wants sizes from 1 and a model that is a multiple of the heads, not model"
              + " %d, inner %d, layers %d, heads %d".formatted(model, inner, layers, heads));
    }
    if (!(dropout >= 0 && dropout < 1)
        || !(factor > 0)
        || warmUp < 1
        || batch < 1
        || epochs < 1
        || !(heldOut >= 0 && heldOut < 1)
        || !(clip > 0)) {
      throw new IllegalArgumentException(
          "a transformer wants warmUp, batch and epochs from 1, dropout and heldOut in [0, 1), and"
              + " factor and clip above 0");
    }
  }

  /** The same from another seed. */
  public MasterySettings seed(long other) {
    return new MasterySettings(
        model, inner, layers, heads, dropout, factor, warmUp, batch, epochs, heldOut, clip, other);
  }

  /** The same with other passes over the instances. */
  public MasterySettings epochs(int other) {
    return new MasterySettings(
        model, inner, layers, heads, dropout, factor, warmUp, batch, other, heldOut, clip, seed);
  }

  /** Learning rate of a step, from 1. */
  double rate(int step) {
    return factor
        / Math.sqrt(model)
        * Math.min(1 / Math.sqrt(step), step / (warmUp * Math.sqrt(warmUp)));
  }
}
