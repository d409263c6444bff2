package org.millrace.kernel.strategy.mastery;

import org.millrace.kernel.strategy.steps.Instance;

/**
 * How much each skill of an instance counts, by a model of what its student masters. A provider
 * needs no engine; the attention of a trained transformer is another one.
 */
@FunctionalInterface
public interface Mastery {

  /**
   * Weights of an instance's skills.
   *
   * @param instance of one or more skills
   * @return a weight a skill, in the instance's order, each from 0, finite
   */
  double[] weights(Instance instance);
}
