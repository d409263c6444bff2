package org.millrace.batch.strategies.trial;

import java.util.List;

/** Says how learners will solve problems. */
@FunctionalInterface
public interface Predictor {

  /**
   * Predicts strategies.
   *
   * @param questions of which everything but the skills may be looked at
   * @return a strategy a question, in their order
   */
  List<List<String>> predict(List<Example> questions);

  /** Makes predictors. */
  @FunctionalInterface
  interface Trainer {

    /**
     * Learns from a sample.
     *
     * @param sample at least one instance
     */
    Predictor train(List<Example> sample);
  }
}
