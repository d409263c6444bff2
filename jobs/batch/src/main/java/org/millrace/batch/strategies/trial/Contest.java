package org.millrace.batch.strategies.trial;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;

/**
 * Predictors against each other, trained on samples of growing size: what the MVec sample is worth
 * beside one drawn at random and one drawn by groups of learners.
 */
public final class Contest {

  /** Name of the model that takes the medoid of a key. */
  public static final String KEY = "key";

  /** Name of the baseline that looks at the problem only. */
  public static final String PROBLEM = "problem";

  private static final double[] SHARES = {.01, .02, .05, .1, .2, 1};

  private Contest() {}

  /**
   * A predictor's result.
   *
   * @param method how its sample was drawn
   * @param model what was trained, such as {@link #KEY}
   * @param share of the pool that the sample was
   * @param size of the sample
   * @param accuracy on what was held out
   */
  public record Measured(Method method, String model, double share, int size, Accuracy accuracy) {}

  /**
   * The predictors without a model, for each share and method; all of the pool is one sample for
   * all methods.
   *
   * @param share one more share to measure
   */
  public static List<Measured> curves(Trial trial, double share) {
    var shares = new TreeSet<Double>(List.of(share));
    for (double each : SHARES) {
      shares.add(each);
    }
    var measured = new ArrayList<Measured>();
    for (double each : shares) {
      for (var method : each == 1 ? new Method[] {Method.RANDOM} : Method.values()) {
        measured.add(measure(trial, method, KEY, each, Representatives::byKey));
      }
      measured.add(measure(trial, Method.RANDOM, PROBLEM, each, Representatives::byProblem));
    }
    return measured;
  }

  /**
   * One predictor on one sample.
   *
   * @param model its name
   * @param share of the pool
   */
  public static Measured measure(
      Trial trial, Method method, String model, double share, Predictor.Trainer trainer) {
    var sample = trial.sample(method, share);
    return new Measured(method, model, share, sample.size(), trial.measure(trainer.train(sample)));
  }
}
