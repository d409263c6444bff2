package org.millrace.batch.strategies.learn;

/**
 * How a {@link StrategyPredictor} is made and trained.
 *
 * @param latent size of the LSTMs' states and of the skills' vectors, at least 1
 * @param dropout share of the numbers that are dropped in training, from 0, below 1
 * @param rate of learning, of Adam, above 0
 * @param batch instances a step, at least 1
 * @param epochs passes over the instances, at least 1
 * @param leastSteps steps at least: a small sample is passed more often, from 0
 * @param clip length that longer gradients are cut to, above 0
 * @param seed of all draws
 */
public record PredictorSettings(
    int latent,
    double dropout,
    double rate,
    int batch,
    int epochs,
    int leastSteps,
    double clip,
    long seed) {

  /** What the paper's code has. */
  public static final PredictorSettings PUBLISHED =
      new PredictorSettings(200, .3, 1e-3, 10, 10, 0, 1, 42);

  /**
   * The same with 2,000 steps at least, as the published passes over a small sample leave some
   * strategies unlearned.
   */
  public static final PredictorSettings DEFAULT =
      new PredictorSettings(200, .3, 1e-3, 10, 10, 2000, 1, 42);

  /** Refuses what can't be trained with. */
  public PredictorSettings {
    if (latent < 1
        || !(dropout >= 0 && dropout < 1)
        || !(rate > 0)
        || batch < 1
        || epochs < 1
        || leastSteps < 0
        || !(clip > 0)) {
      throw new IllegalArgumentException(
          "a predictor wants latent, batch and epochs from 1, dropout in [0, 1), rate and clip above"
              + " 0, and leastSteps from 0");
    }
  }

  /** The same from another seed. */
  public PredictorSettings seed(long other) {
    return new PredictorSettings(latent, dropout, rate, batch, epochs, leastSteps, clip, other);
  }

  /** The same with other passes over the instances. */
  public PredictorSettings epochs(int other) {
    return new PredictorSettings(latent, dropout, rate, batch, other, leastSteps, clip, seed);
  }

  int passes(int instances) {
    long each = (instances + batch - 1L) / batch;
    return (int) Math.max(epochs, (leastSteps + each - 1) / each);
  }
}
